import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { highlight } from '../../src/preview/highlight.js';

const CASES = new URL('../cases/', import.meta.url);
const SCRIPTS = readdirSync(CASES, { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith('.sh'),
);

describe('highlight', () => {
  test.each(SCRIPTS)('keeps every byte of %s', (path) => {
    const script = readFileSync(new URL(path, CASES), 'utf8');
    const lines = highlight(script).map((line) => line.map(({ text }) => text).join(''));
    expect(`${lines.join('\n')}\n`).toBe(script);
  });

  const rows: [string, [string, string][]][] = [
    ['# text', [['comment', '# text']]],
    [
      "A='b'",
      [
        ['plain', 'A='],
        ['string', "'b'"],
      ],
    ],
    [
      'echo "$A"',
      [
        ['builtin', 'echo'],
        ['plain', ' '],
        ['string', '"'],
        ['variable', '$A'],
        ['string', '"'],
      ],
    ],
    [
      'if x; then',
      [
        ['keyword', 'if'],
        ['plain', ' x; '],
        ['keyword', 'then'],
      ],
    ],
    [
      'f() {',
      [
        ['title', 'f'],
        ['plain', '() {'],
      ],
    ],
    ['', []],
  ];
  test.each(rows)('%s', (line, want) => {
    const [tokens = []] = highlight(line);
    expect(tokens.map(({ kind, text }) => [kind, text])).toEqual(want);
  });

  test('a string over several lines is a string on each', () => {
    expect(highlight("A='b\nc'\n").map((line) => line.at(-1))).toEqual([
      { kind: 'string', text: "'b" },
      { kind: 'string', text: "c'" },
    ]);
  });
});

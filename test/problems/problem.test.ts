import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { CATALOG } from '../../src/problems/catalog.js';
import { formatProblems, type Problem, UserError } from '../../src/problems/problem.js';

describe('a problem is printed as', () => {
  const problem: Problem = { code: 'GS031', source: 'gen-scripts.yml:1:6: app', value: 'c' };

  test.each<{ given: Partial<Problem>; want: string }>([
    { given: {}, want: 'gen-scripts.yml:1:6: app: "c": not a container name [GS031]' },
    { given: { detail: 'why' }, want: 'gen-scripts.yml:1:6: app: "c": not a container name (why) [GS031]' },
    {
      given: { expected: 'letters' },
      want: 'gen-scripts.yml:1:6: app: "c": not a container name: expected letters [GS031]',
    },
    {
      given: { hint: 'do' },
      want: 'gen-scripts.yml:1:6: app: "c": not a container name [GS031]\n  hint: do',
    },
    {
      given: { value: 'a\nb\u001b' },
      want: 'gen-scripts.yml:1:6: app: "a\\nb\\u001b": not a container name [GS031]',
    },
    {
      given: { detail: 'a\nforged: line' },
      want: 'gen-scripts.yml:1:6: app: "c": not a container name (a\ufffdforged: line) [GS031]',
    },
    {
      given: { excerpt: { line: 'app: c', column: 6 } },
      want: 'gen-scripts.yml:1:6: app: "c": not a container name [GS031]\n    app: c\n         ^',
    },
    {
      given: { excerpt: { line: '应用: c', column: 5 } },
      want: 'gen-scripts.yml:1:6: app: "c": not a container name [GS031]\n    应用: c\n          ^',
    },
  ])('$want', ({ given, want }) => expect(formatProblems([{ ...problem, ...given }])).toBe(want));

  test('a long value is cut, a long line is shown around its column', () => {
    const line = `${'x'.repeat(300)}!${'x'.repeat(300)}`;
    const [first = '', shown = '', caret = ''] = formatProblems([
      { ...problem, value: 'y'.repeat(200), excerpt: { line, column: 301 } },
    ]).split('\n');
    expect(first).toContain(`"${'y'.repeat(80)}..."`);
    expect(shown.length).toBeLessThanOrEqual(114);
    expect(shown[caret.indexOf('^')]).toBe('!');
  });

  test('the same one is printed once', () => {
    expect(formatProblems([problem, { ...problem }])).toBe(formatProblems([problem]));
  });

  test('an error carries them all', () => {
    const error = new UserError([problem, { code: 'GS060', source: 'environment CTRL_BUILD' }]);
    expect(error).toMatchObject({ name: 'UserError', exitCode: 2 });
    expect(error.message.split('\n')).toHaveLength(2);
  });
});

describe('codes', () => {
  const used = new Set(
    sourcesBut('catalog.ts').flatMap((text) => text.match(/\bGS(?:0\d\d|2[5-9]\d)\b/g) ?? []),
  );

  test('every one that is used is in the catalog', () => {
    expect([...used].filter((code) => !(code in CATALOG)).sort()).toEqual([]);
  });

  test('every one in the catalog is used', () => {
    expect(Object.keys(CATALOG).filter((code) => !used.has(code))).toEqual([]);
  });

  test('each has a title in both languages, in order', () => {
    const codes = Object.keys(CATALOG);
    expect(codes).toEqual([...codes].sort());
    for (const { title, titleZh } of Object.values(CATALOG)) {
      expect(title).toMatch(/^\w.*[^.]$/);
      expect(titleZh).toMatch(/\p{Script=Han}/u);
    }
  });
});

/** Everything that can report a problem: the program, and the check that runs before it. */
function sourcesBut(name: string): string[] {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  return ['src', 'scripts']
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
        join(root, folder, file),
      ),
    )
    .filter((file) => /\.(ts|mjs|cjs|js)$/.test(file) && !file.endsWith(name))
    .map((file) => readFileSync(file, 'utf8'));
}

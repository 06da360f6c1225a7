import { readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { visible } from '../../src/preview/ansi.js';
import { displayOf } from '../../src/preview/display.js';
import { showDiff, showScript } from '../../src/preview/terminal.js';

const SCRIPT = readFileSync(new URL('../cases/manual-build/expected/repull.sh', import.meta.url), 'utf8');
const ESC = '\u001b';
const withoutColors = (text: string) => text.replaceAll(new RegExp(`${ESC}\\[[\\d;]*m`, 'g'), '');

describe('when there are colours', () => {
  const rows = [
    { isTTY: true, want: 'colored' },
    { isTTY: false, want: 'bytes' },
    { isTTY: true, color: 'never', want: 'visible' },
    { isTTY: false, color: 'never', want: 'bytes' },
    { isTTY: false, color: 'always', want: 'colored' },
    { isTTY: true, env: { NO_COLOR: '1' }, want: 'visible' },
    { isTTY: true, env: { NO_COLOR: '' }, want: 'colored' },
    { isTTY: true, env: { TERM: 'dumb' }, want: 'visible' },
    { isTTY: true, env: { FORCE_COLOR: '1', NO_COLOR: '1', TERM: 'dumb' }, want: 'colored' },
    { isTTY: true, env: { FORCE_COLOR: '0' }, want: 'visible' },
    { isTTY: true, env: { FORCE_COLOR: 'false' }, want: 'visible' },
    { isTTY: true, env: { NO_COLOR: '1' }, color: 'always', want: 'colored' },
    // A CI that sets it for everything must not get scripts that do not run.
    { isTTY: false, env: { FORCE_COLOR: '3' }, want: 'bytes' },
  ];
  test.each(rows)('$isTTY $env $color: $want', ({ isTTY, env = {}, color = 'auto', want }) =>
    expect(displayOf(color, { env, stdout: Object.assign(new PassThrough(), { isTTY }) })).toBe(want),
  );
});

describe('a script', () => {
  test('for a program is its bytes, whatever is in them', async () =>
    expect(await showScript(`a${ESC}[2J\r\n`, 'bytes')).toBe(`a${ESC}[2J\r\n`));

  test('in colours has the same text, and ends on each line what it begins', async () => {
    const shown = await showScript(SCRIPT, 'colored');
    expect(withoutColors(shown)).toBe(SCRIPT);
    expect(shown).not.toBe(SCRIPT);
    for (const line of shown.split('\n').filter((text) => text.includes(ESC))) {
      const last = line.match(new RegExp(`${ESC}\\[[\\d;]*m`, 'g'))?.at(-1);
      expect(last).toBe(`${ESC}[0m`);
    }
  });

  test('keeps a last line without an end', async () =>
    expect(withoutColors(await showScript('a\nb', 'colored'))).toBe('a\nb'));

  const hostile = `# ${ESC}]0;owned\u0007${ESC}[2J \u009b31m \u202e \u200b \u2028 \r x\tend\n`;
  test.each(['visible', 'colored'] as const)('%s: nothing in it moves the cursor', async (display) => {
    const shown = withoutColors(await showScript(hostile, display));
    expect(shown).toBe('# \\x1b]0;owned\\x07\\x1b[2J \\x9b31m \\u{202e} \\u{200b} \\u{2028} \\x0d x\tend\n');
  });
});

test.each(['plain', '中文 ünï', '👍', '\t'])('%j is seen as it is', (text) =>
  expect(visible(text)).toBe(text),
);

test('a diff, in git its own colours', () => {
  const lines = [
    { kind: 'header', text: '+++ b/x' },
    { kind: 'hunk', text: '@@ -1 +1 @@' },
    { kind: 'same', text: ' a' },
    { kind: 'removed', text: `-${ESC}c` },
    { kind: 'added', text: '+b' },
    { kind: 'note', text: '\\ No newline at end of file' },
  ] as const;
  expect(showDiff(lines, 'bytes')).toBe(lines.map(({ text }) => `${text}\n`).join(''));
  expect(showDiff(lines, 'colored').split('\n')).toEqual([
    `${ESC}[1m+++ b/x${ESC}[0m`,
    `${ESC}[36m@@ -1 +1 @@${ESC}[0m`,
    ' a',
    `${ESC}[31m-${ESC}[7m\\x1b${ESC}[27mc${ESC}[0m`,
    `${ESC}[32m+b${ESC}[0m`,
    '\\ No newline at end of file',
    '',
  ]);
});

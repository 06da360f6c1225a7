import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { type Change, unifiedDiff } from '../../src/preview/unified.js';
import { hasProgram } from '../support/programs.js';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'gen-scripts-diff-')));
afterAll(() => rmSync(root, { recursive: true }));

const numbers = (last: number) => Array.from({ length: last }, (_, index) => `${index + 1}\n`).join('');
const textOf = (change: Change) => unifiedDiff(change).map(({ text }) => text);

describe('unifiedDiff', () => {
  test('as git prints it', () =>
    expect(
      textOf({ path: 'release/a.sh', before: numbers(9), after: numbers(9).replace('5', 'five') }),
    ).toEqual([
      'diff --git a/release/a.sh b/release/a.sh',
      '--- a/release/a.sh',
      '+++ b/release/a.sh',
      '@@ -2,7 +2,7 @@',
      ...[' 2', ' 3', ' 4', '-5', '+five', ' 6', ' 7', ' 8'],
    ]));

  test('a script that is new', () =>
    expect(textOf({ path: 'a', before: undefined, after: 'x\n' })).toEqual([
      'diff --git a/a b/a',
      'new file mode 100755',
      '--- /dev/null',
      '+++ b/a',
      '@@ -0,0 +1 @@',
      '+x',
    ]));

  test('a script that goes', () =>
    expect(textOf({ path: 'a', before: 'x', after: undefined })).toEqual([
      'diff --git a/a b/a',
      'deleted file mode 100755',
      '--- a/a',
      '+++ /dev/null',
      '@@ -1 +0,0 @@',
      '-x',
      '\\ No newline at end of file',
    ]));

  test.each([
    ['a\nb', '+++ b/"a'],
    ['a"\\', '"a/a\\"\\\\"'],
    ['a b', '--- a/a b\t'],
  ])('a path of %j begins no line of its own', (path) => {
    const lines = textOf({ path, before: 'x\n', after: 'y\n' });
    expect(lines.every((line) => !line.includes('\n'))).toBe(true);
    expect(lines).toHaveLength(6);
  });
});

const CHANGES: Record<string, [string | undefined, string | undefined]> = {
  'in the middle': [numbers(40), numbers(40).replace('\n20\n', '\ntwenty\n')],
  'at both ends': [numbers(40), `zero\n${numbers(39)}end\n`],
  'the last line loses its end': ['a\nb\n', 'a\nb'],
  'the last line gets its end': ['a\nb', 'a\nb\n'],
  'without an end, before and after': ['a\nb', 'c\nb'],
  'from nothing': [undefined, numbers(3)],
  'to nothing': [numbers(3), undefined],
  'from an empty file': ['', 'a'],
  'to an empty file': ['a\n', ''],
  'line ends of another system': ['a\r\nb\r\n', 'a\nb\n'],
  'lines that look like a diff': ['--- a/x\n+++ b/x\n', '@@ -1 +1 @@\n--- a/x\n'],
  'escape sequences': ['\u001b[2Jx\n', 'x\u202e\n'],
  'more changes than are looked for': [numbers(3000), numbers(3000).replace(/\n/g, '!\n')],
};
const PATHS = ['repull.sh', 'with blank', 'a"\\b', 'tab\tand\u0001', '中文'];

describe.each([
  { tool: 'git apply', argv: ['git', 'apply', '--whitespace=nowarn'] },
  { tool: 'patch', argv: ['patch', '--strip=1', '--force', '--silent', '--binary'] },
])('$tool makes one of the other', ({ tool, argv: [program = '', ...argv] }) => {
  const testHere = hasProgram(program) ? test : test.skip;

  testHere.each(Object.entries(CHANGES))('%s', (_, [before, after]) => {
    expect(applied('repull.sh', before, after)).toBe(after);
  });

  testHere.each(tool === 'patch' ? PATHS.slice(0, 2) : PATHS)('path %j', (path) => {
    expect(applied(path, 'a\n', 'b\n')).toBe('b\n');
  });

  function applied(path: string, before: string | undefined, after: string | undefined): string | undefined {
    const folder = mkdtempSync(join(root, 'apply-'));
    if (before !== undefined) writeFileSync(join(folder, path), before);
    const input = textOf({ path, before, after })
      .map((line) => `${line}\n`)
      .join('');
    execFileSync(program, argv, {
      cwd: folder,
      input,
      stdio: 'pipe',
      env: { PATH: process.env.PATH, GIT_DIR: '/none' },
    });
    return existsSync(join(folder, path)) ? readFileSync(join(folder, path), 'utf8') : undefined;
  }
});

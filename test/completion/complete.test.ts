import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { COMMANDS } from '../../src/commands/command.js';
import { optionsOf } from '../../src/commands/command-options.js';
import { takesValue } from '../../src/completion/answer.js';
import { formatAnswer, isInert } from '../../src/completion/candidate.js';
import { findSpot } from '../../src/completion/spot.js';
import { unquote } from '../../src/completion/unquote.js';
import { cleanUp, folderWith, gen, list } from '../commands/support.js';
import { hasProgram, runProgram } from '../support/programs.js';
import { systemShellCheck } from '../support/shellcheck.js';

afterAll(cleanUp);

describe('where the cursor is', () => {
  test.each([
    { words: [''], want: { command: undefined, option: undefined, typed: '', before: '' } },
    { words: ['lint', '--fo'], want: { command: 'lint', option: undefined, typed: '--fo' } },
    { words: ['--env', 'lint', ''], want: { command: undefined, option: undefined } },
    { words: ['lint', '--format', 'te'], want: { option: 'format', typed: 'te', before: '' } },
    { words: ['lint', '--format=te'], want: { option: 'format', typed: 'te', before: '--format=' } },
    { words: ['report', '--quiet', ''], want: { command: 'report', option: undefined } },
    {
      words: ['--format=text', 'lint', '--report', 'a=b'],
      want: { command: 'lint', option: 'report', typed: 'a=b' },
    },
    { words: ['lint', 'render', ''], want: { command: 'lint' } },
    { words: ['--', ''], want: { command: undefined, option: undefined } },
  ])('$words', ({ words, want }) => expect(findSpot(words, takesValue)).toMatchObject(want));

  test('what was given before', () => {
    const { given } = findSpot(['--config', 'a', '--config=b', '--quiet', '--env', 'x', ''], takesValue);
    expect(Object.fromEntries(given)).toEqual({ config: ['a', 'b'], quiet: [''], env: ['x'] });
  });
});

test.each([
  ["'sta", 'sta'],
  ['"a b', 'a b'],
  ['a\\ b\'c\'"d"', 'a bcd'],
  ["'a\\b'", 'a\\b'],
  ['\\', ''],
  ['$(x)', '$(x)'],
])('%s without its quotes', (word, want) => expect(unquote(word)).toBe(want));

test.each(['v1.0', 'feature/login', '版本-2', 'registry.example.com:5000/a/b:v1', 'v1+build', '1'])(
  '%s is offered',
  (text) => expect(isInert(text)).toBe(true),
);

test.each([
  '',
  '-x',
  '$x',
  'a b',
  'a;b',
  'a`b',
  "a'b",
  'a"b',
  'a{b,c}',
  'a*',
  'a?',
  '~a',
  '!a',
  '#a',
  '=a',
  'a=b',
  'a\\b',
  'a\nb',
  'a\u001b',
  'a\u202e',
  '%a',
])('%j is not', (text) => expect(isInert(text)).toBe(false));

test('each candidate is one line, whatever its help is', () => {
  const words = [
    { text: 'a', help: 'x\ty\n\u001b[2J\u2028' },
    { text: 'b', help: '' },
  ];
  expect(formatAnswer({ kind: 'words', words }, { typed: 'a', before: '--x=' })).toBe(
    'words\n--x=a\tx y  [2J \n',
  );
});

describe('the question of a shell', () => {
  const complete = (cwd: string, ...words: string[]) => gen(cwd, ['--complete', 'bash', ...words], {});

  test('every option of every command but a hidden one is offered, and every value of it can be asked for', async () => {
    const cwd = await folderWith();
    for (const command of COMMANDS) {
      const { stdout } = await complete(cwd, command, '--');
      for (const [name, { requiresArg, choices, hidden = false }] of Object.entries(optionsOf(command))) {
        expect([name, stdout.includes(`\n--${name}\t`)]).toEqual([name, !hidden]);
        if (!requiresArg) continue;
        const { status, stdout: values } = await complete(cwd, command, `--${name}`, '');
        expect(status).toBe(0);
        expect(values).toMatch(/^(words|files)\n/);
        for (const choice of choices ?? []) expect(values).toContain(`\n${choice}\t`);
      }
    }
  });

  test('an option that was given is not offered again, but for one that may be repeated', async () => {
    const { stdout } = await complete(await folderWith(), '--config', 'a', '--env', 'x', '--');
    expect(stdout).toContain('\n--config\t');
    expect(stdout).not.toContain('\n--env\t');
  });

  test('booleans and the checkbox', async () => {
    const cwd = await folderWith();
    for (const option of ['--ctrl-build', '--container-init'])
      expect((await complete(cwd, option, '')).stdout).toBe('words\ntrue\t\nfalse\t\n');
  });

  test('it says nothing and changes nothing, whatever is typed and wherever', async () => {
    const cwd = await folderWith({ 'gen-scripts.yml': ': : :\n\u0000', h: '\u0000\n' });
    await mkdir(join(cwd, 'release'));
    await writeFile(join(cwd, 'release', 'auto.sh'), 'old\n');
    const lines = [
      [],
      [''],
      ['--out'],
      ['--out', ''],
      ['--env', ''],
      ['--git-tag', ''],
      ['--rollback-to', ''],
    ];
    lines.push(
      ['--config', '/none', '--env', ''],
      ['--history-file', 'h', '--rollback-to', ''],
      ['--=', '='],
      ['\u0000'],
    );
    for (const words of lines) {
      const { status, stderr, stdout } = await complete(cwd, ...words);
      expect({ words, status, stderr }).toEqual({ words, status: 0, stderr: '' });
      expect(stdout).toMatch(/^(words|files)\n/);
    }
    expect(await list(cwd, 'release')).toEqual(['auto.sh']);
  });
});

describe('completion', () => {
  test.each([
    { argv: [], want: /^completion: "": not one of the choices: expected bash, zsh, fish \[GS034\]$/m },
    { argv: ['ksh'], want: /^completion: "ksh": .*\[GS034\]$/m },
    { argv: ['toString'], want: /\[GS034\]$/m },
    { argv: ['bash', '--name', 'a;b'], want: /^--name: "a;b": .*expected letters, digits.*\[GS030\]$/m },
    { argv: ['bash', '--name', '-x'], want: /\[GS0\d\d\]/ },
  ])('$argv is refused', async ({ argv, want }) => {
    const { status, stdout, stderr } = await gen('/', ['completion', ...argv], {});
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(want);
  });

  const shellCheck = systemShellCheck();
  const [checked, formatted] = [shellCheck ? test : test.skip, hasProgram('shfmt') ? test : test.skip];

  checked('ShellCheck has nothing to say about the script for bash', async () => {
    const file = await bashScript();
    expect(runProgram(shellCheck ?? '', ['--norc', '--shell=bash', file])).toBe('');
  });

  formatted('neither has shfmt', async () =>
    expect(runProgram('shfmt', ['-d', await bashScript()])).toBe(''),
  );

  test('it is not among the options that help lists', async () =>
    expect((await gen('/', ['--help'], {})).stdout).not.toContain('--complete'));
});

async function bashScript(): Promise<string> {
  const { stdout } = await gen('/', ['completion', 'bash'], {});
  return join(await folderWith({ 'completion.bash': stdout }), 'completion.bash');
}

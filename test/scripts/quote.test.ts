import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { quoteComment, quoteShell, UnquotableError } from '../../src/scripts/quote.js';
import { installedShells } from '../support/shells.js';

/** Everything that a shell reads specially, in dense mixtures with ordinary text. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: fc.constantFrom(...`'"\`$(){}[]|&;<>*?!~#\\ \t\n\r-=a0é中\u{1f600}`), maxLength: 40 }),
  fc.constantFrom(
    '',
    '-',
    '--',
    '--privileged',
    '-n',
    '$(id)',
    '`id`',
    "'; id; '",
    '\n',
    'a\\',
    "'",
    "''",
    '\u0001',
    '{{x}}',
  ),
);

const carriable = hostile.filter((value) => !value.includes('\0') && Buffer.from(value).toString() === value);

describe('quoteShell', () => {
  test.each(installedShells())('1,500 arbitrary values are exactly what $name reads', ({ command }) => {
    const values = fc.sample(carriable, { numRuns: 1500, seed: 20261123 });
    // Length first: a value may itself contain line ends.
    const script = values.map((value) => `printf '%s\\0' ${quoteShell(value)}`).join('\n');
    const file = join(mkdtempSync(join(tmpdir(), 'quote-')), 'script.sh');
    writeFileSync(file, script);
    // yash reads bytes as the locale tells it to.
    const env = { ...process.env, LC_ALL: 'C.UTF-8' };
    const run = spawnSync(command[0], [...command.slice(1), file], { env, maxBuffer: 1 << 26 });
    rmSync(dirname(file), { recursive: true });
    expect(run.stderr.toString()).toBe('');
    expect(run.stdout.toString().split('\0').slice(0, -1)).toEqual(values);
  });

  test('a value in an assignment is that value, and runs nothing', () => {
    fc.assert(
      fc.property(carriable, (value) => {
        const run = spawnSync('sh', ['-c', `A=${quoteShell(value)}; printf '%s' "$A"`]);
        expect(run.stdout.toString()).toBe(value);
      }),
      { numRuns: 200 },
    );
  });

  test.each([
    { given: 'a\0b', why: 'NUL' },
    { given: '\ud800', why: 'surrogate' },
    { given: 'a\udc00b', why: 'surrogate' },
  ])('$given is refused', ({ given, why }) => {
    expect(() => quoteShell(given)).toThrow(UnquotableError);
    expect(() => quoteShell(given)).toThrow(why);
  });

  test.each([
    { given: '--publish', want: '--publish' },
    { given: '--publish=1', want: "'--publish=1'" },
    { given: 'plain', want: "'plain'" },
    { given: "it's", want: "'it'\\''s'" },
    { given: '', want: "''" },
  ])('$given -> $want', ({ given, want }) => {
    expect(quoteShell(given)).toBe(want);
  });
});

describe('quoteComment', () => {
  test('never leaves its line', () => {
    fc.assert(
      fc.property(hostile, (value) => {
        expect(quoteComment(value)).not.toMatch(/[\n\r\0\u2028\u2029]/);
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    { given: 'v1\nrm -rf /', want: 'v1 rm -rf /' },
    { given: '\u001b[31mred', want: '[31mred' },
    { given: 'v1\u202e\u2066x', want: 'v1 x' },
    { given: ' 发布 v1 ', want: '发布 v1' },
  ])('$given -> $want', ({ given, want }) => {
    expect(quoteComment(given)).toBe(want);
  });
});

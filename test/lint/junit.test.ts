import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import type { LintRun } from '../../src/lint/finding.js';
import { FORMATS } from '../../src/lint/formats/formats.js';
import { hasProgram } from '../support/programs.js';
import { CD, ODD, OTHER, QUOTE, runOf } from './findings.js';

const XSD = fileURLToPath(new URL('junit.xsd', import.meta.url));

function xmllint(args: readonly string[], input: string) {
  const { status, stdout, stderr } = spawnSync('xmllint', ['--nonet', ...args, '-'], {
    input,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

test('a finding is a failed test, a script without any a passed one', () =>
  expect(
    FORMATS.junit(runOf([CD], { scripts: ['release/repull.sh', 'release/rollback.sh'] })),
  ).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite name="gen-scripts lint" tests="2" failures="1" errors="0" skipped="0" time="0">
    <testcase classname="gen-scripts.release/repull_sh" name="SC2164 20:1" time="0">
      <failure type="warning" message="Use cd x || exit. (templates/docker/partials/swap.hbs:12)">release/repull.sh:20:1: warning: Use cd x || exit. [SC2164]&#10;https://www.shellcheck.net/wiki/SC2164</failure>
    </testcase>
    <testcase classname="gen-scripts.release/rollback_sh" name="no findings" time="0"/>
  </testsuite>
</testsuites>
`));

test('that ShellCheck did not run is a skipped test', () =>
  expect(FORMATS.junit(runOf([], { shellCheck: undefined }))).toContain(
    '<skipped message="ShellCheck NOT run"/>',
  ));

(hasProgram('xmllint') ? describe : describe.skip)('a parser of XML', () => {
  test.each<{ name: string; run: LintRun }>([
    { name: 'findings', run: runOf([QUOTE, CD, OTHER]) },
    { name: 'none', run: runOf([]) },
    { name: 'ShellCheck did not run', run: runOf([QUOTE], { shellCheck: undefined }) },
    { name: 'odd names and messages', run: runOf([ODD], { scripts: [ODD.file] }) },
  ])('takes it for a report by the schema: $name', ({ run }) =>
    expect(xmllint(['--noout', '--schema', XSD], FORMATS.junit(run))).toMatchObject({
      status: 0,
      stderr: '- validates\n',
    }),
  );

  test('and would notice a report that is not', () => {
    const broken = FORMATS.junit(runOf([QUOTE])).replace(' failures="1"', '');
    expect(xmllint(['--noout', '--schema', XSD], broken).status).not.toBe(0);
  });

  test('counts as many tests as it says, and reads back what was said', () => {
    const report = FORMATS.junit(runOf([QUOTE, CD, ODD], { shellCheck: undefined }));
    const ask = (path: string) => xmllint(['--xpath', path], report).stdout.replace(/\n$/, '');
    expect(ask('count(//testcase) = //testsuite/@tests')).toBe('true');
    expect(ask('count(//failure) = //testsuite/@failures')).toBe('true');
    expect(ask('count(//skipped) = //testsuite/@skipped')).toBe('true');
    expect(ask('string((//failure)[3]/@message)')).toBe(
      `<b> & "it's" ]]>\ttab \ufffd\ufffd[31m 中文 \u{1f600} (/home/me/my templates/docker/partials/lock.hbs:1)`,
    );
  });
});

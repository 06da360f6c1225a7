import { spawnSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import type { Finding } from '../../src/lint/finding.js';
import { LEVELS } from '../../src/lint/finding.js';
import { FORMATS } from '../../src/lint/formats/formats.js';
import { hasProgram } from '../support/programs.js';
import { CD, OTHER, QUOTE, runOf } from './findings.js';

describe('text', () => {
  test('what is wrong, the line, where it is written and where it is explained', () =>
    expect(FORMATS.text(runOf([{ ...QUOTE, excerpt: '\trm $1', column: 5 }, CD]))).toBe(
      'release/repull.sh:12:5: info: Double quote to prevent globbing and word splitting. [SC2086]\n' +
        '     rm $1\n' +
        '        ^\n' +
        '  https://www.shellcheck.net/wiki/SC2086\n' +
        'release/repull.sh:20:1: warning: Use cd x || exit. [SC2164]\n' +
        '  (templates/docker/partials/swap.hbs:12) https://www.shellcheck.net/wiki/SC2164\n',
    ));

  test('without findings', () => expect(FORMATS.text(runOf([]))).toBe(''));
});

describe('gcc', () => {
  /** https://www.gnu.org/prep/standards/html_node/Errors.html, and the three kinds that gcc has. */
  const DIAGNOSTIC = /^([^:\n]+):(\d+):(\d+): (error|warning|note): (.+)$/;

  test('one line each, which programs can read', () =>
    expect(FORMATS.gcc(runOf([QUOTE, CD, OTHER]))).toBe(
      'release/repull.sh:12:3: note: Double quote to prevent globbing and word splitting. [SC2086]\n' +
        'release/repull.sh:20:1: warning: Use cd x || exit. (templates/docker/partials/swap.hbs:12) [SC2164]\n' +
        'release/rollback.sh:12:3: error: Double quote to prevent globbing and word splitting. [SC2086]\n',
    ));

  test('every level, and a message that would break its line, is a diagnostic', () => {
    const findings = LEVELS.map((level) => ({ ...QUOTE, level, message: 'a\nb\r\u2028c' }));
    const lines = FORMATS.gcc(runOf(findings)).split('\n');
    expect(lines.pop()).toBe('');
    expect(lines.map((line) => DIAGNOSTIC.exec(line)?.slice(1, 5))).toEqual(
      ['error', 'warning', 'note', 'note'].map((kind) => ['release/repull.sh', '12', '3', kind]),
    );
  });

  test('without findings', () => expect(FORMATS.gcc(runOf([]))).toBe(''));
});

describe('checkstyle', () => {
  test('each file once, with its findings', () =>
    expect(FORMATS.checkstyle(runOf([QUOTE, CD, OTHER]))).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<checkstyle version="4.3">
  <file name="release/repull.sh">
    <error line="12" column="3" severity="info" message="Double quote to prevent globbing and word splitting." source="ShellCheck.SC2086"/>
    <error line="20" column="1" severity="warning" message="Use cd x || exit. (templates/docker/partials/swap.hbs:12)" source="ShellCheck.SC2164"/>
  </file>
  <file name="release/rollback.sh">
    <error line="12" column="3" severity="error" message="Double quote to prevent globbing and word splitting." source="ShellCheck.SC2086"/>
  </file>
</checkstyle>
`));

  test('without findings', () =>
    expect(FORMATS.checkstyle(runOf([]))).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="4.3">\n</checkstyle>\n',
    ));

  test("our own rules are not called ShellCheck's", () =>
    expect(FORMATS.checkstyle(runOf([{ ...QUOTE, code: 'GS093' }]))).toContain(
      ' source="gen-scripts.GS093"',
    ));

  test('a style is no word of Checkstyle', () =>
    expect(FORMATS.checkstyle(runOf([{ ...QUOTE, level: 'style' }]))).toContain(' severity="info" '));

  (hasProgram('xmllint') ? test : test.skip)('a parser of XML reads back what was said', () => {
    const message = `<b> & "it's" ]]>\ttab \u0000\u0008\u001b[31m\ud800 \uffff 中文 \u{1f600}`;
    const file = 'release/<&"> \'.sh';
    const attribute = (path: string) => {
      const input = FORMATS.checkstyle(runOf([{ ...QUOTE, file, message }]));
      const { status, stdout, stderr } = spawnSync(
        'xmllint',
        ['--nonet', '--xpath', `string(${path})`, '-'],
        {
          input,
          encoding: 'utf8',
        },
      );
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      return stdout.replace(/\n$/, '');
    };
    expect(attribute('/checkstyle/file/@name')).toBe(file);
    expect(attribute('/checkstyle/file/error/@message')).toBe(
      `<b> & "it's" ]]>\ttab \ufffd\ufffd\ufffd[31m\ufffd \ufffd 中文 \u{1f600}`,
    );
  });
});

describe('gitlab', () => {
  const parsed = (findings: readonly Finding[]) => JSON.parse(FORMATS.gitlab(runOf(findings)));

  /**
   * The fields that GitLab requires, and its five severities
   * (https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format).
   */
  test('each finding with the fields that GitLab requires', () =>
    expect(parsed([QUOTE, CD, OTHER])).toEqual([
      {
        description: QUOTE.message,
        check_name: 'SC2086',
        fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
        severity: 'minor',
        location: { path: 'release/repull.sh', lines: { begin: 12 } },
      },
      expect.objectContaining({ severity: 'major', check_name: 'SC2164' }),
      expect.objectContaining({ severity: 'critical', check_name: 'SC2086' }),
    ]));

  test('without findings', () => expect(FORMATS.gitlab(runOf([]))).toBe('[]\n'));

  test('every level has a severity that GitLab knows', () => {
    const known = ['info', 'minor', 'major', 'critical', 'blocker'];
    const levels = ['error', 'warning', 'info', 'style'] as const;
    for (const { severity } of parsed(levels.map((level) => ({ ...QUOTE, level }))))
      expect(known).toContain(severity);
  });

  const fingerprints = (findings: readonly Finding[]): string[] =>
    parsed(findings).map(({ fingerprint }: { fingerprint: string }) => fingerprint);

  test('a finding that moved is the same, so that GitLab does not call it new', () =>
    expect(fingerprints([{ ...QUOTE, line: 99, column: 7 }])).toEqual(fingerprints([QUOTE])));

  test('what differs in anything else has a fingerprint of its own, and so has its second place', () => {
    const all = [
      QUOTE,
      { ...QUOTE, line: 13 },
      CD,
      OTHER,
      { ...QUOTE, message: 'x' },
      { ...QUOTE, code: 'SC1' },
    ];
    expect(new Set(fingerprints(all)).size).toBe(all.length);
  });
});

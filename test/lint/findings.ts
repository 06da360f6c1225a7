import type { Finding, LintRun } from '../../src/lint/finding.js';

export const QUOTE: Finding = {
  file: 'release/repull.sh',
  line: 12,
  column: 3,
  level: 'info',
  code: 'SC2086',
  message: 'Double quote to prevent globbing and word splitting.',
};

/** Of which the template is known. */
export const CD: Finding = {
  ...QUOTE,
  line: 20,
  column: 1,
  level: 'warning',
  code: 'SC2164',
  message: 'Use cd x || exit.',
  template: { file: 'templates/docker/partials/swap.hbs', line: 12 },
};

export const OTHER: Finding = { ...QUOTE, file: 'release/rollback.sh', level: 'error' };

/** What XML, JSON and URIs may stumble over. */
export const ODD: Finding = {
  ...QUOTE,
  file: 'release/<&"> \'%中.sh',
  message: `<b> & "it's" ]]>\ttab \u0000\u001b[31m 中文 \u{1f600}`,
  template: { file: '/home/me/my templates/docker/partials/lock.hbs', line: 1 },
};

export function runOf(findings: readonly Finding[], changes: Partial<LintRun> = {}): LintRun {
  const scripts = ['release/build.sh', 'release/repull.sh', 'release/rollback.sh'];
  return { shellCheck: 'ShellCheck 0.9.0', scripts, findings, ...changes };
}

import { createHash } from 'node:crypto';
import { type Finding, formatFinding, type Level } from '../finding.js';

const SEVERITIES: Readonly<Record<Level, string>> = {
  error: 'critical',
  warning: 'major',
  info: 'minor',
  style: 'info',
};

/**
 * GitLab's Code Quality report: description, check_name, fingerprint, severity and location of each finding
 * (https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format).
 */
export function formatGitlab(findings: readonly Finding[]): string {
  const seen = new Map<string, number>();
  return `${JSON.stringify(
    findings.map((finding) => issue(finding, seen)),
    null,
    2,
  )}\n`;
}

function issue(finding: Finding, seen: Map<string, number>) {
  const { file, line, level, code, message } = finding;
  return {
    description: message,
    check_name: code,
    fingerprint: fingerprint(finding, seen),
    severity: SEVERITIES[level],
    location: { path: file, lines: { begin: line } },
  };
}

/** The same finding further down is still the same, so no line goes in; the second of two alike is told by its number. */
function fingerprint(finding: Finding, seen: Map<string, number>): string {
  const same = formatFinding({ ...finding, line: 0, column: 0 });
  const count = (seen.get(same) ?? 0) + 1;
  seen.set(same, count);
  return createHash('sha256').update(`${same}${count}`).digest('hex').slice(0, 32);
}

import type { Finding, Level, LintRun } from '../finding.js';
import { fingerprints } from '../fingerprint.js';
import { messageWithTemplate } from './place.js';

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
export function formatGitlab({ findings }: LintRun): string {
  const prints = fingerprints(findings);
  const issues = findings.map((finding, index) => issue(finding, prints[index]));
  return `${JSON.stringify(issues, null, 2)}\n`;
}

function issue(finding: Finding, fingerprint: string | undefined) {
  const { file, line, level, code } = finding;
  return {
    description: messageWithTemplate(finding),
    check_name: code,
    fingerprint,
    severity: SEVERITIES[level],
    location: { path: file, lines: { begin: line } },
  };
}

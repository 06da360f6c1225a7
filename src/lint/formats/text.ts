import { type Finding, formatFinding } from '../finding.js';

/** One line a finding, in the shape of gcc's messages. */
export function formatText(findings: readonly Finding[]): string {
  return findings.map(formatFinding).join('');
}

import { createHash } from 'node:crypto';
import { type Finding, formatFinding } from './finding.js';

/**
 * What stays of each finding when lines above it come or go, so that a server knows it again: no line goes in; the second
 * of two alike is told by its number.
 */
export function fingerprints(findings: readonly Finding[]): string[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const same = formatFinding({ ...finding, line: 0, column: 0 });
    const count = (seen.get(same) ?? 0) + 1;
    seen.set(same, count);
    return createHash('sha256').update(`${same}${count}`).digest('hex').slice(0, 32);
  });
}

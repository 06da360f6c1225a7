import type { Finding, LintRun } from '../finding.js';
import { ruleLink } from '../rule.js';

/** Our own, with everything that is known. Fields may be added; none is renamed or taken away. */
export function formatJson({ shellCheck, scripts, findings }: LintRun): string {
  const report = { shellCheck: shellCheck ?? null, scripts, findings: findings.map(describe) };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function describe({ file, line, column, level, code, message, template }: Finding) {
  return { file, line, column, level, code, message, link: ruleLink(code), template: template ?? null };
}

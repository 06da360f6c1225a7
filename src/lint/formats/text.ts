import { formatExcerpt } from '../../problems/problem.js';
import { type Finding, formatFinding, type LintRun } from '../finding.js';
import { ruleLink } from '../rule.js';

/**
 * For people: the finding, the script's line with a mark below the column, then the template's line and where the rule is
 * explained. Its first line is one that an editor can jump from.
 */
export function formatText({ findings }: LintRun): string {
  return findings.map(describe).join('');
}

function describe(finding: Finding): string {
  const { column, code, template, excerpt } = finding;
  const shown = excerpt === undefined ? [] : formatExcerpt({ line: excerpt, column });
  const place = template === undefined ? '' : `(${template.file}:${template.line}) `;
  return `${formatFinding(finding)}${[...shown, `  ${place}${ruleLink(code)}`].join('\n')}\n`;
}

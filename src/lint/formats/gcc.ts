import { printable } from '../../problems/problem.js';
import type { Finding, Level, LintRun } from '../finding.js';
import { messageWithTemplate } from './place.js';

/** gcc has no word for less than a note; ShellCheck's own `-f gcc` says the same. */
const KINDS: Readonly<Record<Level, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
  style: 'note',
};

/**
 * For programs that read a compiler's messages: `FILE:LINE:COLUMN: KIND: MESSAGE [CODE]`, one line each
 * (https://www.gnu.org/prep/standards/html_node/Errors.html).
 */
export function formatGcc({ findings }: LintRun): string {
  return findings.map(diagnostic).join('');
}

function diagnostic(finding: Finding): string {
  const { file, line, column, level, code } = finding;
  return `${printable(`${file}:${line}:${column}: ${KINDS[level]}: ${messageWithTemplate(finding)} [${code}]`)}\n`;
}

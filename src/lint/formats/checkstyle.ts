import { escapeXml } from '../../output/xml.js';
import type { Finding, Level, LintRun } from '../finding.js';
import { ruleName } from '../rule.js';
import { messageWithTemplate } from './place.js';

/** Checkstyle has no style: its own plugin for Jenkins (Warnings) reads error, warning and info, and ignores others. */
const SEVERITIES: Readonly<Record<Level, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'info',
  style: 'info',
};

/** Checkstyle's XML (`<checkstyle><file><error>`), which ShellCheck writes too and Jenkins' Warnings plugin reads. */
export function formatCheckstyle({ findings }: LintRun): string {
  const files = [...new Set(findings.map(({ file }) => file))];
  const body = files
    .map((name) =>
      file(
        name,
        findings.filter((finding) => finding.file === name),
      ),
    )
    .join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="4.3">\n${body}</checkstyle>\n`;
}

function file(name: string, findings: readonly Finding[]): string {
  return `  <file name="${escapeXml(name)}">\n${findings.map(error).join('')}  </file>\n`;
}

function error(finding: Finding): string {
  const { line, column, level, code } = finding;
  const place = `line="${line}" column="${column}" severity="${SEVERITIES[level]}"`;
  const message = escapeXml(messageWithTemplate(finding));
  return `    <error ${place} message="${message}" source="${escapeXml(ruleName(code))}"/>\n`;
}

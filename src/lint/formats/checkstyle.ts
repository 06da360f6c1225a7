import type { Finding, Level } from '../finding.js';

/** Checkstyle has no style: its own plugin for Jenkins (Warnings) reads error, warning and info, and ignores others. */
const SEVERITIES: Readonly<Record<Level, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'info',
  style: 'info',
};

/** Checkstyle's XML (`<checkstyle><file><error>`), which ShellCheck writes too and Jenkins' Warnings plugin reads. */
export function formatCheckstyle(findings: readonly Finding[]): string {
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

function error({ line, column, level, message, code }: Finding): string {
  const place = `line="${line}" column="${column}" severity="${SEVERITIES[level]}"`;
  return `    <error ${place} message="${escapeXml(message)}" source="ShellCheck.${escapeXml(code)}"/>\n`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** XML 1.0 has no way to write the other control characters, nor half a surrogate pair. */
function escapeXml(text: string): string {
  return text
    .replace(/[&<>"\t\n\r]/g, (character) => ENTITIES[character] ?? character)
    .replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, '\ufffd');
}

import { isAbsolute, relative } from 'node:path';
import { originOf, type TracedScript } from '../scripts/origins.js';
import { secretLines } from './checks/secrets.js';
import type { Finding } from './finding.js';

/**
 * The findings of one script with the template's line behind each, and with the script's line for those who read it, unless
 * there is a secret in it.
 * @param project folder that names of files start from
 */
export function locateFindings(
  findings: readonly Finding[],
  script: TracedScript,
  project: string,
): Finding[] {
  const lines = script.text.split('\n');
  const secret = new Set(secretLines(script.text).flat());
  return findings.map((finding) => {
    const text = lines[finding.line - 1] ?? '';
    const template = originOf(script, finding.line, toUnits(text, finding.column));
    const named = template && { ...template, file: nameFrom(project, template.file) };
    const excerpt = secret.has(finding.line) ? {} : { excerpt: text };
    return { ...finding, ...(named ? { template: named } : {}), ...excerpt };
  });
}

/** A template of the project is named as the project's other files are; ours have the names of our repository. */
export function nameFrom(project: string, file: string): string {
  const name = isAbsolute(file) ? relative(project, file) : file;
  return name.startsWith('..') ? file : name;
}

/** A column that counts characters, as ShellCheck does, in UTF-16 units. Both start at 1. */
function toUnits(text: string, column: number): number {
  return [...text].slice(0, column - 1).join('').length + 1;
}

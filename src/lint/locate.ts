import { isAbsolute, relative } from 'node:path';
import { redact } from '../parameters/values/secrets.js';
import { originOf, type TracedScript } from '../scripts/origins.js';
import type { Finding } from './finding.js';

/**
 * The finding with the template's line behind it, and with the script's line for those who read it.
 * @param project folder that names of files start from
 */
export function locateFinding(finding: Finding, script: TracedScript, project: string): Finding {
  const text = script.text.split('\n')[finding.line - 1] ?? '';
  const template = originOf(script, finding.line, toUnits(text, finding.column));
  const named = template && { ...template, file: nameFrom(project, template.file) };
  return { ...finding, ...(named ? { template: named } : {}), excerpt: redact(text) };
}

/** A template of the project is named as the project's other files are; ours have the names of our repository. */
function nameFrom(project: string, file: string): string {
  const name = isAbsolute(file) ? relative(project, file) : file;
  return name.startsWith('..') ? file : name;
}

/** A column that counts characters, as ShellCheck does, in UTF-16 units. Both start at 1. */
function toUnits(text: string, column: number): number {
  return [...text].slice(0, column - 1).join('').length + 1;
}

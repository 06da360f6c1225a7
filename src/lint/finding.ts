import { UserError } from '../problems/problem.js';
import type { TemplateLine } from '../scripts/origins.js';

/** One remark about one place in a rendered script. Lines and columns start at 1, columns count characters. */
export interface Finding {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly level: Level;
  /** `SC2086` for ShellCheck's, `GS093` for ours. */
  readonly code: string;
  readonly message: string;
  /** The line of the template that the script's line comes from. */
  readonly template?: TemplateLine;
  /** The script's line; left out when it must not be shown. */
  readonly excerpt?: string;
}

/** From the worst down. */
export const LEVELS = ['error', 'warning', 'info', 'style'] as const;
export type Level = (typeof LEVELS)[number];

/** What can look for findings; `name` says what it is and which version. */
export interface Linter {
  readonly name: string;
  check(file: string, script: string): Promise<readonly Finding[]>;
}

/** What a run of `lint` knows in the end. */
export interface LintRun {
  /** `ShellCheck 0.9.0`; undefined when ShellCheck did not run. */
  readonly shellCheck: string | undefined;
  /** Paths of the scripts that were looked at, each once. */
  readonly scripts: readonly string[];
  /** In order of place. */
  readonly findings: readonly Finding[];
}

/** The finding in one line. */
export function formatFinding({ file, line, column, level, code, message }: Finding): string {
  return `${file}:${line}:${column}: ${level}: ${message} [${code}]\n`;
}

/** In order of place, each once: variants of one script share most of their lines. */
export function arrangeFindings(findings: readonly Finding[]): Finding[] {
  const unique = new Map(findings.map((finding) => [formatFinding(finding), finding]));
  return [...unique.values()].sort(
    (a, b) => compare(a.file, b.file) || a.line - b.line || a.column - b.column || compare(a.code, b.code),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Is there one of this level or a worse one? */
export function reaches(findings: readonly Finding[], level: Level): boolean {
  return findings.some((finding) => LEVELS.indexOf(finding.level) <= LEVELS.indexOf(level));
}

/** @param detail what it said */
export function cannotRun(linter: string, detail: string): UserError {
  return new UserError([{ code: 'GS006', source: 'lint', value: linter, detail }]);
}

import { UserError } from '../problems/problem.js';

/** One remark about one place in a rendered script. Lines and columns start at 1. */
export interface Finding {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly level: Level;
  /** `SC2086` for ShellCheck's. */
  readonly code: string;
  readonly message: string;
}

export type Level = 'error' | 'warning' | 'info' | 'style';

/** What can look for findings; `name` says what it is and which version. */
export interface Linter {
  readonly name: string;
  check(file: string, script: string): Promise<readonly Finding[]>;
}

/** The shape of gcc's messages, which editors and Jenkins can jump from. */
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

/** @param detail what it said */
export function cannotRun(linter: string, detail: string): UserError {
  return new UserError([{ code: 'GS006', source: 'lint', value: linter, detail }]);
}

import { CATALOG } from './catalog.js';

/** One thing the user can fix. Formatted as `source: "value": title (detail): expected ... [code]`. */
export interface Problem {
  /** A key of CATALOG, which has its title and its usual hint: `GS041`. */
  readonly code: string;
  /** `gen-scripts.yml:12:9: container.ports[0]`, `environment CTRL_BUILD`, `--env`, `git`. */
  readonly source: string;
  /** What was given. Left out where there is nothing to show, and always for a secret. */
  readonly value?: string;
  /** What exactly is wrong, where the title does not say it. */
  readonly detail?: string;
  /** Reads on after "expected". */
  readonly expected?: string;
  /** What to do; left out, the catalog's. */
  readonly hint?: string;
  readonly excerpt?: Excerpt;
}

/** A line of the user's file; `column` starts at 1. */
export interface Excerpt {
  readonly line: string;
  readonly column: number;
}

/** Everything that is wrong with what the user gave, at once. The process prints it and exits with `exitCode`. */
export class UserError extends Error {
  readonly exitCode: number = 2;

  constructor(readonly problems: readonly Problem[]) {
    super(formatProblems(problems));
    this.name = 'UserError';
  }
}

/** Each once: several apps and hosts share what is wrong with the build or with a file. */
export function distinctProblems(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

/** @returns one block of lines a problem, each once, without a final line end */
export function formatProblems(problems: readonly Problem[]): string {
  return [...new Set(problems.map(formatProblem))].join('\n');
}

function formatProblem(problem: Problem): string {
  const { code, source, value, detail, expected, excerpt } = problem;
  const known = CATALOG[code];
  const said = `${known?.title ?? 'problem'}${detail ? ` (${detail})` : ''}`;
  const facts = [
    source,
    value === undefined ? '' : quoteValue(value),
    said,
    expected ? `expected ${expected}` : '',
  ];
  const hint = problem.hint ?? known?.hint;
  return [
    `${printable(facts.filter(Boolean).join(': '))} [${code}]`,
    ...(excerpt ? formatExcerpt(excerpt) : []),
    ...(hint ? [`  hint: ${printable(hint)}`] : []),
  ].join('\n');
}

const LONGEST_VALUE = 80;

function quoteValue(value: string): string {
  const characters = [...value];
  const shown = characters.slice(0, LONGEST_VALUE).join('');
  return JSON.stringify(characters.length > LONGEST_VALUE ? `${shown}...` : shown);
}

const LONGEST_LINE = 110;

/** A long line is shown around its column, so that the caret stands where it should even in a narrow terminal. */
export function formatExcerpt({ line, column }: Excerpt): string[] {
  const start = Math.max(0, column - 1 - LONGEST_LINE / 2);
  const from = line.length > LONGEST_LINE ? start : 0;
  const shown = printable(line.slice(from, from + LONGEST_LINE));
  const indent = Math.max(0, Math.min(column - 1 - from, shown.length));
  return [`    ${shown}`, `    ${' '.repeat(columnsOf(line.slice(from, from + indent)))}^`];
}

/** Chinese characters and the like take two columns of a terminal. */
function columnsOf(text: string): number {
  return [...text].reduce((sum, character) => sum + (WIDE.test(character) ? 2 : 1), 0);
}

const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/;

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNPRINTABLE = /[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** What is quoted may come from anybody: it must not move the cursor, turn the line round or forge one of a build log. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => (character === '\t' ? ' ' : '\ufffd'));
}

import { printable } from '../problems/problem.js';
import { versionOf } from '../report/version-of.js';
import type { Run } from './runs.js';
import type { Words } from './words.js';

/** How a timeline is to be drawn. */
export interface View {
  readonly words: Words;
  /** Columns of the terminal; Infinity where there is none. */
  readonly width: number;
  /** How many runs, and versions to go back to, are shown; Infinity for all. */
  readonly last: number;
  /** In the time zone of this machine instead of UTC. */
  readonly local: boolean;
}

const LONGEST_CELL = 200;

/** What others wrote as part of one line: nothing in it moves the cursor. */
export function cell(text: string): string {
  return printable(text.length > LONGEST_CELL ? `${text.slice(0, LONGEST_CELL)}...` : text).trim() || '-';
}

export function version(reference: string): string {
  return cell(versionOf(reference));
}

export function timeCell(time: number | null, { local, words }: View): string {
  if (time === null) return words.unknown;
  return local ? inLocalTime(new Date(time)) : new Date(time).toISOString().slice(0, 19).replace('T', ' ');
}

/** A time in a sentence. */
export function momentOf(time: number | null, view: View): string {
  return `${timeCell(time, view)}${view.local || time === null ? '' : ' UTC'}`;
}

/** Titles of columns, of which the one at `index` is a time. */
export function withZone(columns: readonly string[], index: number, { local }: View): string[] {
  return columns.map((title, column) => (column === index && !local ? `${title} (UTC)` : title));
}

function inLocalTime(date: Date): string {
  const [month, day, hour, minute, second] = [
    date.getMonth() + 1,
    date.getDate(),
    date.getHours(),
    date.getMinutes(),
    date.getSeconds(),
  ].map((part) => String(part).padStart(2, '0'));
  return `${date.getFullYear()}-${month}-${day} ${hour}:${minute}:${second}`;
}

export function durationCell(seconds: number | null, words: Words): string {
  if (seconds === null) return '-';
  const [days, hours] = [Math.floor(seconds / 86_400), Math.floor(seconds / 3600) % 24];
  return words.duration(days, hours, Math.floor(seconds / 60) % 60, seconds % 60);
}

/** What became of a run, in words. */
export function stateCell(run: Run, isLast: boolean, words: Words): string {
  const { result, earlier, recovered, rolledBackBy, adopted } = run;
  return [
    result === 'begun' && isLast ? words.open : words.results[result],
    earlier.length > 0 ? words.ended(earlier.map((one) => words.results[one]).join(words.comma)) : '',
    recovered ? words.recovered : '',
    rolledBackBy === '' ? '' : words.rolledBack,
    adopted === null ? '' : words.adopted(cell(adopted.container).slice(0, 12)),
  ]
    .filter(Boolean)
    .join(words.comma);
}

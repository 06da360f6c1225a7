import type { Reason, Report } from './report.js';

/** What `rollback.sh --outcome` printed on a host; `-` has become an empty string. */
export interface Outcome {
  readonly exit: number;
  readonly action: string;
  readonly result: string;
  readonly from: string;
  readonly to: string;
  /** null if not known */
  readonly seconds: number | null;
  readonly now: { readonly reference: string; readonly state: string };
  /** Newest first. */
  readonly history: readonly string[];
}

/** What an outcome must say to be this build's. */
export interface Expected {
  readonly build: string;
  /** sha256 of the auto.sh that was sent. */
  readonly auto: string;
}

/**
 * A host's answer, or why it is none. The text comes from another machine: only lines of the known shape count, the
 * first of a word (but for history), and references with no other characters than docker's.
 */
export function parseOutcome(text: string, expected: Expected): Outcome | Reason {
  const lines = text.slice(0, LONGEST_OUTCOME).trimEnd().split('\n');
  if (text.trim() === '') return 'silent';
  if (lines[0] !== 'gen-scripts-outcome 1' || lines.at(-1) !== 'end') return 'cut';
  const values = (word: string) =>
    lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));
  const value = (word: string) => withoutDash(values(word)[0] ?? '');
  if (value('build') !== expected.build) return 'build';
  if (value('auto') !== expected.auto) return 'script';
  const exit = toNumber(value('exit'));
  if (exit === null) return 'cut';
  const [reference = '', state = ''] = (values('now')[0] ?? '').split(' ');
  return {
    exit,
    action: word(value('action')),
    result: word(value('result')),
    from: toReference(value('from')),
    to: toReference(value('to')),
    seconds: toNumber(value('seconds')),
    now: { reference: toReference(withoutDash(reference)), state: word(state) },
    history: values('history').slice(0, LONGEST_HISTORY).map(toReference).filter(Boolean),
  };
}

/** More than any outcome has, in bytes or characters. */
export const LONGEST_OUTCOME = 64 * 1024;
const LONGEST_HISTORY = 5;

/** What the journal's line says of a deploy or a rollback; nothing, if it is a line of the other kind. */
export function toldOf({ action, result, from, to, seconds }: Outcome, mode: Report['mode']): Told {
  const isTold = action === (mode === 'rollback' ? 'rollback' : 'deploy');
  return isTold ? { result, from, to, seconds } : NOTHING_TOLD;
}

export type Told = Pick<Outcome, 'result' | 'from' | 'to' | 'seconds'>;

export const NOTHING_TOLD: Told = { result: '', from: '', to: '', seconds: null };

function withoutDash(value: string): string {
  return value === '-' ? '' : value;
}

function toNumber(value: string): number | null {
  return /^\d{1,9}$/.test(value) ? Number(value) : null;
}

function toReference(value: string): string {
  return /^[\w.:/@-]{1,400}$/.test(value) ? value : '';
}

function word(value: string): string {
  return /^[a-z]{1,20}$/.test(value) ? value : '';
}

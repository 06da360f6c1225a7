import { isSameVersion } from '../report/version-of.js';
import type { JournalLine } from './journal.js';

/** What runs on a host as far as its journal tells; docker was not asked. */
export interface Serving {
  readonly reference: string;
  /** `down`: nothing healthy ran; `unknown`: the journal says nothing. */
  readonly state: 'healthy' | 'down' | 'unknown';
  /** null if it ran before the journal begins */
  readonly since: number | null;
}

/** A time in which one version served. */
export interface Period extends Serving {
  /** Of the line with which it began; 0 if it ran before. */
  readonly line: number;
  /** null: it is the last one */
  readonly until: number | null;
}

const UNKNOWN: Period = { reference: '', state: 'unknown', since: null, line: 0, until: null };

/** What served one after the other; the last one is what serves now. Never empty. */
export function toPeriods(lines: readonly JournalLine[]): Period[] {
  const periods: Period[] = [];
  let current = UNKNOWN;
  for (const line of lines) {
    const next = after(line, current);
    if (next === current) continue;
    if (current !== UNKNOWN) periods.push(endedAt(line.time, current));
    current = next;
  }
  return [...periods, current];
}

function endedAt(until: number, { reference, state, since, line }: Period): Period {
  return { reference, state, since, line, until };
}

function after(line: JournalLine, current: Period): Period {
  switch (line.action === 'adopt' ? 'adopt' : line.result) {
    case 'done':
      return beganAt(line, line.to, 'healthy');
    case 'unchanged':
    case 'adopt':
      return goesOn(line, line.to, current);
    case 'kept':
    case 'restored':
      return line.from === '' ? current : goesOn(line, line.from, current);
    case 'down':
      return current.state === 'down' ? current : beganAt(line, line.from, 'down');
    default:
      return current;
  }
}

function beganAt({ time, number }: JournalLine, reference: string, state: Period['state']): Period {
  return { reference, state, since: time, line: number, until: null };
}

/** What runs was there before, whether the journal had seen it or not; only where nothing ran does it begin here. */
function goesOn(line: JournalLine, reference: string, current: Period): Period {
  if (current.state === 'down') return beganAt(line, reference, 'healthy');
  const isKnown = current.state === 'healthy' && isSameVersion(current.reference, reference);
  return isKnown ? current : { ...UNKNOWN, reference, state: 'healthy' };
}

/** Whole seconds; null where there is no end, or the clock says that it came before the beginning. */
export function secondsBetween(from: number | null, until: number | null): number | null {
  return from === null || until === null || until < from ? null : Math.round((until - from) / 1000);
}

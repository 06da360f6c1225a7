import type { Unreadable } from './journal.js';
import { parseJournal } from './journal.js';
import { type Offer, toOffers } from './offers.js';
import { type Run, toRuns } from './runs.js';
import { type Period, toPeriods } from './serving.js';

/** The files of one host, as text; undefined for one that was not given or is not there. */
export interface HostFiles {
  readonly name: string;
  readonly history: string | undefined;
  readonly journal: string | undefined;
}

/** Everything that the files of one host tell. */
export interface HostHistory {
  readonly name: string;
  readonly runs: readonly Run[];
  /** The last one is what serves now. */
  readonly periods: readonly Period[];
  /** The last run has no end: it is under way, or was interrupted. */
  readonly isOpen: boolean;
  readonly offers: readonly Offer[];
  readonly hasHistory: boolean;
  readonly hasJournal: boolean;
  readonly unreadable: readonly Unreadable[];
  /** Lines whose time is before that of the line before them. */
  readonly setBack: readonly ClockSetBack[];
}

export interface ClockSetBack {
  readonly line: number;
  readonly seconds: number;
}

export function readHost({ name, history, journal }: HostFiles): HostHistory {
  const { lines, strategies, unreadable } = parseJournal(journal ?? '');
  const runs = toRuns({ lines, strategies });
  return {
    name,
    runs,
    periods: toPeriods(lines),
    isOpen: runs.at(-1)?.result === 'begun',
    offers: toOffers(history ?? ''),
    hasHistory: history !== undefined,
    hasJournal: journal !== undefined,
    unreadable,
    setBack: lines.flatMap(({ number, time }, index) => {
      const earlier = lines[index - 1]?.time ?? time;
      return time < earlier ? [{ line: number, seconds: Math.round((earlier - time) / 1000) }] : [];
    }),
  };
}

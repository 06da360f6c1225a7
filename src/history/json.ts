import { agree, type Comparison, servesNow } from './compare.js';
import type { HostHistory } from './host.js';
import type { Run } from './runs.js';
import { secondsBetween } from './serving.js';

/** For programs; the shape is described in docs/history.md. Times are UTC, whatever the terminal shows. */
export function toJson(hosts: readonly HostHistory[], comparison: Comparison, last: number): string {
  const json = {
    format: 1,
    agree: agree(comparison),
    sameNow: comparison.sameNow,
    sameTarget: comparison.sameTarget,
    firstDifferentSteps: comparison.firstSteps,
    common: comparison.common && runJson(comparison.common),
    hosts: hosts.map((host, index) => hostJson(host, comparison.apart[index] ?? [], last)),
  };
  return `${JSON.stringify(json, null, 2).replace(UNSAFE, toEscape)}\n`;
}

/** JSON lets these stand as they are, but somebody may look at it in a terminal. */
const UNSAFE = /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

function toEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function hostJson(host: HostHistory, apart: readonly Run[], last: number) {
  const { name, runs, periods, offers, isOpen, hasHistory, hasJournal, unreadable, setBack } = host;
  const { reference, state, since } = servesNow(host);
  return {
    name,
    hasHistory,
    hasJournal,
    now: { reference, state, since: timeJson(since), certain: !isOpen && state !== 'unknown' },
    runs: runs.slice(-last).map(runJson),
    served: periods
      .filter((period) => period.state !== 'unknown')
      .slice(-last)
      .map((period) => ({
        reference: period.reference,
        state: period.state,
        since: timeJson(period.since),
        until: timeJson(period.until),
        seconds: secondsBetween(period.since, period.until),
      })),
    rollback: offers.slice(0, last),
    apart: apart.map(runJson),
    unreadable,
    clockSetBack: setBack,
  };
}

function runJson(run: Run) {
  const { action, result, earlier, from, to, build, who, seconds, recovered, rolledBackBy, adopted } = run;
  return {
    run: run.run,
    action,
    result,
    earlier,
    from,
    to,
    build,
    who,
    started: timeJson(run.started),
    ended: timeJson(run.ended),
    seconds,
    recovered,
    rolledBackBy,
    adopted,
    lines: [run.line, run.lastLine],
  };
}

function timeJson(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString().replace('.000Z', 'Z');
}

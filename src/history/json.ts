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
  const { name, runs, offers, hasHistory, hasJournal, unreadable, setBack } = host;
  return {
    name,
    hasHistory,
    hasJournal,
    now: nowJson(host),
    runs: runs.slice(-last).map(runJson),
    served: servedJson(host, last),
    rollback: offers.slice(0, last),
    apart: apart.map(runJson),
    unreadable,
    clockSetBack: setBack,
  };
}

function nowJson(host: HostHistory) {
  const { reference, state, since } = servesNow(host);
  return { reference, state, since: timeJson(since), certain: !host.isOpen && state !== 'unknown' };
}

function servedJson({ periods }: HostHistory, last: number) {
  const known = periods.filter(({ state }) => state !== 'unknown').slice(-last);
  return known.map(({ reference, state, since, until }) => ({
    reference,
    state,
    since: timeJson(since),
    until: timeJson(until),
    seconds: secondsBetween(since, until),
  }));
}

function runJson(run: Run) {
  const {
    action,
    result,
    earlier,
    from,
    to,
    build,
    who,
    seconds,
    recovered,
    rolledBackBy,
    adopted,
    strategy,
  } = run;
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
    strategy,
    lines: [run.line, run.lastLine],
  };
}

function timeJson(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString().replace('.000Z', 'Z');
}

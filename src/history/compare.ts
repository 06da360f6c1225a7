import { isSameVersion, versionOf } from '../report/version-of.js';
import type { HostHistory } from './host.js';
import type { Offer } from './offers.js';
import type { Run } from './runs.js';
import type { Serving } from './serving.js';

/** How several hosts of one app stand to each other. */
export interface Comparison {
  /** The same version serves on all of them, or none does. */
  readonly sameNow: boolean;
  /** A bare rollback goes to the same version everywhere. */
  readonly sameTarget: boolean;
  /** The first number of --steps that goes to different versions; null for none. */
  readonly firstSteps: number | null;
  /** The last run that all of them had before they went apart; null if none is known, or they never did. */
  readonly common: Run | null;
  /** What each host ran from there until they were the same again, in the order of the hosts. */
  readonly apart: readonly (readonly Run[])[];
}

export function agree({ sameNow, sameTarget }: Comparison): boolean {
  return sameNow && sameTarget;
}

/** A host without a journal does not disagree about what runs, nor one without a history about where a rollback goes. */
export function compareHosts(hosts: readonly HostHistory[]): Comparison {
  const histories = hosts.filter(({ hasHistory }) => hasHistory).map(({ offers }) => offers);
  const firstSteps = firstDifferentSteps(histories);
  const journals = hosts.filter(({ hasJournal }) => hasJournal);
  const comparison = {
    sameNow: areSame(journals.map(servesNow), isSameServing),
    sameTarget: firstSteps !== 1,
    firstSteps,
    common: null,
    apart: hosts.map(() => []),
  };
  return agree(comparison) ? comparison : { ...comparison, ...partingOf(hosts) };
}

/** What the journal says last. */
export function servesNow({ periods }: HostHistory): Serving {
  return periods.at(-1) ?? { reference: '', state: 'unknown', since: null };
}

function isSameServing(one: Serving, other: Serving): boolean {
  return one.state === other.state && isSameVersion(one.reference, other.reference);
}

/** Each with each: what is the same as something in between need not be the same. */
function areSame<T>(all: readonly T[], same: (one: T, other: T) => boolean): boolean {
  return all.every((one, index) => all.slice(index + 1).every((other) => same(one, other)));
}

/** A history that is shorter than another one is no difference: a host may be newer. */
function firstDifferentSteps(histories: readonly (readonly Offer[])[]): number | null {
  const longest = Math.max(0, ...histories.map(({ length }) => length));
  for (let index = 0; index < longest; index++) {
    const there = histories.flatMap((offers) => offers[index]?.reference ?? []);
    if (!areSame(there, isSameVersion) || (index === 0 && there.length < histories.length)) return index + 1;
  }
  return null;
}

/**
 * From the end backwards over what changed all of them: the first gap between two such runs in which one host did what
 * another one did not is where they went apart.
 */
function partingOf(hosts: readonly HostHistory[]): Pick<Comparison, 'common' | 'apart'> {
  const changes = hosts.map(({ runs }) => runs.filter(isChange));
  let ends = changes.map(({ length }) => length);
  for (const at of commonFromTheEnd(changes)) {
    if (at.some((index, host) => index + 1 < (ends[host] ?? 0))) return between(hosts, changes, at, ends);
    ends = at;
  }
  return between(
    hosts,
    changes,
    hosts.map(() => -1),
    ends,
  );
}

/** Any run in between is told, also one that failed: it may be the reason. */
function between(
  hosts: readonly HostHistory[],
  changes: readonly (readonly Run[])[],
  at: readonly number[],
  ends: readonly number[],
): Pick<Comparison, 'common' | 'apart'> {
  const lineOf = (host: number, index: number) => changes[host]?.[index]?.line;
  return {
    common: changes[0]?.[at[0] ?? -1] ?? null,
    apart: hosts.map(({ runs }, host) => {
      const after = lineOf(host, at[host] ?? -1) ?? 0;
      const before = lineOf(host, ends[host] ?? -1) ?? Number.POSITIVE_INFINITY;
      return runs.filter(({ line }) => line > after && line < before);
    }),
  };
}

/** After any other result a host runs what it ran before. */
function isChange({ result }: Run): boolean {
  return result === 'done' || result === 'down';
}

/** The runs that all hosts have, newest first: their index in the list of each host. */
function* commonFromTheEnd(changes: readonly (readonly Run[])[]): Generator<number[]> {
  const places = changes.map(placesOf);
  let bounds = changes.map(({ length }) => length);
  for (const run of (changes[0] ?? []).toReversed()) {
    const at = places.map((byKey, host) => lastBefore(byKey.get(keyOf(run)), bounds[host] ?? 0));
    if (at.some((index) => index === undefined)) continue;
    bounds = at.map((index) => index ?? 0);
    yield bounds;
  }
}

function placesOf(runs: readonly Run[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (const [index, run] of runs.entries()) {
    const known = places.get(keyOf(run));
    if (known === undefined) places.set(keyOf(run), [index]);
    else known.push(index);
  }
  return places;
}

/** What is not before the bound will not be asked for again. */
function lastBefore(places: number[] | undefined, bound: number): number | undefined {
  while (places !== undefined && (places.at(-1) ?? -1) >= bound) places.pop();
  return places?.at(-1);
}

/** A digest may be missing on one of the hosts, so the tag has to do. */
function keyOf({ action, result, build, to }: Run): string {
  return `${action} ${result} ${build} ${versionOf(to)}`;
}

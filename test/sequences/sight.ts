import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isParked } from '../../src/rehearsal/invariants.js';
import { neighbourOf } from '../../src/rehearsal/neighbour.js';
import { type Container, containersOf, readAssignments } from '../../src/rehearsal/simulated-state.js';
import { versionOf } from '../../src/report/version-of.js';
import type { Host } from '../support/host.js';
import type { Means, World } from './model.js';

/** What can be seen of a host without asking it. */
export interface Seen {
  readonly serves: string | undefined;
  readonly history: readonly string[];
  /** The history as it stands. */
  readonly text: string;
  readonly swap: 'none' | 'undo' | 'finish';
}

export function look(host: Host): Seen {
  const swap = existsSync(`${host.history}.swap`);
  return {
    serves: host.serves(),
    // Blanks and empty lines are nothing.
    history: host.versions().filter((line) => line.trim() !== ''),
    text: existsSync(host.history) ? readFileSync(host.history, 'utf8') : '',
    swap: !swap ? 'none' : existsSync(`${host.history}.next`) ? 'undo' : 'finish',
  };
}

export function describeSeen({ serves, history, swap }: Seen): string {
  return `${serves ?? 'nothing'} serves, history [${history.join(', ')}], swap: ${swap}`;
}

/** Is this what the world looks like? */
export function isLike(world: World, seen: Seen): boolean {
  const serves = world.swap === 'none' ? [world.serves] : world.mayServe;
  return (
    world.swap.startsWith(seen.swap) &&
    world.history.join('\n') === seen.history.join('\n') &&
    serves.includes(seen.serves)
  );
}

export function ours(host: Host): Container[] {
  return containersOf(host).filter(({ name }) => name !== neighbourOf(host));
}

/** The app's container: by its name, or the old recipe's. */
export function currentOf(host: Host): Container | undefined {
  const all = ours(host);
  const named = all.find(({ name }) => name === 'citest');
  return named ?? all.find(({ state, labels }) => state === 'running' && !labels.includes('gen-scripts.app'));
}

/** Newest first. */
export function parkedOf(host: Host): Container[] {
  return ours(host).filter(({ name }) => isParked(name, host.subject.app));
}

/** `settings` as the script has them. */
export function meansOf(host: Host, settings: string): Means {
  const state = readAssignments(readText(host, 'state'));
  const registry = readAssignments(readText(host, 'registry'));
  const names = (map: ReadonlyMap<string, string>, list: string) =>
    (map.get(list) ?? '').split('\n').map((line) => line.split('=')[0]);
  const here = [...names(state, 'tags'), ...names(state, 'digs')];
  const remote = registry.get('reg_mode') === 'up' ? names(registry, 'reg') : [];
  const lineOf = (version: string) =>
    host.lines('').findLast((line) => versionOf(line) === version) ?? version;
  const isTagged = (list: readonly (string | undefined)[], version: string) =>
    list.includes(`registry.example.com/team/citest:${version}`);
  return {
    daemonIsUp: state.get('daemon') === 'up',
    canPull: (version) => isTagged(remote, version),
    canGet: (version) =>
      parkedOf(host).some(
        ({ labels, reference }) => labels.includes(lineOf(version)) || versionOf(reference) === version,
      ) ||
      isTagged(here, version) ||
      isTagged(remote, version),
    hasSettings: currentOf(host)?.labels.includes(`gen-scripts.settings=${settings}`) ?? false,
  };
}

function readText(host: Host, name: string): string {
  return readFileSync(join(host.folder, 'sim', name), 'utf8');
}

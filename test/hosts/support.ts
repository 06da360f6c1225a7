import { expect } from '@jest/globals';
import { likenessOf, takeSnapshot } from '../../src/rehearsal/snapshot.js';
import type { Host, SavedHost } from '../support/host.js';
import type { Changes } from '../support/parameters.js';

/** Simulated sleeps that take a little real time, where something has to happen meanwhile. */
export const SLOWLY = { SIM_REAL_SLEEP: '0.05' };

/** Deploys the versions in order as builds 1, 2, ... */
export function prepare(host: Host, ...tags: string[]): void {
  for (const tag of tags) host.image(tag);
  deployInOrder(host, {}, ...tags);
}

const prepared = new Map<string, SavedHost>();

/** What begins alike is deployed once, by the shell that comes first; what shells make of a deploy is what deploy.test.ts looks at. */
export function deployInOrder(host: Host, changes: Changes, ...tags: string[]): void {
  const key = JSON.stringify([likenessOf(takeSnapshot(host.folder)), changes, tags]);
  const saved = prepared.get(key);
  if (saved === undefined) {
    for (const [index, tag] of tags.entries()) expect(host.deploy(tag, index + 1, changes).code).toBe(0);
    prepared.set(key, host.save());
  } else host.become(saved);
}

export function expectOnlyServing(host: Host, version: string): void {
  expect(host.serves()).toBe(version);
  const running = Object.entries(host.containers()).filter(([, state]) => state === 'running');
  expect(running).toEqual([['citest', 'running']]);
  expect(Object.keys(host.containers()).filter((name) => name.includes('-next-'))).toEqual([]);
  expect(host.leftovers().filter((name) => ['.swap', '.next', '.work'].includes(name))).toEqual([]);
}

import { expect } from '@jest/globals';
import type { Host } from '../support/host.js';

/** Simulated sleeps that take a little real time, where something has to happen meanwhile. */
export const SLOWLY = { SIM_REAL_SLEEP: '0.05' };

/** Deploys the versions in order as builds 1, 2, ... */
export function prepare(host: Host, ...tags: string[]): void {
  for (const [index, tag] of tags.entries()) {
    host.image(tag);
    expect(host.deploy(tag, index + 1).code).toBe(0);
  }
}

export function expectOnlyServing(host: Host, version: string): void {
  expect(host.serves()).toBe(version);
  const running = Object.entries(host.containers()).filter(([, state]) => state === 'running');
  expect(running).toEqual([['citest', 'running']]);
  expect(Object.keys(host.containers()).filter((name) => name.includes('-next-'))).toEqual([]);
  expect(host.leftovers().filter((name) => ['.swap', '.next', '.work'].includes(name))).toEqual([]);
}

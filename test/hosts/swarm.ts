import { expect } from '@jest/globals';
import type { Host, Run, RunOptions } from '../support/host.js';
import type { Changes } from '../support/parameters.js';

/** An app of a swarm: what the tests change of the defaults besides. */
export const SWARM: Changes = {
  engine: 'swarm',
  strategy: 'auto',
  // Few looks, each of which is two simulated processes.
  health: { url: '', timeout: 30_000, interval: 2_000, settle: 2_000 },
};

export function swarmWith(changes: Changes): Changes {
  return { ...SWARM, ...changes };
}

/** The host is a manager; versions are in the registry, healthy. */
export function makeSwarm(host: Host, ...tags: string[]): void {
  host.sim('swarm');
  for (const tag of tags) host.image(tag, 'healthcheck');
}

export function deployTo(
  host: Host,
  tag: string,
  build: number,
  changes: Changes = {},
  options: RunOptions = {},
): Run {
  return host.deploy(tag, build, swarmWith(changes), options);
}

export function rollBackOn(host: Host, build: number, changes: Changes = {}, options: RunOptions = {}): Run {
  return host.rollback(build, swarmWith(changes), options);
}

/** `citest v2 1/1 completed`; empty without a service. */
export function services(host: Host): string[] {
  const shorten = (line: string) => line.replace(/ \S*:(\w+)@sha256:[0-9a-f]{64} /, ' $1 ');
  return host.sim('services').split('\n').filter(Boolean).map(shorten);
}

export function inspect(host: Host, format: string): string {
  return host.command('docker', 'service', 'inspect', '--format', format, 'citest');
}

/** The version serves with all its tasks, and no run has left anything half done. */
export function expectServing(host: Host, tag: string, tasks = '1/1'): void {
  expect(services(host).map((line) => line.replace(/ \S+$/, ''))).toEqual([`citest ${tag} ${tasks}`]);
  expectTidy(host);
}

export function expectTidy(host: Host): void {
  expect(host.leftovers().filter((name) => ['.swap', '.next', '.work'].includes(name))).toEqual([]);
}

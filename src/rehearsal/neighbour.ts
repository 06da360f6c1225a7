import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { SimulatedHost } from './simulated-host.js';

/** Another app of the same host, whose name begins like ours: nothing of it may ever change. */
export function neighbourOf({ subject }: SimulatedHost): string {
  return `${subject.app}2`;
}

export function isNeighbour(host: SimulatedHost, { name }: { readonly name: string }): boolean {
  return name === neighbourOf(host) || host.neighbours.has(name);
}

export function neighbourHistory(host: SimulatedHost): string {
  return join(dirname(host.history), `${neighbourOf(host)}_history`);
}

/** @param isSwarm there is a service of that name as well */
export function addNeighbour(host: SimulatedHost, isSwarm = false): void {
  const image = `${host.subject.repository}2`;
  const port = host.subject.port === '9090' ? '9091' : '9090';
  const options = ['--name', neighbourOf(host), '--restart', 'always', '-p', `${port}:80`];
  host.sim('local', `${image}:1`);
  host.command('docker', 'run', '-d', ...options, `${image}:1`);
  if (isSwarm)
    host.command(
      ...(['docker', 'service', 'create', '--detach', '--no-resolve-image', '--name'] as const),
      ...[neighbourOf(host), `${image}:1`],
    );
  writeFileSync(neighbourHistory(host), `${image}:0\n`);
}

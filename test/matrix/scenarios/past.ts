import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PASSWORD } from '../../../src/rehearsal/scenario.js';
import type { Host } from '../../support/host.js';
import type { Changes } from '../../support/parameters.js';
import type { Deploy } from '../scenario.js';

/** What a host has been through before a scenario begins. */

export function inOrder(deploy: Deploy, ...tags: string[]): void {
  for (const [index, tag] of tags.entries()) deploy(tag, index + 1);
}

export function removeParked(host: Host): void {
  const parked = Object.keys(host.containers()).filter((name) => /^citest-[0-9a-f]{12}$/.test(name));
  host.command('docker', 'rm', ...parked);
}

export function removeImage(host: Host, tag: string): void {
  host.command('docker', 'rmi', `registry.example.com/team/citest:${tag}`);
}

/** The registry wants a password from now on. */
export function closeRegistry(host: Host): void {
  host.sim('registry', 'password', 'ci', PASSWORD);
}

export function keepPassword(host: Host): void {
  writeFileSync(join(host.folder, 'password'), `${PASSWORD}\n`, { mode: 0o600 });
}

export const byPasswordFile = (host: Host): Changes => ({
  registry: { login: 'file', username: 'ci', passwordFile: join(host.folder, 'password') },
});

export const byShippedFile = { 'registry.credentials': `ci\n${PASSWORD}\n` };

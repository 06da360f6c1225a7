import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Faults } from './stack/faults.mjs';
import { Host } from './stack/host.mjs';
import { makeKey } from './stack/ssh.mjs';
import { sweep } from './sweep.mjs';
import { Unit } from './unit.mjs';

/**
 * Three docker hosts web1, web2 and web3, each with an SSH key, a user and a shell of its own, and homes of a megabyte that can be full.
 * shared: what each Host has; clients: as of `findClients`
 */
export async function openMachines({ clients, keys, ...shared }) {
  const kinds = [
    { number: 21, user: 'deploy', client: clients[0].path, shell: '/usr/bin/dash' },
    { number: 22, user: 'root', client: clients.at(-1).path, shell: '/usr/bin/busybox' },
    { number: 23, user: 'deploy', client: clients[0].path, shell: '/usr/bin/dash' },
  ];
  return Promise.all(
    kinds.map((kind, index) => openMachine({ ...shared, ...kind, name: `web${index + 1}`, keys })),
  );
}

async function openMachine({ keys, ...options }) {
  const hostKey = join(options.folder, `${options.name}_host_key`);
  await makeKey(hostKey);
  const host = new Host({ ...options, homeSize: '1m', keys: { ...keys, hostKey } });
  await host.prepare();
  await host.start();
  return host;
}

/** Three plain docker hosts that one build is shipped to. options: `hosts`, and what a unit has. */
export class Fleet extends Unit {
  constructor(options) {
    super(options);
    /** What `checks.mjs` looks at, of each host. */
    this.places = this.hosts.map((host) => ({
      ...{ app: this.app, repository: this.repository, host, faults: new Faults(host), neighbours: [] },
      say: (text) => this.say(text),
    }));
  }

  async reset() {
    await super.reset();
    await Promise.all(this.places.map(sweep));
  }

  /** Leaves the hosts as they were found. */
  close() {
    return this.reset();
  }

  /**
   * Gives the user `owner` of `machine` a ~/.ssh that knows the hosts by name, as an administrator sets it up once: key, known_hosts,
   * config. Nothing in it turns a check off.
   */
  async introduce(machine) {
    const folder = join(machine.home, '.ssh');
    mkdirSync(machine.path(folder), { recursive: true, mode: 0o700 });
    this.#write(machine.path(folder), folder);
    await machine.inside('chown', ['-R', machine.user, folder]);
  }

  /** The same in a folder of the test's own; returns the path of the config file, for `ssh -F`. */
  introduceHere(folder) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#write(folder, folder);
    return join(folder, 'config');
  }

  /** folder: where to write it; seen: as what whoever reads it knows that folder. */
  #write(folder, seen) {
    const key = join(folder, 'id_ed25519');
    copyFileSync(this.hosts[0].keys.clientKey, key);
    chmodSync(key, 0o600);
    writeFileSync(join(folder, 'known_hosts'), this.hosts.map(knownHost).join(''));
    writeFileSync(join(folder, 'config'), this.hosts.map((host) => configOf(host, seen)).join('\n'));
  }
}

function knownHost({ address, keys }) {
  const [type, key] = readFileSync(`${keys.hostKey}.pub`, 'utf8').split(' ');
  return `${address} ${type} ${key}\n`;
}

const configOf = ({ name, address, user }, folder) => `Host ${name}
	HostName ${address}
	User ${user}
	IdentityFile ${folder}/id_ed25519
	IdentitiesOnly yes
	UserKnownHostsFile ${folder}/known_hosts
`;

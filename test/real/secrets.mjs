import assert from 'node:assert/strict';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { run } from './stack/process.mjs';

/**
 * The forms in which a password shows: itself, and base64 of any text that holds it, as docker's configuration
 * (`ci:password`) and its X-Registry-Auth header (JSON) do. Base64 depends on where in three bytes the password begins.
 */
export function formsOf(password) {
  const shifted = [0, 1, 2].map((shift) => {
    const text = Buffer.from('x'.repeat(shift) + password).toString('base64');
    // Without the characters that what stands before and after it has a part in.
    return text.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + password.length) * 8) / 6));
  });
  return [password, ...shifted];
}

/**
 * Samples what `ps` would show of the processes of the run, many times a second: every argument list, and the environments on
 * the docker hosts (on the agent Jenkins itself puts the password there).
 */
export class ProcessWatch {
  #seen = new Set();

  constructor(secrets, hosts) {
    Object.assign(this, { secrets, hosts });
    this.timer = setInterval(() => this.#look(), 20);
  }

  /** What was seen since the last time. */
  take() {
    const seen = [...this.#seen];
    this.#seen.clear();
    return seen;
  }

  stop() {
    clearInterval(this.timer);
    return this.take();
  }

  #look() {
    for (const pid of readdirSync('/proc')) {
      if (!(pid > 0)) continue;
      const words = this.#secretOf(`/proc/${pid}/cmdline`);
      if (words) this.#seen.add(`arguments: ${words}`);
      if (this.#secretOf(`/proc/${pid}/environ`) && this.#isOnHost(pid))
        this.#seen.add(`environment of: ${read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ')}`);
    }
  }

  /** The file's words, if one of them holds a secret. */
  #secretOf(path) {
    const words = read(path);
    return this.secrets.some((secret) => words.includes(secret)) ? words.replaceAll('\0', ' ') : '';
  }

  #isOnHost(pid) {
    const space = link(`/proc/${pid}/ns/pid`);
    return space !== '' && this.hosts.some(({ init }) => link(`/proc/${init}/ns/pid`) === space);
  }
}

/** What of a host holds what it wrote itself. What it sees as its root shows this whole machine. */
const partsOf = ({ base, homeSize }) => {
  const parts = ['upper', 'docker', 'run', 'tmp', 'history', ...(homeSize ? ['home'] : [])];
  return parts.map((name) => `${base}/${name}`);
};

/** Where a unit's case may have left something; the rest of the agent is shared and looked through at the end. */
export function placesOf({ host, hosts = [host], agent, job, folder, app }) {
  return [...hosts.flatMap(partsOf), `${agent.base}/upper${job.workspace}`, `${folder}/transcript-${app}`];
}

/** Everything that the run wrote anywhere. */
export function allPlaces({ folder, agent, lanes, machines }) {
  const hosts = [agent, ...lanes.map(({ host }) => host), ...machines];
  const names = readdirSync(folder).filter((name) => !hosts.some((host) => host.name === name));
  return [
    ...names.map((name) => `${folder}/${name}`),
    ...hosts.flatMap((host) => [...partsOf(host), `${host.base}/boot.log`]),
  ];
}

/**
 * Files below `places` that hold a secret, other than where an administrator or the test's own login put it, or docker itself does: a node
 * that is to pull for a service (--with-registry-auth) keeps the login with its tasks, for root only.
 */
export async function findSecret({ secrets, lanes, machines }, places) {
  const allowed = [
    ...lanes.flatMap(({ host, loginFolder }) => [
      `${host.base}/upper/etc/registry.password`,
      `${loginFolder}/config.json`,
    ]),
    ...machines.map(({ base }) => `${base}/docker/swarm/worker/tasks.db`),
  ];
  const search = ['-rlaF', '--devices=skip', '--file=-', ...places];
  const { stdout, status, output } = await run('grep', search, { input: secrets.join('\n') });
  // 2 is also that a file went away meanwhile
  if (status > 1 && !/No such file/.test(output)) throw new Error(`grep: ${output}`);
  return stdout.split('\n').filter((path) => path && !allowed.includes(path));
}

export async function keepsSecret(bench, places) {
  assert.deepEqual(await findSecret(bench, places), [], 'files that hold the password');
}

function read(path) {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return ''; // it has ended meanwhile
  }
}

function link(path) {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

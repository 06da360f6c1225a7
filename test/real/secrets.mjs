import { readdirSync, readFileSync } from 'node:fs';
import { run } from './stack/process.mjs';

/** Watches the argument lists of every process of the run for secrets, many times a second. */
export class ArgumentWatch {
  #seen = new Set();

  constructor(secrets) {
    this.secrets = secrets;
    this.timer = setInterval(() => this.#look(), 20);
  }

  /** Stops; returns the argument lists that held a secret. */
  stop() {
    clearInterval(this.timer);
    return [...this.#seen];
  }

  #look() {
    for (const pid of readdirSync('/proc')) {
      const words = pid > 0 ? read(`/proc/${pid}/cmdline`) : '';
      if (this.secrets.some((secret) => words.includes(secret))) this.#seen.add(words.replaceAll('\0', ' '));
    }
  }
}

/** A password and the form it takes in docker's own configuration. */
export const formsOf = (password) => [password, Buffer.from(`ci:${password}`).toString('base64')];

/** Where a lane's case may have left something; the rest of the agent is shared and looked through at the end. */
export function placesOf({ host, agent, job, folder, app }) {
  const workspace = `${agent.base}/upper${job.workspace}`;
  return [
    `${host.base}/upper`,
    `${host.base}/tmp`,
    `${host.base}/run`,
    workspace,
    `${folder}/transcript-${app}`,
  ];
}

/** Everything that the run wrote anywhere. What a host sees as its root shows this whole machine, so that is left out. */
export function allPlaces({ folder, agent, lanes }) {
  const parts = ['upper', 'docker', 'run', 'tmp', 'boot.log'];
  const hosts = [agent, ...lanes.map(({ host }) => host)];
  const names = readdirSync(folder).filter((name) => !hosts.some((host) => host.name === name));
  return [
    ...names.map((name) => `${folder}/${name}`),
    ...hosts.flatMap(({ base }) => parts.map((name) => `${base}/${name}`)),
  ];
}

/** Throws when a file below `places` holds a secret, other than where an administrator or our own login put it. */
export async function keepsSecret({ secrets, lanes }, places) {
  const allowed = ['/etc/registry.password', ...lanes.map(({ loginFolder }) => `${loginFolder}/config.json`)];
  const search = ['-rlaF', '--devices=skip', '--file=-', ...places];
  const { stdout, status, output } = await run('grep', search, { input: secrets.join('\n') });
  if (status > 1) throw new Error(`grep: ${output}`);
  const found = stdout.split('\n').filter((path) => path && !allowed.some((end) => path.endsWith(end)));
  if (found.length > 0) throw new Error(`the password is in\n${found.join('\n')}`);
}

function read(path) {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return ''; // it has ended meanwhile
  }
}

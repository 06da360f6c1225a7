import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { files, images } from './contract-cases.mjs';
import { furniture } from './swarm-cases.mjs';

/** The folder of the simulated programs. */
export const simulator = fileURLToPath(new URL('../../simulator/', import.meta.url));

/**
 * Runs the steps in order on one host and returns what each did, made comparable.
 * @param {object[]} steps of contract-cases.mjs
 * @param {{docker: string, env: Record<string, string>, words: Record<string, string>, pass: (ms: number) => void, poll?: number}} host
 *   the program, its environment, the values of placeholders, how time passes there, and how long between two looks at
 *   something that will come (100 ms)
 */
export function runSteps(steps, host) {
  const words = { ...host.words };
  return steps.map((step) => {
    if (step.wait) host.pass(step.wait);
    const args = step.args.map((arg) => fill(arg, words));
    const env = { ...host.env, ...step.env };
    const ran = run(host, args, env, step);
    if (step.save) words[step.save] = firstWord(ran.stdout, step.cut);
    return { call: step.args.join(' '), ...comparable(step, ran, words) };
  });
}

function run(host, args, env, step) {
  for (let tries = 0; ; tries += 1) {
    const ran = spawnSync(host.docker, args, { env, input: step.stdin ?? '', encoding: 'utf8' });
    if (ran.error) throw ran.error;
    if (!step.until || `${ran.stdout}${ran.stderr}`.includes(step.until) || tries > 100) return ran;
    host.pass(host.poll ?? 100);
  }
}

function fill(text, words) {
  return text.replace(/\{([A-Za-z0-9]+)\}/g, (whole, name) => words[name] ?? whole);
}

function firstWord(output, cut) {
  const line = output.trim().split('\n')[0] ?? '';
  return cut ? (line.split(cut)[1] ?? '') : line;
}

function comparable(step, ran, words) {
  const status = ran.status;
  if (step.silent) return { status };
  const stdout = normalise(ran.stdout, words).filter((line) => !PROGRESS.test(line));
  if (step.unordered) stdout.sort();
  const errors = normalise(ran.stderr, words)
    .map(bare)
    .filter((line) => !CHATTER.test(line));
  return { status, stdout, stderr: step.talk ? errors.length > 0 : errors };
}

const PROGRESS = /^([0-9a-f]{12}|<12>): |^Flag --time has been deprecated|^$/;
const CHATTER =
  /^$|^exit status 1$|^(see|run) '|^usage:|^deprecated|^\s|^buildkit|^warning!|^configure a credential|^https?:|^[0-9a-f]{12}: |^<12>: /;

/** Ids become their length, addresses and names of interfaces their placeholder; the sizes of manifests differ. */
function normalise(text, words) {
  let plain = text;
  for (const [name, value] of Object.entries(words).sort((a, b) => b[1].length - a[1].length)) {
    if (['R', 'P', 'HOST', 'DOWN', 'TMP', 'SOCKET', 'NODE'].includes(name) && value)
      plain = plain.replaceAll(value, `{${name}}`);
  }
  return plain
    .replace(/\b[0-9a-f]{64}\b/g, '<64>')
    .replace(/\b[0-9a-z]{25}\b/g, '<25>')
    .replace(/\b[0-9a-f]{12}\b/g, '<12>')
    .replace(/^[0-9a-z]{12}(?= |$)/gm, '<12>')
    .replace(/(\.\d+)\.[0-9a-z]{12}@/g, '$1.<12>@')
    .replace(/\b(?:less than a second|about a minute|\d+ (?:seconds?|minutes)) ago/g, 'N ago')
    .replace(/\b(?:172\.\d+|192\.168)\.\d+\.\d+\b(?:\/\d+)?/g, '<ip>')
    .replace(/\bveth[0-9a-f]{7}\b/g, '<veth>')
    .replace(/Ifindex: \d+/g, 'Ifindex: N')
    .replace(/size: \d+/g, 'size: N')
    .replaceAll('https://', 'http://')
    .split('\n')
    .slice(0, text.endsWith('\n') ? -1 : undefined);
}

/** Clients 20.10 and 28 put different words around the same message. */
function bare(line) {
  return line
    .toLowerCase()
    .replace(/^status: (.*), code: 1$/, '$1')
    .replace(/^(docker: )?(error response from daemon|error): /, '')
    .replace(/^no such image: (.*): no such image: \1$/, 'no such image: $1')
    .replace(/^no such service: (.*)$/, 'service $1 not found')
    .replace(/^no such network: (.*)$/, 'network $1 not found')
    .replace(/at <.*?>/, 'at <>')
    .replace(/:\d+:\d+:/, ':1:1:')
    .replace(/\.$/, '');
}

/** A directory with the files of the cases; the caller removes it. */
export function makeFiles() {
  const folder = mkdtempSync(join(tmpdir(), 'contract-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

const SOCKET = 'unix:///run/simulated.sock';

/** A simulated host with the images of the cases in its registry. `programs`: another copy of the simulator. */
export function simulatedHost(folder, programs = simulator) {
  const state = join(folder, 'state');
  mkdirSync(state);
  const env = {
    PATH: `${programs}:${process.env.PATH}`,
    SIM_STATE: state,
    DOCKER_CONFIG: join(folder, 'config'),
    DOCKER_HOST: SOCKET,
  };
  const simctl = (...args) => execFileSync(join(programs, 'simctl'), args, { env, encoding: 'utf8' });
  const words = { R: 'registry.example:5000/contract/sim', P: 'private.example/contract/sim' };
  simctl('init');
  simctl('context', SOCKET);
  simctl('registry', 'down', 'down.example:5099');
  for (const [tag, { simulated }] of Object.entries(images)) {
    simctl('image', `${words.R}:${tag}`, ...simulated);
    simctl('image', `${words.P}:${tag}`, ...simulated);
  }
  const enterSwarm = () => {
    simctl('swarm');
    for (const [kind, names] of Object.entries(furniture))
      for (const name of names) simctl(kind.slice(0, -1), name);
  };
  return {
    docker: join(programs, 'docker'),
    env,
    words: {
      ...words,
      HOST: 'private.example',
      DOWN: 'down.example:5099',
      TMP: folder,
      SOCKET,
      NODE: 'manager-1',
    },
    pass: (ms) => void simctl('advance', String(ms)),
    simctl,
    enterSwarm,
    state,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

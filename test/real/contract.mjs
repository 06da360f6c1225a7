/**
 * The contract test: the same docker calls on a real engine and on the simulated one must agree in exit status and
 * output. `node test/real/contract.mjs [--record]` with
 *   DOCKER_HOST         the engine; it must have no containers, and loses what the test made
 *   CONTRACT_REGISTRY   an open registry as that engine reaches it (host:port)
 *   CONTRACT_PRIVATE    optional: one with user ci and password s3cret
 *   CONTRACT_CLIENTS    optional: client programs, separated by colons (docker)
 *   CONTRACT_BUSYBOX    optional: a static busybox for the images (the one on PATH)
 * --record (with CONTRACT_PRIVATE) keeps what the first client saw in test/simulator/contract-recorded.jsonl, which `npm test` holds the
 * simulator to where there is no engine.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { images, passwordSteps, steps } from '../simulator/contract-cases.mjs';
import { makeFiles, runSteps, simulatedHost } from '../simulator/contract-run.mjs';

const { DOCKER_HOST, CONTRACT_REGISTRY, CONTRACT_PRIVATE = '' } = process.env;
const recorded = new URL('../simulator/contract-recorded.jsonl', import.meta.url);

if (!DOCKER_HOST || !CONTRACT_REGISTRY) {
  console.error('contract: DOCKER_HOST and CONTRACT_REGISTRY must name an engine and a registry');
  process.exit(2);
}

const clients = (process.env.CONTRACT_CLIENTS ?? 'docker').split(':');
let differences = 0;
for (const [index, client] of clients.entries()) {
  const { real, simulated } = compare(client);
  differences += report(client, real, simulated);
  if (index === 0 && CONTRACT_PRIVATE && process.argv.includes('--record')) record(real);
}
process.exit(differences === 0 ? 0 : 1);

function compare(client) {
  const all = CONTRACT_PRIVATE ? { steps, passwordSteps } : { steps, passwordSteps: [] };
  const real = realHost(client);
  const fake = simulatedHost(makeFiles());
  try {
    const open = runSteps(all.steps, real);
    const closed = runSteps(all.passwordSteps, real);
    const fakeOpen = runSteps(all.steps, fake);
    lockRegistry(fake);
    return {
      real: { open, closed },
      simulated: { open: fakeOpen, closed: runSteps(all.passwordSteps, fake) },
    };
  } finally {
    real.remove();
    fake.remove();
  }
}

/** The password steps find the image built here, but not the login. */
function lockRegistry(fake) {
  fake.simctl('registry', 'password', 'ci', 's3cret', fake.words.HOST);
}

/** One outcome a line: the open registry's steps, then those that need a password. */
function record({ open, closed }) {
  writeFileSync(recorded, [...open, ...closed].map((outcome) => `${JSON.stringify(outcome)}\n`).join(''));
}

function report(client, real, simulated) {
  let count = 0;
  for (const kind of ['open', 'closed']) {
    for (const [index, want] of real[kind].entries()) {
      const got = simulated[kind][index];
      if (JSON.stringify(want) === JSON.stringify(got)) continue;
      count += 1;
      console.log(`docker ${want.call}\n  real      ${outcome(want)}\n  simulated ${outcome(got)}`);
    }
  }
  console.log(
    `${client}: ${real.open.length + real.closed.length} calls, ${count} differ from the simulated docker`,
  );
  return count;
}

function outcome({ call, ...rest }) {
  return JSON.stringify(rest);
}

function realHost(client) {
  const folder = makeFiles();
  const env = { ...process.env, DOCKER_CONFIG: join(folder, 'config') };
  const docker = (...args) =>
    execFileSync(client, args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  if (docker('ps', '-aq') !== '')
    throw new Error(`the engine at ${DOCKER_HOST} has containers: use an empty one`);
  const name = 'contract/sim';
  const words = {
    ...{ R: `${CONTRACT_REGISTRY}/${name}`, P: `${CONTRACT_PRIVATE}/${name}`, HOST: CONTRACT_PRIVATE },
    ...{ DOWN: '127.0.0.1:64999', TMP: folder, SOCKET: DOCKER_HOST },
  };
  makeImages(docker, words, env, client);
  return {
    ...{ docker: client, env, words },
    pass: (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms),
    remove: () => cleanUp(docker, words, folder),
  };
}

/** A real image per behaviour, in the registries only. */
function makeImages(docker, words, env, client) {
  const archive = makeRoot();
  if (CONTRACT_PRIVATE) {
    const login = ['login', '--username', 'ci', '--password-stdin', CONTRACT_PRIVATE];
    execFileSync(client, login, { env, input: 's3cret', stdio: ['pipe', 'ignore', 'ignore'] });
  }
  for (const [tag, { command, healthcheck }] of Object.entries(images)) {
    const changes = ['-c', `CMD ["sh","-c",${JSON.stringify(command)}]`, '-c', `ENV TAG=${tag}`];
    if (healthcheck) changes.push('-c', `HEALTHCHECK ${healthcheck}`);
    docker('import', ...changes, archive, `${words.R}:${tag}`);
    docker('push', '--quiet', `${words.R}:${tag}`);
    if (CONTRACT_PRIVATE && tag === 'v1') {
      docker('tag', `${words.R}:${tag}`, `${words.P}:${tag}`);
      docker('push', '--quiet', `${words.P}:${tag}`);
      docker('rmi', `${words.P}:${tag}`);
    }
    docker('rmi', `${words.R}:${tag}`);
  }
  if (CONTRACT_PRIVATE) docker('logout', CONTRACT_PRIVATE);
  rmSync(archive);
}

/** A root file system that is a static busybox, as a tar file. */
function makeRoot() {
  const folder = mkdtempSync(join(tmpdir(), 'contract-root-'));
  const find = ['-c', 'command -v busybox'];
  const busybox = process.env.CONTRACT_BUSYBOX ?? execFileSync('sh', find, { encoding: 'utf8' }).trim();
  mkdirSync(join(folder, 'bin'));
  cpSync(realpathSync(busybox), join(folder, 'bin/busybox'));
  for (const tool of ['sh', 'sleep', 'true', 'false']) symlinkSync('busybox', join(folder, 'bin', tool));
  execFileSync('tar', ['-C', folder, '-cf', `${folder}.tar`, 'bin']);
  rmSync(folder, { recursive: true });
  return `${folder}.tar`;
}

function cleanUp(docker, words, folder) {
  const left = docker('ps', '-aq').split('\n').filter(Boolean);
  if (left.length > 0) docker('rm', '-fv', ...left);
  const networks = docker('network', 'ls', '-q', '--filter', 'name=^contract-').split('\n').filter(Boolean);
  if (networks.length > 0) docker('network', 'rm', ...networks);
  const format = ['--format', '{{.Repository}}|{{.ID}}', '--no-trunc'];
  for (const line of docker('images', ...format).split('\n')) {
    const [repository, id] = line.split('|');
    if (id && (repository === words.R || repository === words.P)) docker('rmi', '-f', id);
  }
  docker('image', 'prune', '--force', '--filter', 'label=contract=yes');
  rmSync(folder, { recursive: true, force: true });
}

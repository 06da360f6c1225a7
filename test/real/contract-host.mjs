import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { images } from '../simulator/contract-cases.mjs';
import { makeFiles } from '../simulator/contract-run.mjs';

const { DOCKER_HOST, CONTRACT_REGISTRY } = process.env;
/** A registry that wants a password, or ''. */
export const CONTRACT_PRIVATE = process.env.CONTRACT_PRIVATE ?? '';

if (!DOCKER_HOST || !CONTRACT_REGISTRY) {
  console.error('contract: DOCKER_HOST and CONTRACT_REGISTRY must name an engine and a registry');
  process.exit(2);
}

/** The client programs to try. */
export const clients = (process.env.CONTRACT_CLIENTS ?? 'docker').split(':');

/** Shows where the outcomes of the same steps differ, group by group, and returns how often they do. */
export function compareKinds(client, real, simulated) {
  let count = 0;
  let calls = 0;
  for (const kind of Object.keys(real)) {
    calls += real[kind].length;
    for (const [index, want] of real[kind].entries()) {
      const got = simulated[kind][index];
      if (JSON.stringify(want) === JSON.stringify(got)) continue;
      count += 1;
      console.log(`docker ${want.call}\n  real      ${outcome(want)}\n  simulated ${outcome(got)}`);
    }
  }
  console.log(`${client}: ${calls} calls, ${count} differ from the simulated docker`);
  return count;
}

function outcome({ call, ...rest }) {
  return JSON.stringify(rest);
}

/** An engine without containers, and a registry with the images of the cases. */
export function realHost(client) {
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
    call: docker,
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

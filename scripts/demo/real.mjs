import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { chooseBase } from './busybox.mjs';
import { Missing, must, run } from './process.mjs';
import { startRegistry } from './registry.mjs';
import { makeEnvironment, wayToDocker } from './surroundings.mjs';

/**
 * The docker of this machine as agent and host, with a registry of the demo's own. -> a world, see simulated.mjs.
 * What `atEnd` is given removes every container and image that was made. All carry a name that nobody else has.
 */
export async function useDocker(folder, atEnd) {
  const env = { ...makeEnvironment(folder), ...wayToDocker() };
  await checkDocker(env);
  const app = `hello-${randomBytes(4).toString('hex')}`;
  const [workspace, inbox] = [join(folder, 'workspace'), join(folder, 'host')];
  for (const path of [workspace, inbox]) mkdirSync(path);
  const base = await chooseBase(workspace, env);
  const port = await findFreePort();
  const registry = await openRegistry(app, env, atEnd);
  atEnd(() => removeAll(app, env));
  return {
    app,
    image: `127.0.0.1:${registry.port}/${app}`,
    port: `127.0.0.1:${port}`,
    base,
    workspace,
    inbox,
    history: join(inbox, `${app}_history`),
    agent: env,
    host: env,
    serves: () => ask(`http://127.0.0.1:${port}/`),
  };
}

async function checkDocker(env) {
  const { status, output } = await run('docker', ['version', '--format', '{{.Server.Os}}'], { env });
  const reason = output.trim().split('\n').at(-1);
  if (status === 127) throw new Missing('--real needs docker, which is not installed (or not in PATH)');
  if (status !== 0) throw new Missing(`--real needs a docker that answers: ${reason}`);
  if (reason !== 'linux')
    throw new Missing(`--real needs an engine for Linux containers, this one has ${reason}`);
}

async function findFreePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

/**
 * Ours, if the engine gets there; an engine in a virtual machine (Docker Desktop) has another 127.0.0.1,
 * and needs the registry in a container.
 */
async function openRegistry(app, env, atEnd) {
  const own = await startRegistry();
  atEnd(own.close);
  await run('docker', ['pull', `127.0.0.1:${own.port}/${app}:none`], { env });
  if (own.wasAsked()) return own;
  const { status } = await run('docker', ['image', 'inspect', 'registry:2'], { env });
  if (status !== 0) {
    throw new Missing(
      '--real: this engine runs on another (perhaps virtual) machine and cannot reach the registry of the demo; with an image of one there it can: docker pull registry:2',
    );
  }
  return await runRegistry(app, env, atEnd);
}

async function runRegistry(app, env, atEnd) {
  const name = `${app}-registry`;
  atEnd(() => run('docker', ['rm', '--force', '--volumes', name], { env }));
  await must('docker', ['run', '--detach', '--name', name, '--publish', '127.0.0.1::5000', 'registry:2'], {
    env,
  });
  const address = await must('docker', ['port', name, '5000/tcp'], { env });
  return { port: Number(/:(\d+)\s/.exec(address)[1]) };
}

/** The labels are those that build.sh and repull.sh give; nothing else has them with this app's name. */
async function removeAll(app, env) {
  const mine = (label) => ['--quiet', '--no-trunc', '--filter', `label=${label}=${app}`];
  const remove = async (list, ...command) => {
    const { stdout } = await run('docker', list, { env });
    const ids = [...new Set(stdout.split('\n').filter(Boolean))];
    if (ids.length > 0) await run('docker', [...command, ...ids], { env });
  };
  await remove(['ps', '--all', ...mine('gen-scripts.app')], 'rm', '--force', '--volumes');
  await remove(['images', ...mine('gen-scripts.build')], 'rmi', '--force');
}

async function ask(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5000) });
    return response.ok ? (await response.text()).trim() : undefined;
  } catch {
    return undefined;
  }
}

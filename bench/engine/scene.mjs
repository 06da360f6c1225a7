import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findClients } from '../../test/real/bench.mjs';
import { Host } from '../../test/real/stack/host.mjs';
import { equipAgent, Job } from '../../test/real/stack/jenkins.mjs';
import { must } from '../../test/real/stack/process.mjs';
import { Registry } from '../../test/real/stack/registry.mjs';
import { cgroupOf } from '../../test/real/stack/sandbox.mjs';
import { makeKeys } from '../../test/real/stack/ssh.mjs';
import { Throttle } from './throttle.mjs';

const PORT = 5001;
const PASSWORD = 'bench-password';
/** Megabytes of an image that stay the same from version to version, and that are others in each. */
const BALLAST = { base: 110, changed: 40 };

/** An agent, a docker host, and a registry at the end of a cable whose speed can be set. */
export async function openScene(folder) {
  const shared = { folder, cgroup: cgroupOf(folder), keys: await makeKeys(folder) };
  const client = (await findClients(folder)).at(-1).path;
  const registry = new Registry(folder, PORT, PASSWORD);
  await registry.prepare();
  await registry.start('127.0.0.1');
  const cable = new Throttle({ host: registry.host, port: PORT }, { host: '127.0.0.1', port: PORT });
  await cable.listen();
  const agent = new Host({
    ...shared,
    name: 'agent',
    number: 10,
    user: 'jenkins',
    client,
    shell: '/usr/bin/dash',
  });
  const host = new Host({
    ...shared,
    name: 'one',
    number: 11,
    user: 'deploy',
    client,
    shell: '/usr/bin/dash',
  });
  await agent.prepare();
  await equipAgent(agent);
  await Promise.all([agent.start(), host.prepare().then(() => host.start())]);
  writeFileSync(host.path('/etc/registry.password'), `${PASSWORD}\n`, { mode: 0o600 });
  await host.inside('chown', [host.user, '/etc/registry.password']);
  const app = 'citest';
  const image = `${registry.address}/team/${app}`;
  const config = settings(app, image, host);
  const job = new Job({ agent, app, config, password: PASSWORD, client, say: () => {}, ballast: BALLAST });
  await job.prepare();
  return { host, agent, registry, cable, job, app, image, password: PASSWORD, folder };
}

function settings(app, image, { home }) {
  const strategies = ['recreate', 'preflight', 'handover'];
  const alone = (name) => `  alone-${name}: { strategy: ${name}, container: { network: alone } }\n`;
  return `app: ${app}
image: ${image}
registry: { login: file, username: ci, passwordFile: /etc/registry.password }
container: { ports: ["8080:80"] }
health: { url: "http://127.0.0.1:8080/healthz", timeout: 10s, interval: 100ms }
stopTimeout: 2s
publish: { remoteRoot: ${home}, remoteDirectory: ${app} }
environments:
${strategies.map((name) => `  ${name}: { strategy: ${name} }\n`).join('')}${strategies.map(alone).join('')}`;
}

/** A container that has nothing to do with the app, and stays on the bridge. */
export async function addNeighbour({ host, agent, job, folder }) {
  const archive = join(folder, 'neighbour.tar');
  const rootfs = agent.path(`${job.workspace}/rootfs`);
  await must('tar', ['-C', rootfs, '-cf', archive, 'bin', 'tmp', 'www']);
  await host.docker('import', archive, 'other:1');
  const idle = ['sh', '-c', "trap 'exit 0' TERM; sleep 100000 & wait"];
  await host.docker('run', '--detach', '--name', 'other', 'other:1', ...idle);
}

/** No container of the app, no history; its images stay unless `images`. */
export async function clear({ host, app, image }, { images = false } = {}) {
  const all = (await host.docker('ps', '--all', '--format', '{{.ID}} {{.Names}}'))
    .split('\n')
    .filter(Boolean);
  const ids = all.filter((line) => !line.endsWith(' other')).map((line) => line.split(' ')[0]);
  if (ids.length > 0) await host.docker('rm', '--force', '--volumes', ...ids);
  await host.inside('sh', ['-c', `rm -rf /data/jenkins/* ${host.home}/${app}`]);
  mkdirSync(host.path(`${host.home}/${app}`), { recursive: true });
  await host.inside('chown', ['-R', host.user, `${host.home}/${app}`]);
  if (!images) return;
  const here = await host.docker('images', '--quiet', '--no-trunc', '--filter', `reference=${image}`);
  if (here) await host.docker('rmi', '--force', ...new Set(here.split('\n')));
}

import { randomBytes } from 'node:crypto';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Cluster } from './cluster.mjs';
import { Fleet, openMachines } from './fleet.mjs';
import { Lane } from './lane.mjs';
import { formsOf, ProcessWatch } from './secrets.mjs';
import { Host } from './stack/host.mjs';
import { equipAgent } from './stack/jenkins.mjs';
import { run } from './stack/process.mjs';
import { cgroupOf } from './stack/sandbox.mjs';
import { makeKeys } from './stack/ssh.mjs';

/**
 * An agent and two lanes that differ in all that may differ between hosts: docker client, shell, SSH user, way to log
 * in, way to tell health. Returns { folder, shared, password, agent, lanes, machines, clients, secrets, watch }.
 */
export async function openBench(folder) {
  const password = `canary-${randomBytes(12).toString('hex')}`;
  const clients = await findClients(folder);
  const shared = { folder, cgroup: cgroupOf(folder), keys: await makeKeys(folder) };
  const newest = clients[0].path;
  const oldest = clients.at(-1).path;
  const agent = new Host({
    ...shared,
    name: 'agent',
    number: 10,
    user: 'jenkins',
    client: newest,
    shell: '/usr/bin/dash',
  });
  const one = new Host({
    ...shared,
    name: 'one',
    number: 11,
    user: 'deploy',
    client: newest,
    shell: '/usr/bin/dash',
  });
  const two = new Host({
    ...shared,
    name: 'two',
    disk: 96,
    number: 12,
    user: 'root',
    client: oldest,
    shell: '/usr/bin/busybox',
  });
  const lanes = [
    new Lane({
      folder,
      agent,
      password,
      host: one,
      app: 'citest',
      port: 5001,
      parity: 0,
      config: loginByFile,
    }),
    new Lane({
      folder,
      agent,
      password,
      host: two,
      app: 'shop',
      port: 5002,
      parity: 1,
      config: loginShipped,
    }),
  ];
  await agent.prepare();
  await equipAgent(agent);
  await agent.start();
  await Promise.all(lanes.map((lane) => lane.prepare()));
  const secrets = formsOf(password);
  const watch = new ProcessWatch(
    secrets,
    lanes.map(({ host }) => host),
  );
  return { folder, shared, password, agent, lanes, machines: [], clients, secrets, watch };
}

/** What needs several hosts stands on the same three, one after the other: first the fleet, then the swarm. */
export async function openFleet(bench) {
  const fleet = new Fleet({ ...(await several(bench)), app: 'fleet', port: 5005, config: onEachHost });
  await fleet.prepare();
  return fleet;
}

export async function openCluster(bench) {
  const cluster = new Cluster({
    ...{ ...(await several(bench)), app: 'site', port: 5006, config: asService, clients: [...bench.clients] },
    // Swarm ends a task that is unhealthy, and on a busy machine any may be for a moment.
    check: { timeout: '10s', retries: 20 },
  });
  await cluster.prepare();
  return cluster;
}

async function several({ folder, shared, password, agent, machines, clients, watch }) {
  if (machines.length === 0) {
    machines.push(...(await openMachines({ ...shared, clients })));
    watch.hosts.push(...machines);
  }
  return { folder, agent, password, client: clients[0].path, hosts: machines };
}

const loginByFile = (lane) =>
  configure(
    lane,
    '{ login: file, username: ci, passwordFile: /etc/registry.password }',
    '{ timeout: 6s, interval: 200ms }',
    '{}',
  );

const loginShipped = (lane) =>
  configure(
    lane,
    '{ login: shipped }',
    '{ url: "http://127.0.0.1:8080/healthz", timeout: 4s, interval: 200ms }',
    '{ url: "http://127.0.0.1:80/healthz" }',
  );

const onEachHost = ({ app, repository, hosts }) => `app: ${app}
image: ${repository}
registry: { login: shipped }
container: { ports: ["8080:80"] }
health: { timeout: 6s, interval: 200ms }
strategy: recreate
stopTimeout: 2s
history: { file: /data/jenkins/${app}_history }
publish: { remoteDirectory: ${app} }
environments:
  ship: { rollout: { canary: 1 }, hosts: { ${hosts.map((host) => homeOf(host)).join(', ')} } }
  tolerant: { rollout: { batch: 3, failures: 1 }, hosts: { ${hosts.map((host) => homeOf(host)).join(', ')} } }
  broken:
    rollout: { batch: 2, onFailure: rollback }
    hosts: { ${hosts.map((host) => homeOf(host, host === hosts[2] ? ', container: { env: { MODE: sick } }' : '')).join(', ')} }
`;

const homeOf = ({ name, home }, more = '') => `${name}: { publish: { remoteRoot: ${home} }${more} }`;

const asService = ({ app, repository, hosts: [{ home }] }) => `app: ${app}
engine: swarm
image: ${repository}
registry: { login: shipped }
container: { network: front, env: { LINGER: "2" } }
swarm: { replicas: 2, endpoint: dnsrr, monitor: 1s }
health: { timeout: 60s, interval: 200ms, settle: 1s }
stopTimeout: 5s
history: { file: /data/jenkins/${app}_history }
publish: { remoteRoot: ${home}, remoteDirectory: ${app} }
environments:
  everywhere: { swarm: { replicas: 3, parallelism: 3 } }
  impatient: { health: { timeout: 20s } }
  changed:
    container: { env: { COLOUR: blue }, volumes: ["/srv:/data:ro"], labels: { team: web } }
    swarm: { replicas: 3, parallelism: 3, secrets: ["site_secret:word"], constraints: ["node.hostname!=nowhere"] }
  open:
    container: { ports: ["8090:80"] }
    swarm: { replicas: 3, parallelism: 3, publish: host, order: stop-first }
    health: { url: "http://127.0.0.1:8090/healthz" }
`;

/** aside: what of `health` differs where no port is published. */
function configure({ app, host, repository }, registry, health, aside) {
  return `app: ${app}
image: ${repository}
registry: ${registry}
container:
  ports: ["8080:80"]
  env: { TZ: Asia/Shanghai, DATABASE: "${repository.split('/')[0]}" }
health: ${health}
strategy: recreate
stopTimeout: 2s
history: { file: /data/jenkins/${app}_history }
publish: { remoteRoot: ${host.home}, remoteDirectory: ${app} }
environments:
  impatient: { lockWait: 1s }
  patient: { health: { timeout: 30s } }
  rarely: { container: { options: ["--health-interval=30s", "--health-start-period=0s"] }, health: { url: "", timeout: 20s } }
  moved: { container: { ports: ["8081:80"] } }
  recreate: { strategy: recreate }
  auto: { strategy: auto }
  preflight: { strategy: preflight }
  handover: { strategy: handover }
  placed:
    strategy: handover
    container:
      network: own
      ports: ["8080:80", "8081:80", "8053:53/udp"]
      options: ["--network-alias=web", "--ip=172.30.0.10", "--ip6=fd77::10"]
  connected:
    strategy: handover
    container: { network: own, networks: [other, inner], env: { DATABASE: database } }
  finishes: { strategy: handover, handover: { stop: before }, stopTimeout: 5s }
  start-first:
    strategy: start-first
    drain: 2s
    container: { ports: [], network: front, options: ["--network-alias=web"] }
    health: ${aside}
  alone-recreate: { strategy: recreate, container: { network: alone } }
  alone-preflight: { strategy: preflight, container: { network: alone } }
  alone-handover: { strategy: handover, container: { network: alone } }
`;
}

/** The different docker clients on PATH, newest first: [{ version, path, folder }]; `folder` holds nothing else. */
export async function findClients(folder) {
  const found = new Map();
  for (const place of process.env.PATH.split(':')) {
    const path = join(place, 'docker');
    const { status, stdout } = await run(path, ['version', '--format', '{{.Client.Version}}'], {
      env: { DOCKER_HOST: 'unix:///nowhere' },
    }).catch(() => ({ status: 127, stdout: '' }));
    const version = stdout.trim();
    if (status === 127 || !version || found.has(version)) continue;
    const own = join(folder, `client-${version.split(/[^0-9.]/)[0]}`);
    mkdirSync(own, { recursive: true });
    symlinkSync(path, join(own, 'docker'));
    found.set(version, { version, path, folder: own });
  }
  return [...found.values()].sort((a, b) => Number.parseFloat(b.version) - Number.parseFloat(a.version));
}

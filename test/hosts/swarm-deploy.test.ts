import { spawnSync } from 'node:child_process';
import { expect } from '@jest/globals';
import type { Host } from '../support/host.js';
import { scenario } from '../support/scenario.js';
import {
  deployTo,
  expectServing,
  expectTidy,
  inspect,
  makeSwarm,
  rollBackOn,
  services,
  swarmWith,
} from './swarm.js';

scenario('swarm: a first deploy makes the service, pinned by its digest', (host) => {
  makeSwarm(host, 'v1');
  expect(deployTo(host, 'v1', 1)).toMatchObject({ code: 0 });
  expectServing(host, 'v1');
  expect(host.serves()).toBe('v1');
  expect(host.sim('services')).toMatch(
    /^citest registry\.example\.com\/team\/citest:v1@sha256:[0-9a-f]{64} /,
  );
  expect(host.versions()).toEqual([]);
  expect(host.journal()).toEqual(['deploy done']);
  expect(host.leftovers()).toEqual(['', '.journal', '.lock', '.out']);
});

scenario('swarm: an update, and the history knows the version before', (host) => {
  makeSwarm(host, 'v1', 'v2');
  deployTo(host, 'v1', 1);
  expect(deployTo(host, 'v2', 2)).toMatchObject({ code: 0 });
  expectServing(host, 'v2');
  expect(host.serves()).toBe('v2');
  expect(host.lines('')).toEqual([
    expect.stringMatching(/^registry\.example\.com\/team\/citest:v1@sha256:[0-9a-f]{64}$/),
  ]);
});

scenario('swarm: the same again changes nothing', (host) => {
  makeSwarm(host, 'v1');
  deployTo(host, 'v1', 1);
  const before = services(host);
  expect(deployTo(host, 'v1', 1)).toMatchObject({
    code: 0,
    result: expect.stringContaining('already running'),
  });
  expect(services(host)).toEqual(before);
  expect(host.journal()).toEqual(['deploy done', 'deploy unchanged']);
});

const BEFORE = {
  container: {
    ports: ['8080:80'],
    env: { TZ: 'Asia/Shanghai', OLD: '1' },
    volumes: ['citest-data:/data', '/etc:/host-etc:ro'],
    network: 'front',
    memory: '64m',
    labels: { team: 'web' },
    command: ['serve', "it's", ''],
  },
  swarm: {
    replicas: 2,
    secrets: ['password'],
    configs: ['nginx:/etc/nginx.conf'],
    constraints: ['node.role==manager'],
  },
} as const;

const AFTER = {
  container: {
    ports: ['8081:80'],
    env: { TZ: 'UTC' },
    volumes: ['citest-data:/data:ro'],
    network: 'back',
    networks: ['front'],
    command: [],
  },
  swarm: { replicas: 1, secrets: ['password:/run/other'], healthCommand: 'wget -q http://127.0.0.1/' },
} as const;

function makeSurroundings(host: Host): void {
  for (const network of ['front', 'back']) host.sim('overlay', network);
  host.sim('secret', 'password');
  host.sim('config', 'nginx');
}

/** What tells one set of settings from another. */
const SPEC_FIELDS = '{{index .Spec.Labels "gen-scripts.settings"}} {{index .Spec.Labels "gen-scripts.keys"}}';
const CHANGES = /docker '?service'? '?(create|update|rollback|rm)/;

scenario(
  'swarm: every setting reaches the service, and what is taken out of the file is taken off it',
  (host) => {
    makeSwarm(host, 'v1');
    makeSurroundings(host);
    expect(deployTo(host, 'v1', 1, BEFORE).code).toBe(0);
    expectServing(host, 'v1', '2/2');
    const create = host.calls().find((line) => line.includes('docker service create'));
    expect(deployTo(host, 'v1', 2, AFTER).code).toBe(0);
    expectServing(host, 'v1', '1/1');
    expect([host.serves('8080'), host.serves('8081')]).toEqual([undefined, 'v1']);
    const update = host.calls().find((line) => line.includes('docker service update'));
    for (const words of [
      '--env TZ=Asia/Shanghai --env OLD=1',
      '--mount type=volume,source=citest-data,target=/data',
      '--mount type=bind,source=/etc,target=/host-etc,readonly',
      '--network front',
      '--publish published=8080,target=80,protocol=tcp,mode=ingress',
      '--secret source=password,target=password --config source=nginx,target=/etc/nginx.conf',
      '--constraint node.role==manager',
      '--container-label team=web',
      '--limit-memory 64m',
    ])
      expect(plain(create)).toContain(words);
    for (const words of [
      '--env-rm OLD --mount-rm /host-etc --container-label-rm team',
      '--publish-rm published=8080,target=80,protocol=tcp,mode=ingress',
      '--secret-rm password --config-rm nginx --constraint-rm node.role==manager',
      '--network-add back',
      '--publish-add published=8081,target=80,protocol=tcp,mode=ingress',
      '--secret-add source=password,target=/run/other',
      '--limit-memory 0',
      '--env-add TZ=UTC --mount-add type=volume,source=citest-data,target=/data,readonly',
    ])
      expect(plain(update)).toContain(words);
    expect(plain(update)).not.toMatch(/--network-(add|rm) front/);
  },
);

/** As the simulator notes a call: without the quotes of its words. */
function plain(call = ''): string {
  return call.replaceAll("'", '');
}

scenario(
  'swarm: the same image with other settings is a version of its own, and rollback brings the old settings back',
  (host) => {
    makeSwarm(host, 'v1');
    makeSurroundings(host);
    deployTo(host, 'v1', 1, BEFORE);
    const before = inspect(host, SPEC_FIELDS);
    expect(deployTo(host, 'v1', 2, AFTER).code).toBe(0);
    expect(inspect(host, SPEC_FIELDS)).not.toBe(before);
    expect(host.versions()).toEqual(['v1']);
    expect(rollBackOn(host, 3, AFTER)).toMatchObject({
      code: 0,
      output: expect.stringContaining('service rollback'),
    });
    expect(inspect(host, SPEC_FIELDS)).toBe(before);
    expect([host.serves('8080'), host.serves('8081')]).toEqual(['v1', undefined]);
    expect(host.versions()).toEqual([]);
  },
);

for (const { name, behaviour, why } of [
  { name: 'never gets healthy', behaviour: ['healthcheck', 'unhealthy'], why: 'Swarm went back by itself' },
  { name: 'exits at once', behaviour: ['crash=3'], why: 'non-zero exit (3)' },
]) {
  scenario(`swarm: a version that ${name}: Swarm takes it back, and the script says so`, (host) => {
    makeSwarm(host, 'v1');
    host.image('v2', ...behaviour);
    deployTo(host, 'v1', 1);
    const run = deployTo(host, 'v2', 2);
    expect(run).toMatchObject({ code: 11, output: expect.stringContaining(why) });
    expect(run.output).toContain('GS151');
    expectServing(host, 'v1');
    expect(host.serves()).toBe('v1');
    expect(host.versions()).toEqual([]);
    expect(host.journal()).toEqual(['deploy done', 'deploy restored']);
  });

  scenario(`swarm: a first version that ${name}: 12, and the service is gone`, (host) => {
    host.sim('swarm');
    host.image('v1', ...behaviour);
    expect(deployTo(host, 'v1', 1)).toMatchObject({ code: 12, output: expect.stringContaining('GS151') });
    expect(services(host)).toEqual([]);
    expectTidy(host);
    expect(host.journal()).toEqual(['deploy down']);
  });
}

scenario('swarm: no node suits the new version: it is taken back when the time is over', (host) => {
  makeSwarm(host, 'v1', 'v2');
  deployTo(host, 'v1', 1);
  const run = deployTo(host, 'v2', 2, { swarm: { constraints: ['node.labels.disk==ssd'] } });
  expect(run).toMatchObject({ code: 11, output: expect.stringContaining('no suitable node') });
  expect(run.output).toContain('docker service rollback');
  expectServing(host, 'v1');
});

scenario('swarm: a tag that does not exist: nothing is touched', (host) => {
  makeSwarm(host, 'v1');
  deployTo(host, 'v1', 1);
  const calls = host.calls().length;
  expect(deployTo(host, 'v2', 2)).toMatchObject({ code: 10, output: expect.stringContaining('GS133') });
  expect(host.calls().slice(calls).join('\n')).not.toMatch(CHANGES);
  expectServing(host, 'v1');
  expect(host.journal()).toEqual(['deploy done', 'deploy kept']);
});

scenario('swarm: a secret that the swarm has not: nothing is touched', (host) => {
  makeSwarm(host, 'v1', 'v2');
  deployTo(host, 'v1', 1);
  const run = deployTo(host, 'v2', 2, { swarm: { secrets: ['nope'] } });
  expect(run).toMatchObject({ code: 10, output: expect.stringContaining('secret not found: nope') });
  expectServing(host, 'v1');
});

scenario("swarm: somebody else's service of that name is left alone", (host) => {
  makeSwarm(host, 'v1');
  host.command(
    'docker',
    'service',
    'create',
    '--detach',
    '--name',
    'citest',
    'registry.example.com/team/citest:v1',
  );
  expect(deployTo(host, 'v1', 1)).toMatchObject({ code: 10, output: expect.stringContaining('GS181') });
  expect(rollBackOn(host, 2)).toMatchObject({ code: 10, output: expect.stringContaining('GS181') });
  expect(host.calls().join('\n')).not.toMatch(/docker '?service'? '?(update|rm|rollback)/);
});

scenario('swarm: a service whose name only begins like ours is not ours', (host) => {
  makeSwarm(host, 'v1');
  host.command(
    'docker',
    'service',
    'create',
    '--detach',
    '--name',
    'citest2',
    'registry.example.com/team/citest:v1',
  );
  expect(deployTo(host, 'v1', 1).code).toBe(0);
  expect(
    services(host)
      .map((line) => line.split(' ')[0])
      .sort(),
  ).toEqual(['citest', 'citest2']);
});

scenario('swarm: a host that is no manager', (host) => {
  host.image('v1');
  const want = { code: 10, output: expect.stringContaining('GS180') };
  expect(deployTo(host, 'v1', 1)).toMatchObject(want);
  expect(rollBackOn(host, 2)).toMatchObject(want);
  host.sim('swarm', 'worker');
  expect(deployTo(host, 'v1', 3)).toMatchObject(want);
  expect(host.calls().join('\n')).not.toMatch(/docker '?(service|pull)/);
});

scenario('swarm: --force makes the same version anew and adds no line', (host) => {
  makeSwarm(host, 'v1', 'v2');
  deployTo(host, 'v1', 1);
  deployTo(host, 'v2', 2);
  const tasks = () => host.command('docker', 'service', 'ps', '--no-trunc', '--format', '{{.ID}}', 'citest');
  const before = tasks();
  expect(host.run({ args: ['--force'] }).code).toBe(0);
  expect(tasks()).not.toBe(before);
  expect(host.versions()).toEqual(['v1']);
  expectServing(host, 'v2');
});

scenario('swarm: a dry run changes nothing, and says what it would do', (host) => {
  makeSwarm(host, 'v1', 'v2');
  deployTo(host, 'v1', 1);
  deployTo(host, 'v2', 2);
  const calls = host.calls().length;
  const before = [services(host), host.lines(''), host.lines('.journal')];
  host.image('v3');
  const deploy = deployTo(host, 'v3', 3, {}, { args: ['--dry-run'] });
  expect(deploy).toMatchObject({ code: 0, output: expect.stringContaining('+ docker service update') });
  const back = rollBackOn(host, 4, {}, { args: ['--dry-run'] });
  expect(back).toMatchObject({ code: 0, output: expect.stringContaining('+ docker service rollback') });
  expect(deploy.result).toContain('dry run');
  expect(host.calls().slice(calls).join('\n')).not.toMatch(CHANGES);
  expect([services(host), host.lines(''), host.lines('.journal')]).toEqual(before);
});

scenario('swarm: another run holds the lock: 75', async (host) => {
  makeSwarm(host, 'v1');
  const holder = host.hold(`${host.history}.lock`);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(deployTo(host, 'v1', 1).code).toBe(75);
  holder.kill('SIGKILL');
  expect(services(host)).toEqual([]);
});

scenario('swarm: the nodes get the shipped login, the hooks do not', (host) => {
  makeSwarm(host, 'v1', 'v2');
  host.sim('registry', 'password', 'ci', 'canary-5ecret');
  host.sim('node', 'worker1');
  const changes = {
    registry: { login: 'shipped' },
    swarm: { replicas: 2 },
    hooks: { beforeDeploy: 'echo "config: ${DOCKER_CONFIG:-none}"' },
  } as const;
  for (const [index, tag] of ['v1', 'v2'].entries()) {
    host.ship(swarmWith({ tag, ...changes }), { 'registry.credentials': 'ci\ncanary-5ecret\n' });
    expect(host.run()).toMatchObject({ code: 0, output: expect.stringContaining('config: none') });
    expect([index, host.calls().filter((line) => line.includes('--with-registry-auth')).length]).toEqual([
      index,
      index + 1,
    ]);
  }
  expectServing(host, 'v2', '2/2');
  const found = spawnSync('grep', ['-rl', '--exclude-dir=sim', 'canary-5ecret', host.folder]);
  expect(found.stdout.toString()).toBe('');
});

scenario('swarm: health.url has to answer as well', (host) => {
  makeSwarm(host, 'v1');
  host.image('v2', 'http=500');
  const health = { url: 'http://127.0.0.1:8080/', timeout: 30_000 };
  expect(deployTo(host, 'v1', 1, { health }).code).toBe(0);
  const run = deployTo(host, 'v2', 2, { health });
  expect(run).toMatchObject({ code: 11, output: expect.stringContaining('does not answer') });
  expectServing(host, 'v1');
});

scenario('swarm: nothing better was checked than that the tasks run', (host) => {
  host.sim('swarm');
  host.image('v1');
  expect(deployTo(host, 'v1', 1)).toMatchObject({ code: 0, output: expect.stringContaining('GS150') });
  expect(deployTo(host, 'v1', 2, { swarm: { healthCommand: 'true' } }).output).not.toContain('GS150');
});

scenario('swarm: a service that somebody else makes during a first deploy is left alone', (host) => {
  makeSwarm(host, 'v1');
  const theirs = 'docker service create --detach --name citest registry.example.com/team/citest:v1';
  const { code, output } = deployTo(host, 'v1', 1, { hooks: { beforeDeploy: theirs } });
  expect([code, output]).toEqual([
    12,
    expect.stringContaining("GS184 somebody else has made a service 'citest'"),
  ]);
  expect(services(host)).toHaveLength(1);
  expect(host.journal()).toEqual(['deploy down']);
});

scenario('swarm: a service that was scaled to nothing is not healthy', (host) => {
  makeSwarm(host, 'v1', 'v2');
  deployTo(host, 'v1', 1);
  deployTo(host, 'v2', 2);
  host.command('docker', 'service', 'update', '--detach', '--replicas', '0', 'citest');
  expect(rollBackOn(host, 3).code).toBe(12);
  expect(host.versions()).toEqual(['v1']);
});

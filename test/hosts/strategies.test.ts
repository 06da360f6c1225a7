import { afterEach, describe, expect, test } from '@jest/globals';
import { containersOf, networksOf } from '../../src/rehearsal/simulated-state.js';
import { Host, type Run } from '../support/host.js';
import type { Changes } from '../support/parameters.js';
import { scenario } from '../support/scenario.js';
import { installedShells, type Shell } from '../support/shells.js';
import { deployInOrder, expectOnlyServing } from './support.js';

const URL_HEALTH = { url: 'http://127.0.0.1:8080/health', timeout: 2000, settle: 500 };
const PREFLIGHT: Changes = { strategy: 'preflight', health: URL_HEALTH };
const HANDOVER: Changes = { strategy: 'handover', health: URL_HEALTH };
const START_FIRST: Changes = {
  strategy: 'start-first',
  drain: 1000,
  container: { ports: [], network: 'web', options: ['--network-alias=citest.web'] },
  health: { url: 'http://citest.web/health', timeout: 2000, settle: 500 },
};

/** A host with images, and a network for what needs one. */
function prepare(host: Host, changes: Changes): void {
  host.sim('network', 'web');
  // At whatever address it is asked: it answers for its own host only, as apps with a list of allowed hosts do.
  const asked = new URL(changes.health?.url ?? URL_HEALTH.url).host;
  for (const tag of ['v1', 'v2', 'v3']) host.image(tag, 'stop=1000', `host=${asked}`);
  host.image('sick', 'healthcheck', 'unhealthy');
  if (changes.container?.ports?.length === 0) host.publishNothing();
}

/** docker's changes since `from`: the words that tell what was done to whom, with o for the old container's id. */
function changesSince(host: Host, from: number, old: string): string[] {
  return host
    .calls()
    .slice(from)
    .map((call) => call.replaceAll("'", '').replace(/^\d+ docker /, ''))
    .filter(
      (call) => /^(network|stop|start|create|rename|rm|update) /.test(call) && !/^network ls/.test(call),
    )
    .map((call) => {
      const [verb, ...words] = call.split(' ');
      const name = verb === 'network' ? `network ${words[0]}` : verb;
      return call.includes(old) ? `${name} old` : String(name);
    });
}

function idOf(host: Host): string {
  return containersOf(host).find(({ name }) => name === 'citest')?.id ?? '';
}

function expectTidy(host: Host): void {
  expect(networksOf(host).map(({ name }) => name)).toEqual(['bridge', 'host', 'none', 'web']);
  expect(Object.keys(host.containers()).filter((name) => /-(next|check)-/.test(name))).toEqual([]);
}

const ORDER: readonly [string, Changes, string[]][] = [
  [
    'preflight',
    PREFLIGHT,
    ['create', 'start', 'create', 'update old', 'stop old', 'rename old', 'rename', 'start', 'stop', 'rm'],
  ],
  [
    'handover',
    HANDOVER,
    [
      ...['create', 'network create', 'network disconnect', 'network connect', 'start'],
      ...['update old', 'network disconnect old', 'network connect', 'network disconnect'],
      ...['stop old', 'network connect old', 'rename old', 'rename', 'network rm'],
    ],
  ],
  ['start-first', START_FIRST, ['create', 'start', 'update old', 'stop old', 'rename old', 'rename']],
];

for (const [name, changes, order] of ORDER) {
  scenario(`${name}: an update, in this order`, (host) => {
    prepare(host, changes);
    deployInOrder(host, changes, 'v1');
    const [old, before] = [idOf(host), host.calls().length];
    expect(host.deploy('v2', 2, changes).code).toBe(0);
    expect(changesSince(host, before, old)).toEqual(order);
    expectOnlyServing(host, 'v2');
    expectTidy(host);
    expect(host.containers()).toEqual({ citest: 'running', [`citest-${old.slice(0, 12)}`]: 'exited' });
    expect(host.versions()).toEqual(['v1']);
  });

  scenario(
    `${name}: what does not get healthy costs nothing: 10, and the old one was not touched`,
    (host) => {
      prepare(host, changes);
      deployInOrder(host, changes, 'v1');
      const [old, before] = [idOf(host), host.calls().length];
      expect(host.deploy('sick', 2, changes)).toMatchObject({
        code: 10,
        output: expect.stringMatching(/GS151 .*sick.* did not take over: not healthy after 2 s/),
      });
      const touched = changesSince(host, before, old).filter((call) => call.endsWith(' old'));
      expect(touched.filter((call) => call !== 'update old')).toEqual([]);
      expectOnlyServing(host, 'v1');
      expectTidy(host);
      expect(host.versions()).toEqual([]);
    },
  );

  scenario(`${name}: rollback from a parked container, and forward again`, (host) => {
    prepare(host, changes);
    deployInOrder(host, changes, 'v1', 'v2');
    expect(host.rollback(3, changes).code).toBe(0);
    expectOnlyServing(host, 'v1');
    expectTidy(host);
    expect(host.versions()).toEqual([]);
    expect(host.deploy('v3', 4, changes).code).toBe(0);
    expectOnlyServing(host, 'v3');
    expect(host.versions()).toEqual(['v1']);
  });
}

scenario(
  'the container that is only checked gets no port, no name of others, and no volume to write to',
  (host) => {
    prepare(host, PREFLIGHT);
    const container = {
      network: 'web',
      volumes: ['/data/x:/data', '/cache'],
      options: ['--network-alias', 'citest.web', '-p', '9000:90', '--ip=172.18.0.9', '--read-only'],
    };
    expect(host.deploy('v1', 1, { ...PREFLIGHT, container: { volumes: container.volumes } }).code).toBe(0);
    const scripts = host.ship({ ...PREFLIGHT, tag: 'v2', container });
    const [, check = ''] = /define_check\(\) \{\n([\s\S]*?)\n\}/.exec(scripts.get('repull.sh') ?? '') ?? [];
    expect(check).toContain("'/data/x:/data:ro'");
    expect(check).toContain("'/cache'");
    expect(check).toContain("--network 'web'");
    expect(check).toContain('--read-only');
    expect(check).not.toMatch(/publish|'-p'|9000|alias|citest\.web|--ip/);
  },
);

scenario('a strategy that the old container was not made for: recreated once, then handed over', (host) => {
  prepare(host, HANDOVER);
  expect(host.deploy('v1', 1, { health: URL_HEALTH }).code).toBe(0);
  expect(host.deploy('v2', 2, HANDOVER)).toMatchObject({
    code: 0,
    output: expect.stringContaining('recreating this once'),
  });
  const before = host.calls().length;
  expect(host.deploy('v3', 3, HANDOVER).code).toBe(0);
  expect(host.calls().slice(before).join('\n')).toContain('gen-scripts-stage-citest');
  expectOnlyServing(host, 'v3');
  // And back, from containers that could be handed over.
  expect(host.rollback(4, { health: URL_HEALTH }).code).toBe(0);
  expectOnlyServing(host, 'v2');
  expectTidy(host);
});

/** Its own network, one that is internal, and another one. */
const NETWORKS: Changes = { ...HANDOVER, container: { network: 'web', networks: ['inner', 'metrics'] } };

function prepareNetworks(host: Host): void {
  prepare(host, NETWORKS);
  host.command('docker', 'network', 'create', '--internal', 'inner');
  host.command('docker', 'network', 'create', 'metrics');
}

const networksNow = (host: Host) =>
  Object.fromEntries(containersOf(host).map(({ name, networks }) => [name, networks.join(' ')]));

for (const strategy of ['recreate', 'preflight', 'handover'] as const)
  scenario(
    `${strategy}: further networks are joined before the start, and kept when it is parked`,
    (host) => {
      prepareNetworks(host);
      const changes: Changes = { ...NETWORKS, strategy };
      deployInOrder(host, changes, 'v1');
      const [old, before] = [idOf(host), host.calls().length];
      expect(host.deploy('v2', 2, changes).code).toBe(0);
      const all = 'inner metrics web';
      expect(networksNow(host)).toEqual({ citest: all, [`citest-${old.slice(0, 12)}`]: all });
      const steps = changesSince(host, before, old).filter((step) => step !== 'network inspect');
      expect(steps.slice(0, 4)).toEqual([
        ...['create', 'network connect', 'network connect'],
        { recreate: 'update old', preflight: 'start', handover: 'network create' }[strategy],
      ]);
      expect(host.rollback(3, changes).code).toBe(0);
      expectOnlyServing(host, 'v1');
      expect(networksNow(host)).toEqual({ citest: all });
    },
  );

for (const strategy of ['recreate', 'preflight', 'handover'] as const)
  scenario(`${strategy}: a network that is not there is found out while the old one serves`, (host) => {
    prepare(host, HANDOVER);
    deployInOrder(host, HANDOVER, 'v1');
    const changes: Changes = { ...HANDOVER, strategy, container: { networks: ['mistyped'] } };
    const { code, output } = host.deploy('v2', 2, changes);
    expect({ code, output }).toEqual({ code: 10, output: expect.stringContaining('mistyped') });
    expectOnlyServing(host, 'v1');
    expectTidy(host);
  });

scenario('handover: a network that is internal stays within reach while the new one gets healthy', (host) => {
  prepareNetworks(host);
  deployInOrder(host, NETWORKS, 'v1');
  const [old, before] = [idOf(host), host.calls().length];
  expect(host.deploy('v2', 2, NETWORKS).code).toBe(0);
  const [left, started] = [
    changesSince(host, before, old).slice(3, 10),
    changesSince(host, before, old).slice(10),
  ];
  // Off all three, on the internal two.
  expect(left).toEqual([
    'network create',
    ...Array(3).fill('network disconnect'),
    ...['network connect', 'network inspect', 'network connect'],
  ]);
  expect(started).toEqual([
    ...['start', 'update old'],
    ...Array(3).fill('network disconnect old'),
    // It has the internal one already.
    ...Array(2).fill('network connect'),
    ...['network disconnect', 'stop old'],
    ...Array(3).fill('network connect old'),
    ...['rename old', 'rename', 'network rm'],
  ]);
});

scenario('handover: an old one that somebody connected to another network is recreated once', (host) => {
  prepareNetworks(host);
  deployInOrder(host, HANDOVER, 'v1');
  host.command('docker', 'network', 'connect', 'metrics', 'citest');
  const { code, output } = host.deploy('v2', 2, HANDOVER);
  expect({ code, output }).toEqual({
    code: 0,
    output: expect.stringMatching(/on the network metrics as well, .*\n.*recreating this once/),
  });
  expectOnlyServing(host, 'v2');
});

const STOPPED_FIRST: Changes = { ...HANDOVER, handover: { stop: 'before' } };

scenario('handover.stop: before: the old one finishes its requests, then the ports move', (host) => {
  prepare(host, STOPPED_FIRST);
  deployInOrder(host, STOPPED_FIRST, 'v1');
  const [old, before] = [idOf(host), host.calls().length];
  expect(host.deploy('v2', 2, STOPPED_FIRST).code).toBe(0);
  const steps = changesSince(host, before, old);
  expect(steps.slice(steps.indexOf('update old'))).toEqual([
    ...['update old', 'stop old', 'network connect', 'network disconnect'],
    ...['stop old', 'rename old', 'rename', 'network rm'],
  ]);
  expectOnlyServing(host, 'v2');
  expect(host.rollback(3, STOPPED_FIRST).code).toBe(0);
  expectOnlyServing(host, 'v1');
  expectTidy(host);
});

for (const changes of [NETWORKS, STOPPED_FIRST, PREFLIGHT, START_FIRST])
  scenario(`a dry run of ${JSON.stringify(changes).slice(0, 60)} says the steps and does none`, (host) => {
    if (changes === NETWORKS) prepareNetworks(host);
    else prepare(host, changes);
    deployInOrder(host, changes, 'v1');
    const before = [host.containers(), networksNow(host)];
    host.ship({ ...changes, tag: 'v2' });
    const { code, output } = host.run({ args: ['--dry-run'] });
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining('+ docker create') });
    expect(output).toMatch(/\+ docker stop .*\n[\s\S]*\+ docker rename /);
    expect([host.containers(), networksNow(host)]).toEqual(before);
  });

scenario('the journal and the output name the strategy', (host) => {
  prepare(host, PREFLIGHT);
  expect(host.deploy('v1', 1, PREFLIGHT).output).toContain('repull: strategy preflight');
  expect(host.lines('.journal').map((line) => line.split('\t').slice(2, 4).join(' '))).toEqual([
    'deploy begun',
    'strategy preflight',
    'deploy done',
  ]);
});

describe('killed anywhere, and the next script has another strategy', () => {
  const [dash] = installedShells() as [Shell];
  let host: Host | undefined;
  afterEach(() => host?.remove());

  const RECREATE: Changes = { health: URL_HEALTH };
  // Without a probe: recreate would ask at the address that the URL names.
  const NAMED: Changes = { ...START_FIRST, health: { timeout: 2000, settle: 500 } };
  test.each([
    ['handover', HANDOVER, RECREATE],
    ['handover', HANDOVER, PREFLIGHT],
    ['preflight', PREFLIGHT, RECREATE],
    ['start-first', NAMED, { ...NAMED, strategy: 'recreate' } satisfies Changes],
  ])('%s', (_, first, second) => {
    for (let call = 6; ; call += 1) {
      host = new Host(dash);
      prepare(host, first);
      deployInOrder(host, first, 'v1');
      const killed: Run = host.deploy('v2', 2, first, { env: { SIM_FAULT: `at=${call} do=kill-after` } });
      expect(host.deploy('v3', 3, second)).toMatchObject({ code: 0 });
      expectOnlyServing(host, 'v3');
      expectTidy(host);
      host.remove();
      if (killed.code === 0) return;
    }
  });
});

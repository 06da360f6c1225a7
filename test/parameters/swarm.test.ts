import { describe, expect, test } from '@jest/globals';
import { hostBudget } from '../../src/parameters/budget.js';
import { orderOf, serviceKeys, serviceMaps, serviceOptions } from '../../src/scripts/service-options.js';
import { type Changes, makeParameters } from '../support/parameters.js';
import { placesOf, problemsOf, REQUIRED, resolveGiven, resolveOne } from './support.js';

const at = (place: string) => `gen-scripts.yml:${place}`;

/** Without a code: it is accepted. Line 4 is the first of `given`. */
const RULES: readonly { readonly given: string; readonly want?: string }[] = [
  { given: 'swarm: { replicas: 3, order: stop-first, parallelism: 0, monitor: 10s }' },
  { given: 'strategy: auto' },
  { given: 'strategy: recreate', want: `GS280 ${at('4:11')}: strategy` },
  { given: 'retain: 3', want: `GS280 ${at('4:9')}: retain` },
  { given: 'drain: 5s', want: `GS280 ${at('4:8')}: drain` },
  { given: 'preflight: { volumes: same }', want: `GS280 ${at('4:23')}: preflight.volumes` },
  { given: 'handover: { stop: before }', want: `GS280 ${at('4:19')}: handover.stop` },
  { given: 'container: { envFile: /etc/a.env }', want: `GS280 ${at('4:23')}: container.envFile` },
  { given: 'container: { options: [--privileged] }', want: `GS280 ${at('4:23')}: container.options` },
  { given: 'container: { ports: ["8080:80", "8053:53/udp"] }' },
  { given: 'container: { ports: ["127.0.0.1:8080:80"] }', want: `GS282 ${at('4:22')}: container.ports[0]` },
  { given: 'container: { ports: ["8080-8081:80-81"] }', want: `GS282 ${at('4:22')}: container.ports[0]` },
  { given: 'container: { ports: ["8080:80", "8081:80"] }', want: `GS283 ${at('4:33')}: container.ports[1]` },
  { given: 'container: { ports: ["8080:80/tcp", "8081:80/udp"] }' },
  { given: 'container: { volumes: ["data:/data:ro", "/a:/b:rw", /c] }' },
  { given: 'container: { volumes: ["data:/data:z"] }', want: `GS282 ${at('4:24')}: container.volumes[0]` },
  { given: 'container: { volumes: ["/a,b:/data"] }', want: `GS282 ${at('4:24')}: container.volumes[0]` },
  { given: 'container: { network: host }' },
  { given: 'container: { network: none }', want: `GS282 ${at('4:23')}: container.network` },
  { given: 'container: { network: "container:a" }', want: `GS282 ${at('4:23')}: container.network` },
  { given: 'swarm: { secrets: [a, "b:/run/b", "c:d.txt"], configs: ["a:/etc/a"] }' },
  { given: 'swarm: { secrets: ["a b"] }', want: `GS286 ${at('4:20')}: swarm.secrets[0]` },
  { given: 'swarm: { secrets: ["a:b,c"] }', want: `GS286 ${at('4:20')}: swarm.secrets[0]` },
  { given: 'swarm: { configs: [a] }', want: `GS286 ${at('4:20')}: swarm.configs[0]` },
  { given: 'swarm: { configs: ["a:b"] }', want: `GS286 ${at('4:20')}: swarm.configs[0]` },
  { given: 'swarm: { secrets: [a, "a:/b"] }', want: `GS283 ${at('4:23')}: swarm.secrets[1]` },
  {
    given: 'swarm: { secrets: [a], configs: ["b:/run/secrets/a"] }',
    want: `GS283 ${at('4:34')}: swarm.configs[0]`,
  },
  { given: 'swarm: { constraints: [node.role==worker, node.labels.disk!=hdd] }' },
  {
    given: 'swarm: { constraints: ["node.role == worker"] }',
    want: `GS286 ${at('4:24')}: swarm.constraints[0]`,
  },
  {
    given: 'swarm: { constraints: [node.role==worker, node.role==worker] }',
    want: `GS283 ${at('4:43')}: swarm.constraints[1]`,
  },
  { given: 'swarm: { endpoint: dnsrr }' },
  { given: 'swarm: { endpoint: dnsrr, publish: host }\ncontainer: { ports: ["8080:80"] }' },
  {
    given: 'swarm: { endpoint: dnsrr }\ncontainer: { ports: ["8080:80"] }',
    want: `GS284 ${at('4:20')}: swarm.endpoint`,
  },
  { given: 'swarm: { replicas: 11 }' },
  { given: 'swarm: { replicas: 12 }', want: 'GS285 health.timeout (default)' },
  { given: 'swarm: { replicas: 12, parallelism: 2 }' },
  { given: 'swarm: { replicas: 12, parallelism: 2, delay: 6s }', want: 'GS285 health.timeout (default)' },
];

describe('what a service can be given', () => {
  test.each([...RULES])('$given', async ({ given, want }) => {
    const yml = `${REQUIRED}engine: swarm\n${given}\n`;
    if (want) expect(await placesOf({ yml })).toEqual([want]);
    else await expect(resolveGiven({ yml })).resolves.toHaveLength(1);
  });

  test.each(['swarm: { replicas: 2 }', 'swarm: { secrets: [a] }', 'swarm: { healthCommand: "true" }'])(
    '%s says nothing to engine docker',
    async (given) => {
      const [problem] = await problemsOf({ yml: `${REQUIRED}${given}\n` });
      expect(problem?.code).toBe('GS281');
    },
  );

  test('by a flag as well as by the file', async () => {
    const codes = async (yml: string, flags: Record<string, string>) =>
      (await problemsOf({ yml, flags })).map(({ code, source }) => `${code} ${source}`);
    expect(await codes(REQUIRED, { 'swarm-replicas': '2' })).toEqual([
      'GS281 --swarm-replicas: swarm.replicas',
    ]);
    expect(await codes(`${REQUIRED}engine: swarm\n`, { retain: '3' })).toEqual(['GS280 --retain: retain']);
  });

  test('the exec timeout covers the way there and back', async () => {
    const { parameters } = await resolveOne({ yml: `${REQUIRED}engine: swarm\n` });
    const sum = hostBudget(parameters).reduce((all, { milliseconds }) => all + milliseconds, 0);
    expect(sum).toBe(60_000 + 2 * 180_000 + 60_000);
  });
});

const of = (changes: Changes) => makeParameters({ engine: 'swarm', ...changes });

describe('what a service is told', () => {
  test('ports of the nodes themselves are stopped first, because two tasks cannot have them', () => {
    const ports = { ports: ['8080:80'] };
    expect(orderOf(of({ container: ports }))).toBe('start-first');
    expect(orderOf(of({ container: ports, swarm: { publish: 'host' } }))).toBe('stop-first');
    expect(orderOf(of({ container: { ports: [] }, swarm: { publish: 'host' } }))).toBe('start-first');
    expect(orderOf(of({ container: { ports: [], network: 'host' } }))).toBe('stop-first');
    expect(orderOf(of({ container: ports, swarm: { publish: 'host', order: 'start-first' } }))).toBe(
      'start-first',
    );
  });

  test.each([
    ['no', ['none', '0']],
    ['always', ['any', '0']],
    ['unless-stopped', ['any', '0']],
    ['on-failure', ['on-failure', '0']],
    ['on-failure:3', ['on-failure', '3']],
  ])('restart %s', (restart, want) => {
    const options = new Map(
      serviceOptions(of({ container: { restart } })).map(([name, value]) => [name, value]),
    );
    expect([options.get('--restart-condition'), options.get('--restart-max-attempts')]).toEqual(want);
  });

  test('what is not set is set back', () => {
    const options = new Map(serviceOptions(of({})).map(([name, value]) => [name, value]));
    const back = ['--limit-memory', '--limit-cpu', '--user', '--health-cmd'].map((name) => options.get(name));
    expect(back).toEqual(['0', '0', '', '']);
  });

  test('volumes become mounts', () =>
    expect(
      serviceMaps(of({ container: { volumes: ['a1:/a', '/b:/b/:ro', '/c'] } }).container).mounts,
    ).toEqual([
      'type=volume,source=a1,target=/a',
      'type=bind,source=/b,target=/b,readonly',
      'type=volume,target=/c',
    ]));

  test('each list has a word for each of its entries, and none has a blank', () => {
    const keys = serviceKeys(
      of({
        container: {
          ports: ['8053:53/UDP'],
          env: { A: '1 2' },
          volumes: ['a1:/a/'],
          network: 'front',
          networks: ['back'],
          labels: { team: 'web' },
        },
        swarm: { secrets: ['s', 't:/t'], configs: ['c:/c'], constraints: ['node.role==worker'] },
      }),
    );
    expect(keys).toEqual([
      'env:A',
      'mount:/a',
      'container-label:team',
      'network:front',
      'network:back',
      'publish:published=8053,target=53,protocol=udp,mode=ingress',
      'secret:source=s,target=s',
      'secret:source=t,target=/t',
      'config:source=c,target=/c',
      'constraint:node.role==worker',
    ]);
  });
});

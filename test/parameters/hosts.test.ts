import { describe, expect, test } from '@jest/globals';
import type { UserError } from '../../src/problems/problem.js';
import { placesOf, problemsOf, REQUIRED, resolveGiven } from './support.js';

describe('hosts', () => {
  test('without values of their own share one set of scripts', async () => {
    const yml = `${REQUIRED}hosts:\n  web1:\n  web2: { ssh: deploy@10.0.0.2 }\n`;
    const apps = await resolveGiven({ yml });
    expect(apps).toHaveLength(1);
    expect(apps[0]).toMatchObject({
      host: '',
      hosts: [
        { name: 'web1', ssh: 'web1' },
        { name: 'web2', ssh: 'deploy@10.0.0.2' },
      ],
    });
  });

  test('with values of their own get their own, in the order of the file', async () => {
    const yml = `${REQUIRED}container: { env: { A: "1", B: "2" }, ports: ["80:80"] }\nhosts:\n  web2: { container: { env: { B: two }, ports: ["81:80"] } }\n  web1:\n`;
    const apps = await resolveGiven({ yml });
    expect(apps.map(({ host, hosts }) => [host, hosts.length])).toEqual([
      ['web2', 1],
      ['web1', 1],
    ]);
    expect(apps[0]?.parameters.container).toMatchObject({ env: { A: '1', B: 'two' }, ports: ['81:80'] });
    expect(apps[1]?.parameters.container).toMatchObject({ env: { A: '1', B: '2' }, ports: ['80:80'] });
    expect(apps[0]?.sources.get('container.env.B')).toBe('gen-scripts.yml:5:34');
  });

  test('an environment has its own hosts, and its values are theirs', async () => {
    const yml = `${REQUIRED}retain: 1\nenvironments:\n  staging:\n    retain: 2\n    hosts: { s1: , s2: { retain: 3 } }\n`;
    expect((await resolveGiven({ yml })).map(({ hosts }) => hosts)).toEqual([[]]);
    const staging = await resolveGiven({ yml, flags: { env: 'staging' } });
    expect(staging.map(({ host, parameters }) => [host, parameters.retain])).toEqual([
      ['s1', 2],
      ['s2', 3],
    ]);
  });

  test('none are a list of none', async () => {
    expect((await resolveGiven({ yml: `${REQUIRED}hosts:\n` }))[0]?.hosts).toEqual([]);
  });

  test.each([
    { given: 'hosts: [web1]', want: ['GS025 gen-scripts.yml:3:8: hosts'] },
    { given: 'hosts: { "a b": }', want: ['GS260 gen-scripts.yml:3:10: hosts["a b"]'] },
    { given: 'hosts: { "-x": }', want: ['GS260 gen-scripts.yml:3:10: hosts.-x'] },
    { given: 'hosts: { "../x": }', want: ['GS260 gen-scripts.yml:3:10: hosts["../x"]'] },
    {
      given: 'hosts: { web1: { ssh: "-oProxyCommand=x" } }',
      want: ['GS261 gen-scripts.yml:3:23: hosts.web1.ssh'],
    },
    { given: 'hosts: { web1: { ssh: "a b" } }', want: ['GS261 gen-scripts.yml:3:23: hosts.web1.ssh'] },
    { given: 'hosts: { web1: { app: x1 } }', want: ['GS024 gen-scripts.yml:3:18: hosts.web1.app'] },
    { given: 'hosts: { web1: { rollout: } }', want: ['GS024 gen-scripts.yml:3:18: hosts.web1.rollout'] },
    { given: 'hosts: { web1: { retain: 1001 } }', want: ['GS036 gen-scripts.yml:3:26: hosts.web1.retain'] },
    { given: 'rollout: { batch: 0 }', want: ['GS262 gen-scripts.yml:3:19: rollout.batch'] },
    { given: 'rollout: { onFailure: explode }', want: ['GS034 gen-scripts.yml:3:23: rollout.onFailure'] },
  ])('$given', async ({ given, want }) => {
    expect(await placesOf({ yml: `${REQUIRED}${given}\n` })).toEqual(want);
  });

  test('an unknown key says what a host may have', async () => {
    const [problem] = await problemsOf({ yml: `${REQUIRED}hosts: { web1: { sssh: x } }\n` });
    expect(problem?.hint).toBe('did you mean ssh?');
    expect(problem?.expected).toMatch(/^one of ssh, registry, container/);
  });

  test('what is wrong for all of them is said once; what is wrong on one, for it', async () => {
    const all = `app: citest\nhosts: { a: { retain: 1 }, b: { retain: 2 } }\n`;
    expect(await placesOf({ yml: all })).toEqual(['GS026 gen-scripts.yml: image']);
    const one = `${REQUIRED}health: { url: "http://127.0.0.1/" }\nhosts: { a: { container: { network: none } }, b: { retain: 2 } }\n`;
    expect((await placesOf({ yml: one })).map((place) => place.slice(0, 5))).toEqual(['GS084']);
  });
});

describe('two apps', () => {
  const app = (name: string, more: string) => `app: ${name}\nimage: registry.example.com/team/x\n${more}\n`;

  test('may have the same history file on different hosts', async () => {
    const files = {
      'a.yml': app('one', 'history: { file: /d/h }\nhosts: { web1: }'),
      'b.yml': app('two', 'history: { file: /d/h }\nhosts: { web2: }'),
    };
    await expect(resolveGiven({ files })).resolves.toHaveLength(2);
  });

  test.each(['hosts: { web2: , web1: }', ''])('but not where they meet: %s', async (hosts) => {
    const files = {
      'a.yml': app('one', 'history: { file: /d/h }\nhosts: { web1: , web3: }'),
      'b.yml': app('two', `history: { file: /d/h }\n${hosts}`),
    };
    expect((await problemsOf({ files })).map(({ code }) => code)).toEqual(['GS091']);
  });

  test('an app with its own scripts on each host is one app', async () => {
    const files = {
      'a.yml': app('one', 'hosts: { web1: { retain: 1 }, web2: }'),
      'b.yml': app('two', 'hosts: { web1: { retain: 1 }, web2: }'),
    };
    await expect(resolveGiven({ files })).resolves.toHaveLength(4);
  });
});

describe('what is said although nothing is wrong', () => {
  test('an environment that goes to hosts outside of it as well', async () => {
    const yml = `${REQUIRED}hosts: { web1: }\nenvironments: { staging: { hosts: { stg1: } } }\n`;
    expect((await resolveGiven({ yml, flags: { env: 'staging' } }))[0]?.notices).toEqual([
      'environment staging goes to web1, stg1: to the hosts outside of environments as well',
    ]);
    expect((await resolveGiven({ yml }))[0]?.notices).toEqual([]);
  });

  test('several managers', async () => {
    const yml = `${REQUIRED}engine: swarm\nhosts: { m1: , m2: }\npublish: { execTimeout: 20m }\n`;
    expect((await resolveGiven({ yml }))[0]?.notices).toEqual([
      'engine: swarm: m1, m2 must be managers of a swarm of their own each; of one swarm name one manager',
    ]);
  });
});

test('apps that share hosts have one rollout', async () => {
  const app = (name: string, more: string) => `app: ${name}\nimage: registry.example.com/team/x\n${more}\n`;
  const files = {
    'a.yml': app('one', 'rollout: { batch: 2 }'),
    'b.yml': app('two', 'rollout: { batch: 3, wait: 1s }'),
  };
  expect(await placesOf({ files })).toEqual([
    'GS265 b.yml:3:19: rollout.batch',
    'GS265 b.yml:3:28: rollout.wait',
  ]);
});

test.each([
  { ssh: 'deploy@10.0.0.5:2222', want: ['GS261'] },
  { ssh: 'web1:22', want: ['GS261'] },
  { ssh: 'deploy@fe80::1', want: [] },
  { ssh: '2001:db8::5', want: [] },
  { ssh: 'web-1.example.com', want: [] },
])('ssh: $ssh', async ({ ssh, want }) => {
  const yml = `${REQUIRED}hosts: { web1: { ssh: "${ssh}" } }\n`;
  const found = await resolveGiven({ yml }).then(
    () => [],
    ({ problems }: UserError) => problems.map(({ code }) => code),
  );
  expect(found).toEqual(want);
});

test('a key that has its place outside says so, and a list of names how it is written', async () => {
  const hints = async (more: string) =>
    (await problemsOf({ yml: `${REQUIRED}${more}\n` })).map(({ hint }) => hint);
  expect(await hints('hosts: { web1: { image: x/y } }')).toEqual([
    'image is the same on all hosts: set it outside of hosts',
  ]);
  expect(await hints('hosts: [web1]')).toEqual(['a line for each: web1: or web1: { ssh: deploy@10.0.0.1 }']);
  expect(await hints('hosts: { web1: deploy@10.0.0.1 }')).toEqual([
    'a line for each: web1: or web1: { ssh: deploy@10.0.0.1 }',
  ]);
});

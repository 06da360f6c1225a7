import { describe, expect, test } from '@jest/globals';
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

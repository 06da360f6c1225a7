import { describe, expect, test } from '@jest/globals';
import { hostBudget, pullLimitSeconds } from '../../src/parameters/budget.js';
import { makeParameters } from '../support/parameters.js';
import { placesOf, problemsOf, REQUIRED, resolveGiven } from './support.js';

/** Without a code: the rule must leave it alone. */
const RULES: Readonly<Record<string, readonly { readonly given: string; readonly want?: string }[]>> = {
  'the exec timeout covers everything': [
    { given: 'publish: { execTimeout: 405s }' },
    { given: 'publish: { execTimeout: 404s }', want: 'GS080 gen-scripts.yml:3:25: publish.execTimeout' },
    { given: 'publish: { execTimeout: 0 }\nhealth: { timeout: 10h }' },
    { given: 'health: { timeout: 5m }', want: 'GS080 publish.execTimeout (default)' },
    {
      given: 'publish: { execTimeout: 464s }\nhooks: { beforeDeploy: a }',
      want: 'GS080 gen-scripts.yml:3:25: publish.execTimeout',
    },
    { given: 'publish: { execTimeout: 465s }\nhooks: { beforeDeploy: a, beforeRollback: b }' },
    {
      given: 'publish: { execTimeout: 524s }\nhooks: { beforeRollback: a, afterRollback: b }',
      want: 'GS080 gen-scripts.yml:3:25: publish.execTimeout',
    },
  ],
  'the history is not shipped': [
    { given: 'publish: { remoteRoot: /data/jenkins }' },
    {
      given:
        'publish: { remoteRoot: /data/jenkins/, remoteDirectory: "" }\nhistory: { file: /data/jenkins//citest/h }',
      want: 'GS081 gen-scripts.yml:4:18: history.file',
    },
    {
      given: 'publish: { remoteRoot: /data, remoteDirectory: jenkins }',
      want: 'GS081 history.file (default)',
    },
    { given: 'publish: { remoteRoot: /data, remoteDirectory: jenkins2 }' },
    { given: 'publish: { remoteRoot: /, remoteDirectory: . }', want: 'GS081 history.file (default)' },
  ],
  'a login by file is complete': [
    { given: 'registry: { login: file, username: u, passwordFile: /p }' },
    { given: 'registry: { login: file, username: u }', want: 'GS082 gen-scripts.yml:3:20: registry.login' },
    {
      given: 'registry: { login: file, passwordFile: /p }',
      want: 'GS082 gen-scripts.yml:3:20: registry.login',
    },
    { given: 'registry: { login: shipped }' },
  ],
  'further networks are others, and a container can have them': [
    {
      given: 'container: { networks: [backend, bridge] }',
      want: 'GS044 gen-scripts.yml:3:34: container.networks[1]',
    },
    { given: 'container: { network: web, networks: [backend, bridge] }' },
    {
      given: 'container: { network: web, networks: [a, web] }',
      want: 'GS044 gen-scripts.yml:3:42: container.networks[1]',
    },
    { given: 'container: { networks: [a, a] }', want: 'GS044 gen-scripts.yml:3:28: container.networks[1]' },
    {
      given: 'container: { network: host, networks: [a] }',
      want: 'GS044 gen-scripts.yml:3:40: container.networks[0]',
    },
  ],
  'ports need a network that publishes': [
    {
      given: 'container: { network: host, ports: ["80:80"] }',
      want: 'GS083 gen-scripts.yml:3:37: container.ports[0]',
    },
    {
      given: 'container: { network: none, ports: ["80:80"] }',
      want: 'GS083 gen-scripts.yml:3:37: container.ports[0]',
    },
    {
      given: 'container: { network: "container:db", ports: ["80:80"] }',
      want: 'GS083 gen-scripts.yml:3:47: container.ports[0]',
    },
    {
      given: 'container: { network: host, options: [-p, "80:80"] }',
      want: 'GS083 gen-scripts.yml:3:39: container.options[0]',
    },
    { given: 'container: { network: web, ports: ["80:80"] }' },
    { given: 'container: { network: host }' },
  ],
  'a URL can be reached': [
    {
      given: 'container: { network: none }\nhealth: { url: "http://h/" }',
      want: 'GS084 gen-scripts.yml:4:16: health.url',
    },
    { given: 'container: { network: host }\nhealth: { url: "http://h/" }' },
  ],
  'ports of the host are used once': [
    { given: 'container: { ports: ["80:80", "81:80"] }' },
    {
      given: 'container: { ports: ["80:80", "80:81"] }',
      want: 'GS085 gen-scripts.yml:3:31: container.ports[1]',
    },
    {
      given: 'container: { ports: ["80:80"], options: ["--publish=80:81"] }',
      want: 'GS085 gen-scripts.yml:3:42: container.options[0]',
    },
    { given: 'container: { ports: ["80:80"], options: [-p, "81:81"] }' },
  ],
  'paths of the container are used once': [
    { given: 'container: { volumes: ["/a:/x", "/a:/y"] }' },
    {
      given: 'container: { volumes: ["/a:/x", "/b:/x/"] }',
      want: 'GS086 gen-scripts.yml:3:33: container.volumes[1]',
    },
    {
      given: 'container: { volumes: ["/a:/x"], options: [-v, "/b:/x"] }',
      want: 'GS086 gen-scripts.yml:3:44: container.options[0]',
    },
    {
      given: 'container: { volumes: ["/a:/x"], options: ["--tmpfs=/x:rw"] }',
      want: 'GS086 gen-scripts.yml:3:44: container.options[0]',
    },
  ],
  'options contradict no key': [
    {
      given: 'container: { memory: 1g, options: ["--memory=2g"] }',
      want: 'GS055 gen-scripts.yml:3:36: container.options[0]',
    },
    {
      given: 'container: { memory: 1g, options: [-m, 2g] }',
      want: 'GS055 gen-scripts.yml:3:36: container.options[0]',
    },
    { given: 'container: { options: ["--memory=2g"] }' },
    {
      given: 'container: { cpus: 1, options: ["--cpus=2"] }',
      want: 'GS055 gen-scripts.yml:3:33: container.options[0]',
    },
    {
      given: 'container: { user: 1, options: [-u, "2"] }',
      want: 'GS055 gen-scripts.yml:3:33: container.options[0]',
    },
    {
      given: 'container: { init: true, options: [--init=false] }',
      want: 'GS055 gen-scripts.yml:3:36: container.options[0]',
    },
    {
      given: 'container: { env: { A: 1 }, options: ["--env=A=2"] }',
      want: 'GS055 gen-scripts.yml:3:39: container.options[0]',
    },
    { given: 'container: { env: { A: 1 }, options: ["--env=B=2", --env-file=/e] }' },
    {
      given: 'container: { labels: { a: 1 }, options: [-l, a=2] }',
      want: 'GS055 gen-scripts.yml:3:42: container.options[0]',
    },
  ],
  'files differ': [
    {
      given: 'container: { envFile: /data/jenkins/citest_history }',
      want: 'GS087 gen-scripts.yml:3:23: container.envFile',
    },
    {
      given: 'container: { envFile: /data/jenkins/citest_history.lock }',
      want: 'GS087 gen-scripts.yml:3:23: container.envFile',
    },
    ...['journal', 'out', 'out.1', 'swap', 'next', 'work'].map((end) => ({
      given: `container: { envFile: /data/jenkins/citest_history.${end} }`,
      want: 'GS087 gen-scripts.yml:3:23: container.envFile',
    })),
    {
      given: 'registry: { passwordFile: /data/jenkins/citest_history.work/p }',
      want: 'GS087 gen-scripts.yml:3:27: registry.passwordFile',
    },
    {
      given: 'container: { envFile: /e }\nregistry: { passwordFile: //e }',
      want: 'GS087 gen-scripts.yml:4:27: registry.passwordFile',
    },
    { given: 'container: { envFile: /e }\nregistry: { passwordFile: /p }' },
  ],
  'the interval fits into the timeout': [
    { given: 'health: { timeout: 1s, interval: 999ms }' },
    { given: 'health: { timeout: 1s, interval: 1s }', want: 'GS088 gen-scripts.yml:3:34: health.interval' },
  ],
};

describe.each(Object.entries(RULES))('%s', (_, cases) => {
  test.each([...cases])('$given', async ({ given, want }) => {
    const yml = `${REQUIRED}${given}\n`;
    if (want) expect(await placesOf({ yml })).toEqual([want]);
    else await expect(resolveGiven({ yml })).resolves.toHaveLength(1);
  });
});

test('a rule is not asked about values that are wrong themselves', async () => {
  expect(await placesOf({ yml: `${REQUIRED}health: { timeout: 9h9, interval: 1m }\n` })).toEqual([
    'GS035 gen-scripts.yml:3:20: health.timeout',
  ]);
});

test('one wrong port does not hide two that collide', async () => {
  expect(await placesOf({ yml: `${REQUIRED}container: { ports: [x, "80:80", "80:81"] }\n` })).toEqual([
    'GS039 gen-scripts.yml:3:22: container.ports[0]',
    'GS085 gen-scripts.yml:3:34: container.ports[2]',
  ]);
});

test('the message about the exec timeout lists the sum', async () => {
  const [problem] = await problemsOf({ yml: `${REQUIRED}publish: { execTimeout: 2m }\n` });
  expect(problem?.expected).toBe(
    '405s at least: lockWait 1m + recovery (stop + health) 70s + the running version (health) 1m + hooks 0s + ' +
      'replace and restore (3 x stop + 2 x health) 150s + settle 5s + pull 1m',
  );
});

describe('the time that is left for a pull', () => {
  const times = { lockWait: 60_000, stopTimeout: 10_000, health: { timeout: 60_000, settle: 5000 } };

  test.each([
    { execTimeout: 600_000, want: 255 },
    { execTimeout: 405_999, want: 60 },
    { execTimeout: 0, want: 3600 },
  ])('$execTimeout ms: $want s', ({ execTimeout, want }) => {
    expect(pullLimitSeconds(makeParameters({ ...times, publish: { execTimeout } }))).toBe(want);
  });

  test('hooks of the script that has more of them count', () => {
    const hooks = { beforeDeploy: 'a', beforeRollback: 'b', afterRollback: 'c' };
    expect(hostBudget(makeParameters({ hooks }))).toContainEqual({ name: 'hooks', milliseconds: 120_000 });
  });
});

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { editDistance, nearest } from '../../src/parameters/nearest.js';
import { formatProblems } from '../../src/problems/problem.js';
import { placesOf, problemsOf, REQUIRED, resolveGiven, resolveOne } from './support.js';

const TEN_MISTAKES = `app: citest
image: registry.example.com/team/citest:v1
contianer:
  init: true
container:
  ports: ["80a:80"]
  memory: 5m
  restart: sometimes
  env: { DEBUG: true }
health: { timeout: 60 }
history: { file: data/history, keep: 0 }
publish:
  execTimeout: 5s
environments:
  staging: { container: { prots: [] } }
`;

test('ten mistakes are ten problems, each with its place, in one run', async () => {
  expect(await placesOf({ yml: TEN_MISTAKES })).toEqual([
    'GS033 gen-scripts.yml:2:8: image',
    'GS024 gen-scripts.yml:3:1: contianer',
    'GS039 gen-scripts.yml:6:11: container.ports[0]',
    'GS046 gen-scripts.yml:7:11: container.memory',
    'GS045 gen-scripts.yml:8:12: container.restart',
    'GS025 gen-scripts.yml:9:17: container.env.DEBUG',
    'GS035 gen-scripts.yml:10:20: health.timeout',
    'GS037 gen-scripts.yml:11:18: history.file',
    'GS036 gen-scripts.yml:11:38: history.keep',
    'GS024 gen-scripts.yml:15:27: environments.staging.container.prots',
  ]);
});

test('a problem shows its line with a caret and a hint', async () => {
  const yml = `${REQUIRED}container:\n  prots: ["80a:80"]\n`;
  expect(formatProblems(await problemsOf({ yml }))).toBe(
    [
      'gen-scripts.yml:4:3: container.prots: unknown key: expected one of ports, env, envFile, volumes, network, ' +
        'networks, restart, memory, cpus, user, labels, init, command, options [GS024]',
      '      prots: ["80a:80"]',
      '      ^',
      '  hint: did you mean ports?',
    ].join('\n'),
  );
});

test("the design's own example is taken", async () => {
  const yml = `app: citest
image: registry.example.com/team/citest
engine: docker
build:     { image: "", context: ., dockerfile: Dockerfile, args: {}, target: "", platform: "" }
git:       { match: "" }
registry:  { login: none, username: "", passwordFile: "" }
container:
  ports: ["8080:80"]
  env: { TZ: Asia/Shanghai }
  envFile: /etc/citest.env
  volumes: ["/data/citest:/data"]
  network: bridge
  restart: unless-stopped
  memory: 512m
  cpus: 1.5
  user: "1000:1000"
  labels: { team: web }
  init: false
  command: []
  options: []
health:    { url: "", timeout: 60s, interval: 500ms, settle: 5s }
stopTimeout: 10s
lockWait: 60s
history:   { file: /data/jenkins/citest_history, keep: 50 }
retain: 3
hooks:     { beforeDeploy: "", afterDeploy: "", beforeRollback: "", afterRollback: "" }
publish:   { remoteRoot: "", remoteDirectory: citest, execTimeout: 10m }
environments:
  staging: { app: citest-staging, container: { ports: ["8081:80"] } }
`;
  const { parameters } = await resolveOne({ yml, flags: { env: 'staging' } });
  expect(parameters).toMatchObject({
    app: 'citest-staging',
    container: { cpus: '1.5', memory: '512m', ports: ['8081:80'] },
  });
});

describe('the file', () => {
  test.each([
    { given: '', want: ['GS026 gen-scripts.yml: app', 'GS026 gen-scripts.yml: image'] },
    { given: '# nothing\n', want: ['GS026 gen-scripts.yml: app', 'GS026 gen-scripts.yml: image'] },
    { given: '- app: x\n', want: ['GS025 gen-scripts.yml:1:1'] },
    { given: 'text\n', want: ['GS025 gen-scripts.yml:1:1'] },
    { given: 'app: [a\nimage: x\n', want: ['GS021 gen-scripts.yml:2:1'] },
    { given: `${REQUIRED}---\napp: other\n`, want: ['GS022 gen-scripts.yml:3:1'] },
    { given: `${REQUIRED}app: other\n`, want: ['GS023 gen-scripts.yml:3:1: app'] },
    {
      given: `${REQUIRED}container:\n  env: { A: 1, A: 2 }\n`,
      want: ['GS023 gen-scripts.yml:4:16: container.env.A'],
    },
    { given: `${REQUIRED}? [a, b]\n: c\n`, want: ['GS024 gen-scripts.yml:3:3'] },
    { given: `${REQUIRED}__proto__: { a: 1 }\n`, want: ['GS024 gen-scripts.yml:3:1'] },
    { given: `${REQUIRED}a: &a [*a]\n`, want: ['GS028', 'GS024 gen-scripts.yml:3:1: a'] },
    { given: `${REQUIRED}memory: 5m\n`, want: ['GS024 gen-scripts.yml:3:1: memory'] },
    {
      given: `${REQUIRED}environments: { "a b": {} }\n`,
      want: ['GS029 gen-scripts.yml:3:17: environments["a b"]'],
    },
    { given: `${REQUIRED}environments: [staging]\n`, want: ['GS025 gen-scripts.yml:3:15: environments'] },
    {
      given: `${REQUIRED}environments: { s: { environments: {} } }\n`,
      want: ['GS024 gen-scripts.yml:3:22: environments.s.environments'],
    },
  ])('$given', async ({ given, want }) => {
    const places = await placesOf({ yml: given });
    expect(places.map((place, index) => place.slice(0, want[index]?.length))).toEqual(want);
  });

  test('that is not there is one clear problem', async () => {
    const missing = Object.assign(new Error('ENOENT'), { code: 'ENOENT' });
    const { resolveAll } = await import('../../src/parameters/resolve.js');
    const git = async () => ({
      source: { describe: 'v1', commit: '', branch: '', dirty: false },
      problems: [],
      notices: [],
    });
    const readConfig = () => Promise.reject(missing);
    await expect(
      resolveAll({ flags: {}, environment: {}, configs: ['x.yml'], readConfig, git }),
    ).rejects.toThrow(
      'x.yml: the config file cannot be read (no such file) [GS020]\n  hint: gen-scripts init writes one',
    );
  });

  test('a bug is not taken for a missing file', async () => {
    const { resolveAll } = await import('../../src/parameters/resolve.js');
    const git = async () => ({
      source: { describe: '', commit: '', branch: '', dirty: false },
      problems: [],
      notices: [],
    });
    const readConfig = () => Promise.reject(new TypeError('bug'));
    await expect(resolveAll({ flags: {}, environment: {}, configs: ['x'], readConfig, git })).rejects.toThrow(
      TypeError,
    );
  });
});

describe('types', () => {
  test.each([
    { given: 'container: { env: { A: true } }', want: 'GS025' },
    { given: 'container: { env: { A: null } }', want: 'GS026' },
    { given: 'container: { env: { A: [1] } }', want: 'GS025' },
    { given: 'container: { ports: 8080 }', want: 'GS025' },
    { given: 'container: { ports: { a: b } }', want: 'GS025' },
    { given: 'container: { ports: [[1]] }', want: 'GS025' },
    { given: 'container: { init: "true" }', want: 'GS025' },
    { given: 'container: [ports]', want: 'GS025' },
    { given: 'retain: "3"', want: 'GS025' },
    { given: 'retain: 1.5', want: 'GS025' },
    { given: 'retain: 1001', want: 'GS036' },
    { given: 'container: { memory: }', want: 'GS026' },
    { given: 'container: { memory: [1] }', want: 'GS025' },
  ])('$given: $want', async ({ given, want }) => {
    expect((await problemsOf({ yml: `${REQUIRED}${given}\n` })).map(({ code }) => code)).toEqual([want]);
  });

  test('numbers that stand for text are kept as they are written', async () => {
    const yml = `${REQUIRED}container: { cpus: 1.50, user: 1000, env: { A: 0x1F, B: 1e3, C: 007, D: 12345678901234567890 } }\n`;
    const { container } = (await resolveOne({ yml })).parameters;
    expect(container).toMatchObject({
      cpus: '1.50',
      user: '1000',
      env: { A: '0x1F', B: '1e3', C: '007', D: '12345678901234567890' },
    });
  });

  test('words that YAML 1.1 took for booleans are text', async () => {
    const { container } = (
      await resolveOne({ yml: `${REQUIRED}container: { restart: no, env: { A: yes, B: on } }\n` })
    ).parameters;
    expect(container).toMatchObject({ restart: 'no', env: { A: 'yes', B: 'on' } });
  });

  test('sections, lists and maps whose lines are commented out are as good as not there', async () => {
    const yml = `${REQUIRED}health:\ncontainer:\n  ports:\n  env:\n  labels: {}\nenvironments:\n  staging:\n`;
    const { parameters } = await resolveOne({ yml, flags: { env: 'staging' } });
    const plain = await resolveOne({});
    expect(parameters).toEqual({ ...plain.parameters, environment: 'staging' });
  });

  test('any text but NUL is a value of env', () =>
    fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (value) => {
        fc.pre(!value.includes('\0') && !value.includes('://'));
        const yml = `${REQUIRED}container: { env: { A: ${JSON.stringify(value)} } }\n`;
        expect((await resolveOne({ yml })).parameters.container.env).toEqual({ A: value });
      }),
      { numRuns: 200 },
    ));

  test.each(['x'.repeat(200_000), 'a://'.repeat(50_000), 'PASSWORD '.repeat(20_000), ' '.repeat(100_000)])(
    'a very long line takes no time',
    async (value) => {
      const yml = `${REQUIRED}container: { env: { A: ${JSON.stringify(value)} }, x: 1 }\nimage2: ${JSON.stringify(value)}\n`;
      const started = performance.now();
      await problemsOf({ yml });
      expect(performance.now() - started).toBeLessThan(3000);
    },
  );

  test('NUL is refused with its reason', async () => {
    const [problem] = await problemsOf({ yml: `${REQUIRED}container: { env: { A: "a\\0b" } }\n` });
    expect(problem).toMatchObject({ code: 'GS030', detail: 'NUL, which no argument of a process can carry' });
  });
});

describe('anchors', () => {
  test('aliases and merge keys are followed', async () => {
    const yml = `${REQUIRED}container:\n  env: &env { A: "1", B: "2" }\nenvironments:\n  s:\n    container: { env: { <<: *env, B: "3" }, labels: *env }\n`;
    const { container } = (await resolveOne({ yml, flags: { env: 's' } })).parameters;
    expect(container.env).toEqual({ A: '1', B: '3' });
    expect(container.labels).toEqual({ A: '1', B: '2' });
  });

  test('a billion laughs are refused', async () => {
    const lines = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
    for (const [one, two] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg'])
      lines.push(`${two}: &${two} [${`*${one}, `.repeat(10)}]`);
    expect(await placesOf({ yml: `${lines.join('\n')}\n` })).toContainEqual(expect.stringMatching(/^GS028/));
  });
});

describe('environments', () => {
  const yml = `${REQUIRED}container:
  ports: ["8080:80", "8443:443"]
  env: { A: "1", B: "2" }
  memory: 512m
environments:
  staging:
    app: citest-staging
    container: { ports: ["8081:80"], env: { B: "3", C: "4" }, memory: "" }
  broken: { container: { memory: lots } }
`.replace('  broken: { container: { memory: lots } }\n', '');

  test('maps merge, lists replace, an empty text unsets', async () => {
    const { parameters } = await resolveOne({ yml, environment: { GEN_SCRIPTS_ENV: 'staging' } });
    expect(parameters).toMatchObject({
      app: 'citest-staging',
      environment: 'staging',
      history: { file: '/data/jenkins/citest-staging_history' },
      publish: { remoteDirectory: 'citest-staging' },
      container: { ports: ['8081:80'], env: { A: '1', B: '3', C: '4' }, memory: '' },
    });
  });

  const shared = [
    'environment staging has app "citest-staging", but the history.file of "citest" (gen-scripts.yml:3:18)',
    'environment staging has app "citest-staging", but the publish.remoteDirectory of "citest" (gen-scripts.yml:4:29)',
  ];
  const own = 'history: { file: /h/own }, publish: { remoteDirectory: own }';

  test.each([
    { given: 'app: citest-staging', want: shared },
    { given: `app: citest-staging, ${own}`, want: [] },
    { given: 'app: citest-staging, history: { file: "" }, publish: { remoteDirectory: "" }', want: [] },
    { given: 'app: citest-staging, history: { file: /h/base }', want: shared },
    { given: 'app: citest', want: [] },
    { given: 'retain: 1', want: [] },
  ])('another app that shares the files of the base is told: $given', async ({ given, want }) => {
    const base = 'history: { file: /h/base }\npublish: { remoteDirectory: base }\n';
    const yml = `${REQUIRED}${base}environments: { staging: { ${given} } }\n`;
    const { notices } = await resolveOne({ yml, flags: { env: 'staging' } });
    expect(notices.map((notice) => notice.split(': ')[0])).toEqual(want);
    expect((await resolveOne({ yml })).notices).toEqual([]);
  });

  test('without one the base is used', async () => {
    expect((await resolveOne({ yml })).parameters).toMatchObject({
      app: 'citest',
      container: { memory: '512m' },
    });
  });

  test('an unknown one lists the known', async () => {
    const [problem] = await problemsOf({ yml, flags: { env: 'stagin' } });
    expect(problem).toMatchObject({
      code: 'GS027',
      source: '--env',
      value: 'stagin',
      expected: 'one of staging',
      hint: 'did you mean staging?',
    });
    expect(await placesOf({ environment: { GEN_SCRIPTS_ENV: 'x' } })).toEqual([
      'GS027 environment GEN_SCRIPTS_ENV',
    ]);
  });

  test('a problem points into the entry, wanted or not', async () => {
    const wrong = `${yml}  broken: { container: { memory: lots } }\n`;
    const places = ['GS046 gen-scripts.yml:11:34: environments.broken.container.memory'];
    expect(await placesOf({ yml: wrong })).toEqual(places);
    expect(await placesOf({ yml: wrong, flags: { env: 'broken' } })).toEqual(places);
  });

  test('a rule about several values points into the entry too', async () => {
    const wrong = `${REQUIRED}environments:\n  s: { container: { ports: ["80:80", "80:81"] } }\n`;
    expect(await placesOf({ yml: wrong, flags: { env: 's' } })).toEqual([
      'GS085 gen-scripts.yml:4:38: container.ports[1]',
    ]);
  });
});

describe('secrets', () => {
  const literal = 'hunter2';

  test.each([
    `container: { env: { DB_PASSWORD: ${literal} } }`,
    `container: { env: { X: true, db_passwd: "${literal}", Y: true } }`,
    `container: { env: { api_token: ${literal}, Y: true } }`,
    `container: { env: { spring.datasource.password: ${literal} } }`,
    `container:\n  env:\n    MY_SECRET: |\n      first\n      ${literal}\n    Y: true`,
    `container: { env: { A_TOKEN: "first\n   ${literal}", Y: true } }`,
    `container: { env: { AWS_SECRET_ACCESS_KEY: ${literal} } }`,
    `container: { env: { TLS_PRIVATE_KEY: ${literal}, X_CREDENTIALS: ${literal}, Y_API_KEY: ${literal} } }`,
    `container: { env: { URL: "postgres://app:${literal}@db/x" } }`,
    `container: { labels: { url: "https://${literal}@h/" } }`,
    `container: { command: ["--url=amqp://a:${literal}@h"] }`,
    `container: { options: ["--env=DB_PASSWORD=${literal}"] }`,
    `container: { options: ["-e", "DB_PASSWORD=${literal}"] }`,
    `container: { options: ["-eDB_PASSWORD=${literal}", stray] }`,
    `build: { args: { NPM_TOKEN: ${literal} } }`,
    `hooks: { afterDeploy: "curl https://u:${literal}@h/" }`,
    `health: { url: "http://u:${literal}@h/" }`,
    `image2: { DB_PASSWORD: ${literal} }`,
    `container: { env: { DB_PASSWORD: ${literal} }`,
    `container:\n  env:\n    DB_PASSWORD: true\n   ${literal}: [`,
    `container: { env: { DB_PASSWORD: "${literal}\n\t x: [ } }`,
  ])('%s: refused, and never shown', async (given) => {
    const problems = await problemsOf({ yml: `${REQUIRED}${given}\n` });
    expect(JSON.stringify(problems)).not.toContain(literal);
    expect(formatProblems(problems)).not.toContain(literal);
  });

  test.each([
    { flags: { 'health-url': `http://u:${literal}@h/` } },
    { environment: { BUILD_URL: `http://u:${literal}@h/` } },
  ])('$flags $environment: refused, and never shown', async (given) => {
    expect(formatProblems(await problemsOf(given))).not.toContain(literal);
  });

  test.each([
    'container: { env: { DB_PASSWORD: "" } }',
    'container: { env: { DB_PASSWORD_FILE: /run/secrets/db } }',
    'container: { env: { PASSWORD_POLICY: strict, TOKENS: "1" } }',
    'container: { env: { URL: "postgres://db/x?user=a@b" } }',
    'container: { env: { REPO: "ssh://git@h/x", URL: "amqp://app:${PASSWORD}@mq" } }',
    'container: { envFile: /etc/citest.env }',
  ])('%s: taken', async (given) => {
    await expect(resolveGiven({ yml: `${REQUIRED}${given}\n` })).resolves.toHaveLength(1);
  });
});

describe('the nearest key', () => {
  test.each([
    { given: 'contianer', want: 'container' },
    { given: 'Ports', want: 'ports' },
    { given: 'env_file', want: 'envFile' },
    { given: 'xyz', want: undefined },
  ])('$given: $want', ({ given, want }) => {
    expect(nearest(given, ['container', 'ports', 'envFile', 'health'])).toBe(want);
  });

  test('the distance is a metric of small edits', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 8 }), fc.string({ maxLength: 8 }), (a, b) => {
        expect(editDistance(a, a)).toBe(0);
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
    );
    expect(editDistance('ab', 'ba')).toBe(1);
  });
});

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isFault, readScalar, type ScalarField } from '../../src/parameters/field.js';
import { checkOptions } from '../../src/parameters/options.js';
import { ENTRIES, type Name, TABLE } from '../../src/parameters/table.js';
import { formatDuration, parseDuration } from '../../src/parameters/values/durations.js';
import { parsePort, portsCollide } from '../../src/parameters/values/ports.js';
import { familiarRepository } from '../../src/parameters/values/reference.js';
import { parseMemory } from '../../src/parameters/values/resources.js';

const digest = `sha256:${'a'.repeat(64)}`;

interface Samples {
  readonly good: readonly string[];
  /** Text -> code. */
  readonly bad: Readonly<Record<string, string>>;
}

/** Items of lists and keys of maps are checked as the texts that they are. */
const SAMPLES: Partial<Record<Name, Samples>> = {
  ctrlBuild: { good: ['true', 'FALSE', 'True'], bad: { yes: 'GS060', '1': 'GS060' } },
  buildNumber: { good: ['7', '0012'], bad: { '7a': 'GS062', '-1': 'GS062', '12345678901': 'GS062' } },
  gitTag: {
    good: ['v1.2.0', 'web/v1', 'v1+build'],
    bad: { '-v1': 'GS069', 'a b': 'GS069', 'a..b': 'GS069', 'x.lock': 'GS069' },
  },
  rollbackSteps: { good: ['1', '12'], bad: { '0': 'GS066', '-1': 'GS066', '1.5': 'GS066', all: 'GS066' } },
  rollbackTo: {
    good: ['v1', digest, `team/citest:v1@${digest}`, 'registry.example.com:5000/team/citest:v1'],
    bad: { '--force': 'GS057', 'a b': 'GS057', 'x;rm -rf /': 'GS057', 'v1@sha256:12': 'GS057' },
  },
  rollbackFrom: {
    good: ['v1', digest, `team/citest:v1@${digest}`],
    bad: { '--force': 'GS057', 'a b': 'GS057', 'x;rm -rf /': 'GS057' },
  },
  'rollout.batch': {
    good: ['1', '20', '25%', '100%'],
    bad: { '0': 'GS262', '0%': 'GS262', '101%': 'GS262', '-1': 'GS262', '1.5': 'GS262', all: 'GS262' },
  },
  user: { good: ['Li Lei', '李雷'], bad: { 'a\nb': 'GS030', 'a\u0000b': 'GS030', '\ud800': 'GS030' } },
  app: {
    good: ['citest', 'a1', 'A_b.c-d', 'x'.repeat(128)],
    bad: {
      c: 'GS031',
      '-ab': 'GS031',
      'a b': 'GS031',
      'a/b': 'GS031',
      é1: 'GS031',
      ['x'.repeat(129)]: 'GS031',
      'ab\n': 'GS030',
    },
  },
  image: {
    good: [
      'nginx',
      'team/citest',
      'registry.example.com/team/citest',
      'localhost:5000/a',
      '[::1]:5000/a',
      'a__b/c--d',
    ],
    bad: {
      'nginx:latest': 'GS033',
      'registry.example.com:5000/a:v1': 'GS033',
      [`nginx@${digest}`]: 'GS033',
      'https://registry.example.com/a': 'GS032',
      'registry.example.com/Team/a': 'GS032',
      'a//b': 'GS032',
      'a/': 'GS032',
      'a._b': 'GS032',
      [`${'a'.repeat(256)}`]: 'GS032',
      ['0'.repeat(64)]: 'GS032',
      'https://u:p@r.example.com/a': 'GS051',
    },
  },
  engine: { good: ['docker'], bad: { podman: 'GS034' } },
  'build.context': {
    good: ['.', '..', 'docker/app'],
    bad: { '/abs': 'GS038', '-': 'GS038', 'https://h/x.git': 'GS038' },
  },
  'build.target': { good: ['prod', '1'], bad: { 'a b': 'GS058', '-x': 'GS058' } },
  'build.platform': {
    good: ['linux/amd64', 'linux/arm/v7'],
    bad: { 'linux/amd64,linux/arm64': 'GS049', Linux: 'GS049' },
  },
  'git.match': {
    good: ['web-*', 'v[0-9]*'],
    bad: { 'refs/tags/v*': 'GS056', 'a b': 'GS056', 'v\u00a0*': 'GS056' },
  },
  'registry.login': { good: ['none', 'file', 'shipped'], bad: { vault: 'GS034' } },
  'registry.passwordFile': {
    good: ['/etc/citest.password'],
    bad: {
      '~/p': 'GS037',
      '$HOME/p': 'GS037',
      'etc/p': 'GS037',
      '/etc/': 'GS037',
      '/etc/../p': 'GS037',
      '/a\nb': 'GS030',
    },
  },
  'container.ports': {
    good: ['8080:80', '127.0.0.1:8080:80/tcp', '[::1]:53:53/udp', '8000-8003:80-83', '0.0.0.0:1:65535/SCTP'],
    bad: {
      '80a:80': 'GS039',
      '80': 'GS039',
      ':80': 'GS039',
      '127.0.0.1::80': 'GS039',
      '0:80': 'GS039',
      '8080:65536': 'GS039',
      '8001-8000:80-81': 'GS039',
      '8000-8001:80': 'GS039',
      '8000-8001:80-82': 'GS039',
      '8080:80/icmp': 'GS039',
      'localhost:8080:80': 'GS039',
      '256.0.0.1:1:1': 'GS039',
      '::1:80:80': 'GS039',
      '8080:80:': 'GS039',
      '': 'GS039',
    },
  },
  'container.volumes': {
    good: ['/data/citest:/data', 'cache:/cache:ro', '/a:/b:ro,z', '/anonymous', '/a:/b:rshared'],
    bad: {
      './data:/data': 'GS040',
      '~/data:/data': 'GS040',
      '$PWD/data:/data': 'GS040',
      '/a:data': 'GS040',
      data: 'GS040',
      '/a:/': 'GS040',
      '/a:/b:rx': 'GS040',
      '/a:/b:ro,rw': 'GS040',
      '/a:/b:z,Z': 'GS040',
      '/a:/b:shared,private': 'GS040',
      '/a:/b:ro:x': 'GS040',
      'a:/b': 'GS040',
      ':/b': 'GS040',
    },
  },
  'container.network': {
    good: ['bridge', 'host', 'none', 'my-net', 'container:db'],
    bad: { 'my net': 'GS044', 'container:': 'GS044', 'name=x,alias=y': 'GS044' },
  },
  'container.networks': {
    good: ['backend', 'my_net.1'],
    bad: {
      'my net': 'GS044',
      host: 'GS044',
      none: 'GS044',
      'container:db': 'GS044',
      '-a': 'GS044',
      '': 'GS044',
    },
  },
  'container.restart': {
    good: ['no', 'always', 'unless-stopped', 'on-failure', 'on-failure:3'],
    bad: { never: 'GS045', 'on-failure:x': 'GS045', 'always:3': 'GS045' },
  },
  'container.memory': {
    good: ['512m', '1.5g', '6m', '6291456', '1GiB'],
    bad: { '5m': 'GS046', '512': 'GS046', '512x': 'GS046', '-1': 'GS046', '0': 'GS046' },
  },
  'container.cpus': {
    good: ['1', '1.5', '.5', '0.01'],
    bad: {
      '0': 'GS047',
      '0.001': 'GS047',
      '-1': 'GS047',
      '1.0000000001': 'GS047',
      '1,5': 'GS047',
      '.': 'GS047',
    },
  },
  'container.user': {
    good: ['1000', '1000:1000', 'www-data', 'app:staff'],
    bad: { '1000:': 'GS048', ':1': 'GS048', 'a b': 'GS048', '1:2:3': 'GS048', '2147483648': 'GS048' },
  },
  'container.init': { good: ['true', 'false'], bad: { yes: 'GS025' } },
  'health.url': {
    good: ['http://127.0.0.1:8080/health?a=b', 'https://citest.example.com', 'http://[::1]:80/'],
    bad: {
      'ftp://h/': 'GS050',
      '127.0.0.1:8080': 'GS050',
      'http://': 'GS050',
      'http://h:99999/': 'GS050',
      'http://h/a b': 'GS050',
      'http://u:p@h/': 'GS051',
      'http://token@h/': 'GS051',
    },
  },
  'health.timeout': {
    good: ['1s', '60s', '10m', '1h', '2000ms'],
    bad: {
      '60': 'GS035',
      '1m30s': 'GS035',
      '0': 'GS035',
      '1500ms': 'GS035',
      '25h': 'GS035',
      '-1s': 'GS035',
      '1.5s': 'GS035',
    },
  },
  'health.interval': { good: ['500ms', '1s'], bad: { '99ms': 'GS035', '2m': 'GS035' } },
  'publish.execTimeout': { good: ['0', '0s', '10m'], bad: { '600': 'GS035', '200h': 'GS035' } },
  'history.keep': { good: ['1', '100000'], bad: { '0': 'GS036', '1.5': 'GS036', x: 'GS036' } },
  retain: { good: ['0', '3'], bad: { '-1': 'GS036', '1001': 'GS036' } },
  'hooks.beforeDeploy': {
    good: [
      'echo "$HOME"\nexit 0',
      'curl http://$USER:$PASSWORD@h/',
      'git clone ssh://git@h/x',
      'mail a@b.example.com',
      'docker login -u ci --password-stdin registry.example.com </etc/ci.password',
      'DB_PASSWORD=$(cat /etc/db.password) migrate',
      'migrate --password-file /etc/db.password; TOKEN="$1"; PASSWORD_FILE=/x',
    ],
    bad: {
      'docker login -u ci -p s3cret registry.example.com': 'GS052',
      'DB_PASSWORD=s3cret migrate': 'GS052',
      "docker exec -e api_token='s3cret' citest migrate": 'GS052',
      'curl http://u:p@h/': 'GS051',
      'curl https://ghp_x@h/': 'GS051',
      'a\u0000b': 'GS030',
    },
  },
  'publish.remoteRoot': { good: ['/', '/data/jenkins'], bad: { data: 'GS037' } },
  'publish.remoteDirectory': {
    good: ['citest', 'a/b'],
    bad: { '/citest': 'GS038', '../up': 'GS038', 'a/../b': 'GS038' },
  },
};

const cases = ENTRIES.flatMap(([name, { field }]) => {
  const scalar = field.shape === 'list' ? field.item : field;
  const samples = SAMPLES[name];
  return samples && scalar.shape !== 'map' ? [{ name, scalar, samples, isItem: field.shape === 'list' }] : [];
});

describe.each(cases)('$name', ({ scalar, samples, isItem }) => {
  test.each([...samples.good])('takes %j', (text) => {
    expect(faultOf(scalar, text)).toBeUndefined();
  });

  test.each(Object.entries(samples.bad))('refuses %j as %s', (text, code) => {
    expect(faultOf(scalar, text)).toBe(code);
  });

  test('the pattern for editors takes whatever the rules take', () => {
    const pattern = scalar.shape === 'text' ? (scalar.pattern ?? '[^]*') : '[^]*';
    for (const text of samples.good) expect(text).toMatch(new RegExp(`^(?:${pattern})$`, isItem ? 'i' : ''));
  });
});

test('every entry has samples, but for free text, maps and lists of free text', () => {
  const untested = ENTRIES.filter(
    ([name, { field }]) => !SAMPLES[name] && field.shape === 'text' && field.rules.length > 4,
  );
  expect(untested.map(([name]) => name)).toEqual([
    'build.image',
    'build.dockerfile',
    'container.envFile',
    'swarm.healthCommand',
    'history.file',
  ]);
});

function faultOf(field: ScalarField, text: string): string | undefined {
  const result = readScalar(field, text);
  return isFault(result) ? result.code : undefined;
}

describe('durations', () => {
  const limits = { min: 0, max: Number.MAX_SAFE_INTEGER, step: 1 };

  test.each([
    { given: '500ms', want: 500 },
    { given: '60s', want: 60_000 },
    { given: '10m', want: 600_000 },
    { given: '1h', want: 3_600_000 },
    { given: '0', want: 0 },
  ])('$given is $want ms', ({ given, want }) => expect(parseDuration(given, limits)).toBe(want));

  test('what is formatted is read back', () => {
    fc.assert(fc.property(fc.nat(), (ms) => expect(parseDuration(formatDuration(ms), limits)).toBe(ms)));
  });
});

describe('ports that collide', () => {
  test.each([
    { a: '8080:80', b: '8080:81', want: true },
    { a: '8080:80', b: '8080:80/udp', want: false },
    { a: '8000-8010:80-90', b: '8005:1', want: true },
    { a: '127.0.0.1:80:80', b: '80:80', want: true },
    { a: '127.0.0.1:80:80', b: '127.0.0.2:80:80', want: false },
    { a: '0.0.0.0:80:80', b: '127.0.0.1:80:80', want: true },
    { a: '0.0.0.0:80:80', b: '[::]:80:80', want: false },
  ])('$a and $b: $want', ({ a, b, want }) => {
    const [first, second] = [parsePort(a), parsePort(b)];
    if ('code' in first || 'code' in second) throw new Error('not ports');
    expect(portsCollide(first, second)).toBe(want);
    expect(portsCollide(second, first)).toBe(want);
  });
});

test.each([
  { given: 'docker.io/library/nginx', want: 'nginx' },
  { given: 'docker.io/team/citest', want: 'team/citest' },
  { given: 'index.docker.io/library/nginx', want: 'nginx' },
  { given: 'library/nginx', want: 'nginx' },
  { given: 'registry.example.com/library/nginx', want: 'registry.example.com/library/nginx' },
  { given: 'localhost/nginx', want: 'localhost/nginx' },
])('docker prints $given as $want', ({ given, want }) => expect(familiarRepository(given)).toBe(want));

test.each([
  { given: '1k', want: 1024 },
  { given: '1.5g', want: 1.5 * 1024 ** 3 },
  { given: '10', want: 10 },
  { given: '10b', want: 10 },
  { given: 'x', want: undefined },
])('memory $given is $want bytes', ({ given, want }) => expect(parseMemory(given)).toBe(want));

describe('container.options', () => {
  test.each([
    { given: ['--log-opt=max-size=10m', '--privileged', '--cap-add', 'SYS_TIME'] },
    { given: ['-it', '-e', 'A=1', '-eB=2', '-p8080:80', '-w', '/srv'] },
    { given: ['--pids-limit', '-1', '--future-option=1'] },
    { given: ['--env', 'DB_PASSWORD'] },
    { given: ['--label=team=web', '--env=A='] },
  ])('takes $given', ({ given }) => expect(checkOptions(given)).toEqual([]));

  test.each([
    { given: ['stray'], want: ['0 GS053'] },
    { given: [''], want: ['0 GS053'] },
    { given: ['--'], want: ['0 GS053'] },
    { given: ['-'], want: ['0 GS053'] },
    { given: ['--privileged', 'nginx'], want: ['1 GS053'] },
    { given: ['--cap-add', 'A', 'B'], want: ['2 GS053'] },
    { given: ['--cap-add'], want: ['0 GS053'] },
    { given: ['--cap-add', '--privileged'], want: ['0 GS053'] },
    { given: ['--log-opt max-size=10m'], want: ['0 GS053'] },
    { given: ['--detach'], want: ['0 GS053'] },
    { given: ['-d'], want: ['0 GS053'] },
    { given: ['--=x'], want: ['0 GS053'] },
    { given: ['--memroy=5'], want: ['0 GS053'] },
    { given: ['--cpu=2'], want: ['0 GS053'] },
    { given: ['--name=x'], want: ['0 GS054'] },
    { given: ['--name', 'x'], want: ['0 GS054'] },
    { given: ['--rm'], want: ['0 GS054'] },
    { given: ['--rm=true'], want: ['0 GS054'] },
    { given: ['--restart=no'], want: ['0 GS054'] },
    { given: ['--cidfile=/x'], want: ['0 GS054'] },
    { given: ['--pull', 'always'], want: ['0 GS054'] },
    { given: ['--network=x'], want: ['0 GS054'] },
    { given: ['--net', 'x'], want: ['0 GS054'] },
    { given: ['--label-file=/x'], want: ['0 GS054'] },
    { given: ['-l', 'gen-scripts.app=x'], want: ['0 GS043'] },
    { given: ['-lgen-scripts.app=x'], want: ['0 GS043'] },
    { given: ['--label=gen-scripts.app=x'], want: ['0 GS043'] },
    { given: ['-it', '-e', 'A_TOKEN=x'], want: ['1 GS052'] },
    { given: ['-tea_secret=x'], want: ['0 GS052'] },
    { given: ['--env=db.password=x'], want: ['0 GS052'] },
  ])('refuses $given', ({ given, want }) => {
    expect(checkOptions(given).map(({ index, fault }) => `${index} ${fault.code}`)).toEqual(want);
  });
});

test('an option that is nearly a known one says which', () => {
  expect(checkOptions(['--memroy=5'])[0]?.fault.hint).toBe('did you mean --memory?');
});

test.each(['A', '_a', 'db.host', 'a-b', '名字'])('container.env takes %s', (name) => {
  expect(readScalar(TABLE['container.env'].field.key, name)).toBe(name);
});

test.each(['1X', '9', 'A B', 'A=B'])('container.env refuses %s', (name) => {
  expect(readScalar(TABLE['container.env'].field.key, name)).toMatchObject({ code: 'GS041' });
});

test('flags of different parameters differ', () => {
  const flags = ENTRIES.map(([, { flag }]) => flag).filter(Boolean);
  expect(new Set(flags).size).toBe(flags.length);
  expect(TABLE['publish.execTimeout'].flag).toBe('publish-exec-timeout');
});

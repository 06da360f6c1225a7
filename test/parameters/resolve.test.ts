import { describe, expect, test } from '@jest/globals';
import { placesOf, REQUIRED, resolveGiven, resolveOne } from './support.js';

const manual = { CTRL_BUILD: 'true', BUILD_NUMBER: '7' };

describe('modes', () => {
  test.each([
    { given: {}, mode: 'deploy', tag: 'v1', from: 'default' },
    { given: { CTRL_BUILD: '  ' }, mode: 'deploy', tag: 'v1', from: 'default' },
    {
      given: { CTRL_BUILD: ' TRUE ', BUILD_NUMBER: '7' },
      mode: 'manual',
      tag: 'v1_manual_7',
      from: 'environment CTRL_BUILD',
    },
    { given: { CTRL_BUILD: 'False' }, mode: 'rollback', tag: '', from: 'environment CTRL_BUILD' },
    {
      given: { gitlabSourceBranch: 'refs/tags/v2' },
      mode: 'deploy',
      tag: 'v2',
      from: 'environment gitlabSourceBranch',
    },
    {
      given: { ...manual, gitlabSourceBranch: 'refs/tags/v2' },
      mode: 'deploy',
      tag: 'v2',
      from: 'environment gitlabSourceBranch',
    },
    {
      given: { ...manual, gitlabSourceBranch: 'main' },
      mode: 'manual',
      tag: 'v1_manual_7',
      from: 'environment CTRL_BUILD',
    },
    { given: { GIT_TAG: 'v3' }, mode: 'deploy', tag: 'v3', from: 'default' },
    { given: { TAG_NAME: 'v4' }, mode: 'deploy', tag: 'v4', from: 'default' },
    { given: { GIT_TAG: 'v3', TAG_NAME: 'v4' }, mode: 'deploy', tag: 'v3', from: 'default' },
    {
      given: { GIT_TAG: 'v2', gitlabSourceBranch: 'refs/tags/v2' },
      mode: 'deploy',
      tag: 'v2',
      from: 'environment gitlabSourceBranch',
    },
  ])('$given: $mode $tag', async ({ given, mode, tag, from }) => {
    const { parameters, sources } = await resolveOne({ environment: given });
    expect(parameters).toMatchObject({ mode, tag });
    expect(sources.get('mode')).toBe(from);
  });

  test.each([
    { given: { CTRL_BUILD: 'yes' }, want: ['GS060 environment CTRL_BUILD'] },
    { given: { CTRL_BUILD: 'true' }, want: ['GS061 environment CTRL_BUILD'] },
    { given: { CTRL_BUILD: 'true', BUILD_NUMBER: '#7' }, want: ['GS062 environment BUILD_NUMBER'] },
    {
      given: { CTRL_BUILD: 'false', gitlabSourceBranch: 'refs/tags/v2' },
      want: ['GS063 environment CTRL_BUILD'],
    },
    {
      given: { CTRL_BUILD: 'false', ROLLBACK_TO: 'v1', ROLLBACK_STEPS: '2' },
      want: ['GS064 environment ROLLBACK_TO'],
    },
    { given: { CTRL_BUILD: 'false', ROLLBACK_STEPS: '0' }, want: ['GS066 environment ROLLBACK_STEPS'] },
    { given: { GIT_TAG: 'v3', gitlabSourceBranch: 'refs/tags/v2' }, want: ['GS068 environment GIT_TAG'] },
    { given: { GIT_TAG: 'a b' }, want: ['GS069 environment GIT_TAG'] },
    {
      given: { CTRL_BUILD: 'maybe', BUILD_NUMBER: 'x', ROLLBACK_STEPS: '-1' },
      want: ['GS060', 'GS062', 'GS066'],
    },
  ])('$given: $want', async ({ given, want }) => {
    const places = await placesOf({ environment: given });
    expect(places.map((place, index) => place.slice(0, want[index]?.length))).toEqual(want);
  });

  test('a flag decides between two tags', async () => {
    const environment = { GIT_TAG: 'v3', gitlabSourceBranch: 'refs/tags/v2' };
    expect((await resolveOne({ environment, flags: { 'git-tag': 'v5' } })).parameters.tag).toBe('v5');
  });

  test('targets of a rollback', async () => {
    const rollback = { CTRL_BUILD: 'false' };
    const steps = await resolveOne({ environment: { ...rollback, ROLLBACK_STEPS: '2' } });
    expect(steps.parameters.rollback).toEqual({ to: '', steps: 2, from: '' });
    const to = await resolveOne({ environment: { ...rollback, ROLLBACK_TO: 'v1', ROLLBACK_STEPS: '' } });
    expect(to.parameters.rollback).toEqual({ to: 'v1', steps: 0, from: '' });
    expect(to.sources.get('rollback.to')).toBe('environment ROLLBACK_TO');
    const from = await resolveOne({ environment: { ...rollback, ROLLBACK_FROM: 'v2', ROLLBACK_STEPS: '2' } });
    expect(from.parameters.rollback).toEqual({ to: '', steps: 2, from: 'v2' });
  });

  test('targets are ignored, with a notice, unless the build is a rollback', async () => {
    const { parameters, notices } = await resolveOne({
      environment: { ...manual, ROLLBACK_STEPS: '1', ROLLBACK_TO: 'v1', ROLLBACK_FROM: 'v2' },
    });
    expect(parameters.rollback).toEqual({ to: '', steps: 0, from: '' });
    expect(notices).toEqual([
      'environment ROLLBACK_TO is ignored: this build is a manual build, no rollback',
      'environment ROLLBACK_STEPS is ignored: this build is a manual build, no rollback',
      'environment ROLLBACK_FROM is ignored: this build is a manual build, no rollback',
    ]);
  });
});

describe('who asked', () => {
  test.each([
    { given: { BUILD_USER_ID: 'li.lei', gitlabUserName: 'Han Meimei' }, want: 'Han Meimei' },
    { given: { BUILD_USER_ID: 'li.lei', gitlabUserName: '' }, want: 'li.lei' },
    { given: {}, want: '' },
  ])('$given: $want', async ({ given, want }) => {
    expect((await resolveOne({ environment: given })).parameters.jenkins.user).toBe(want);
  });
});

describe('flag > environment > config > git > default', () => {
  test.each([
    {
      flags: { 'build-number': '2' },
      environment: { BUILD_NUMBER: '1' },
      name: 'jenkins.buildNumber',
      from: '--build-number',
    },
    {
      flags: {},
      environment: { BUILD_NUMBER: '1' },
      name: 'jenkins.buildNumber',
      from: 'environment BUILD_NUMBER',
    },
    {
      flags: { 'build-number': ' ' },
      environment: { BUILD_NUMBER: '1' },
      name: 'jenkins.buildNumber',
      from: 'environment BUILD_NUMBER',
    },
    { flags: { retain: '9' }, environment: {}, name: 'retain', from: '--retain' },
    { flags: {}, environment: {}, name: 'retain', from: 'gen-scripts.yml:3:9' },
    { flags: {}, environment: {}, name: 'tag', from: 'git' },
    { flags: {}, environment: { GIT_TAG: 'v9' }, name: 'tag', from: 'environment GIT_TAG' },
    { flags: {}, environment: {}, name: 'lockWait', from: 'default' },
    { flags: {}, environment: {}, name: 'container.env.B', from: 'gen-scripts.yml:4:30' },
    { flags: { env: 's' }, environment: {}, name: 'container.env.B', from: 'gen-scripts.yml:5:45' },
    { flags: { env: 's' }, environment: {}, name: 'container.env.A', from: 'gen-scripts.yml:4:24' },
  ])('$flags $environment: $name comes from $from', async ({ flags, environment, name, from }) => {
    const yml = `${REQUIRED}retain: 5\ncontainer: { env: { A: 1, B: 2 } }\nenvironments: { s: { container: { env: { B: 3 } } } }\n`;
    expect((await resolveOne({ yml, flags, environment })).sources.get(name)).toBe(from);
  });

  test('flags of settings are read by the same rules', async () => {
    const flags = {
      app: 'other',
      'publish-exec-timeout': '20m',
      'container-init': 'true',
      'history-keep': '9',
    };
    expect((await resolveOne({ flags })).parameters).toMatchObject({
      app: 'other',
      publish: { execTimeout: 1_200_000 },
      container: { init: true },
      history: { keep: 9, file: '/data/jenkins/other_history' },
    });
    expect(await placesOf({ flags: { 'container-memory': '5m', app: 'x' } })).toEqual([
      'GS031 --app',
      'GS046 --container-memory',
    ]);
  });

  test('flags can bring what the file must otherwise have', async () => {
    const flags = { app: 'citest', image: 'team/citest' };
    expect((await resolveOne({ yml: 'retain: 1\n', flags })).parameters).toMatchObject({
      app: 'citest',
      image: 'team/citest',
    });
  });

  test('the environment never sets what belongs to the file, nor brings a secret', async () => {
    const environment = { APP: 'x', RETAIN: '9', REGISTRY_USERNAME: 'robot', REGISTRY_PASSWORD: 'hunter2' };
    const resolved = await resolveOne({ environment });
    expect(resolved.parameters).toEqual((await resolveOne({})).parameters);
    expect(JSON.stringify([resolved.parameters, [...resolved.sources]])).not.toContain('hunter2');
  });

  test('every value of Parameters has a source', async () => {
    const { parameters, sources } = await resolveOne({});
    const leaves = Object.entries(parameters).flatMap(([key, value]) =>
      typeof value === 'object' ? Object.keys(value).map((inner) => `${key}.${inner}`) : [key],
    );
    expect(leaves.filter((leaf) => !sources.has(leaf))).toEqual([]);
  });
});

test('defaults', async () => {
  const { parameters } = await resolveOne({});
  expect(parameters).toMatchObject({
    engine: 'docker',
    build: { image: 'registry.example.com/team/citest', context: '.', dockerfile: 'Dockerfile' },
    registry: { login: 'none' },
    container: { network: 'bridge', restart: 'unless-stopped', init: false },
    health: { timeout: 60_000, interval: 500, settle: 5000 },
    stopTimeout: 10_000,
    lockWait: 60_000,
    history: { file: '/data/jenkins/citest_history', keep: 50 },
    retain: 3,
    publish: { remoteRoot: '', remoteDirectory: 'citest', execTimeout: 600_000 },
  });
});

describe('git', () => {
  test.each([
    { given: { git: null }, want: ['GS071 git'] },
    { given: { git: null, environment: { GIT_TAG: 'a b' } }, want: ['GS069 environment GIT_TAG'] },
    { given: { git: null, environment: { CTRL_BUILD: 'x' } }, want: ['GS060 environment CTRL_BUILD'] },
  ])('$given: $want', async ({ given, want }) => expect(await placesOf(given)).toEqual(want));

  test.each([{ GIT_TAG: 'v9' }, { CTRL_BUILD: 'false' }, { gitlabSourceBranch: 'refs/tags/v9' }])(
    'is not needed with %j',
    async (environment) => {
      const { parameters, notices } = await resolveOne({ git: null, environment });
      expect(parameters.source).toMatchObject({ commit: '', branch: '', dirty: false });
      expect(notices).toEqual([]);
    },
  );

  test('what is not a docker tag is mapped, and the mapping is shown', async () => {
    const { parameters, notices } = await resolveOne({ environment: { GIT_TAG: 'web/v1' } });
    expect(parameters).toMatchObject({ tag: 'web-v1-sha256-60373ebc', source: { describe: 'web/v1' } });
    expect(notices).toEqual(['git tag "web/v1" becomes docker tag "web-v1-sha256-60373ebc"']);
  });

  test('uncommitted changes are a notice', async () => {
    const { notices } = await resolveOne({ git: { dirty: true } });
    expect(notices).toEqual(['the workspace has uncommitted changes: the image may contain them']);
  });
});

describe('several apps', () => {
  const other = 'app: other\nimage: team/other\n';

  test('are resolved in order', async () => {
    const resolved = await resolveGiven({ files: { 'a.yml': REQUIRED, 'b.yml': other } });
    expect(resolved.map(({ config, parameters }) => [config, parameters.app])).toEqual([
      ['a.yml', 'citest'],
      ['b.yml', 'other'],
    ]);
  });

  test.each([
    { files: { 'a.yml': REQUIRED, 'b.yml': REQUIRED }, want: ['GS090 b.yml:1:6: app'] },
    {
      files: { 'a.yml': REQUIRED, 'b.yml': REQUIRED.replace('citest', 'CITEST') },
      want: ['GS090 b.yml:1:6: app'],
    },
    {
      files: { 'a.yml': REQUIRED, 'b.yml': `${other}history: { file: /data//jenkins/citest_history }\n` },
      want: ['GS091 b.yml:3:18: history.file'],
    },
    ...['.journal', '.out.1', '.work', '.work/h'].map((end) => ({
      files: {
        'a.yml': REQUIRED,
        'b.yml': `${other}history: { file: /data/jenkins/citest_history${end} }\n`,
      },
      want: ['GS091 b.yml:3:18: history.file'],
    })),
    {
      files: {
        'a.yml': `${REQUIRED}history: { file: /h.swap }\n`,
        'b.yml': `${other}history: { file: /h }\n`,
      },
      want: ['GS091 b.yml:3:18: history.file'],
    },
    {
      files: { 'a.yml': `${REQUIRED}x: 1\n`, 'b.yml': `${other}y: 1\n` },
      want: ['GS024 a.yml:3:1: x', 'GS024 b.yml:3:1: y'],
    },
    {
      files: { 'a.yml': 'app: c\nimage: a\n', 'b.yml': 'app: c\nimage: b\n' },
      want: ['GS031 a.yml:1:6: app', 'GS031 b.yml:1:6: app'],
    },
  ])('$files: $want', async ({ files, want }) => expect(await placesOf({ files })).toEqual(want));

  test('--app for two files is one name twice', async () => {
    const given = { files: { 'a.yml': REQUIRED, 'b.yml': other }, flags: { app: 'same' } };
    expect(await placesOf(given)).toEqual(['GS090 b.yml: app (--app)']);
  });
});

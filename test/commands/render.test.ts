import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { cleanUp, folderWith, gen, JENKINS, list, settings, text } from './support.js';

afterAll(cleanUp);

const ROLLBACK = { CTRL_BUILD: 'false', BUILD_NUMBER: '8', GIT_TAG: 'v1.0.0' };
const PUBLISH = 'publish: { remoteRoot: /srv/deploy, execTimeout: 20m }\n';
const ALL = ['auto.sh', 'build.sh', 'manifest.json', 'repull.sh', 'rollback.sh'];

function project(yaml = settings()): Promise<string> {
  return folderWith({ 'gen-scripts.yml': yaml });
}

describe('render', () => {
  test('is what happens without a command, and prints nothing to stdout', async () => {
    const cwd = await project();
    const { status, stdout, stderr } = await gen(cwd, []);
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    expect(stderr).toContain('registry.example.com/team/citest:v1.0.0_manual_7');
    expect(await list(cwd, 'release')).toEqual(ALL);
    expect(await text(cwd, 'release', 'auto.sh')).toBe(await text(cwd, 'release', 'repull.sh'));
  });

  test('a rollback takes the scripts of the deploy before it away', async () => {
    const cwd = await project();
    await gen(cwd, ['render']);
    expect((await gen(cwd, ['render'], ROLLBACK)).status).toBe(0);
    expect(await list(cwd, 'release')).toEqual(['auto.sh', 'manifest.json', 'rollback.sh']);
    expect(await text(cwd, 'release', 'auto.sh')).toBe(await text(cwd, 'release', 'rollback.sh'));
  });

  test('in another folder, and with a read-only rest of the world, the bytes are the same', async () => {
    const [one, two] = [await project(), await project()];
    await gen(one, ['--out', 'release']);
    await gen(two, ['--out=./release']);
    for (const name of ALL) expect(await text(two, 'release', name)).toBe(await text(one, 'release', name));
  });

  test('--env merges an environment, as GEN_SCRIPTS_ENV does', async () => {
    const cwd = await project(settings('citest', 'environments:\n  staging:\n    app: citest-staging\n'));
    await gen(cwd, ['--env', 'staging', '--out', 'a']);
    await gen(cwd, ['--out', 'b'], { ...JENKINS, GEN_SCRIPTS_ENV: 'staging' });
    expect(await text(cwd, 'a', 'repull.sh')).toContain('citest-staging');
    expect(await text(cwd, 'b', 'repull.sh')).toBe(await text(cwd, 'a', 'repull.sh'));
  });

  test('several --config: a folder for each app', async () => {
    const cwd = await folderWith({ 'web.yml': settings('web'), 'api.yml': settings('api') });
    expect((await gen(cwd, ['--config', 'web.yml', '--config', 'api.yml'])).status).toBe(0);
    expect(await list(cwd, 'release')).toEqual(['api', 'web']);
    expect(await list(cwd, 'release', 'api')).toEqual(ALL);
    expect(await text(cwd, 'release', 'api', 'repull.sh')).toContain("TAG='v1.0.0_manual_7'");
  });

  test('an app that left the job loses its auto.sh', async () => {
    const cwd = await folderWith({ 'web.yml': settings('web'), 'api.yml': settings('api') });
    await gen(cwd, ['--config', 'web.yml', '--config', 'api.yml']);
    await gen(cwd, ['--config', 'web.yml']);
    expect(await list(cwd, 'release', 'api')).not.toContain('auto.sh');
    expect(await list(cwd, 'release')).toContain('auto.sh');
  });
});

describe('success leaves exactly the files of this mode', () => {
  const BOTH = ['--config', 'web.yml', '--config', 'api.yml'];

  function projectOfTwo(): Promise<string> {
    return folderWith({ 'web.yml': settings('web'), 'api.yml': settings('api') });
  }

  test('several apps after a single one', async () => {
    const cwd = await projectOfTwo();
    await gen(cwd, ['--config', 'web.yml']);
    await writeFile(join(cwd, 'release', 'notes.txt'), 'mine');
    await gen(cwd, BOTH);
    expect(await list(cwd, 'release')).toEqual(['api', 'notes.txt', 'web']);
  });

  test('a single app after several', async () => {
    const cwd = await projectOfTwo();
    await gen(cwd, BOTH);
    await writeFile(join(cwd, 'release', 'api', 'notes.txt'), 'mine');
    await gen(cwd, ['--config', 'web.yml']);
    expect(await list(cwd, 'release')).toEqual(['api', ...ALL]);
    expect(await list(cwd, 'release', 'api')).toEqual(['notes.txt']);
  });

  test("a folder without a manifest of ours is somebody else's", async () => {
    const cwd = await projectOfTwo();
    await mkdir(join(cwd, 'release', 'theirs'), { recursive: true });
    for (const name of ['build.sh', join('theirs', 'build.sh')])
      await writeFile(join(cwd, 'release', name), 'theirs');
    await gen(cwd, BOTH);
    expect(await list(cwd, 'release')).toEqual(['api', 'build.sh', 'theirs', 'web']);
    expect(await list(cwd, 'release', 'theirs')).toEqual(['build.sh']);
  });
});

describe('a failed render changes nothing but removes auto.sh', () => {
  const failures: Record<string, { argv: string[]; env?: Record<string, string>; yaml?: string }> = {
    'a mistake in the settings': { argv: [], yaml: settings('citest', 'contaner: {}\n') },
    'broken YAML': { argv: [], yaml: 'app: [' },
    'an unknown option': { argv: ['--otu', 'release'] },
    'an option without its value': { argv: ['--env'] },
    'an environment that does not exist': { argv: ['--env', 'nowhere'] },
    'a config that does not exist': { argv: ['--config', 'missing.yml'] },
    'a CTRL_BUILD that is neither': { argv: [], env: { ...JENKINS, CTRL_BUILD: 'maybe' } },
    'a manual build without a number': { argv: [], env: { CTRL_BUILD: 'true', GIT_TAG: 'v1.0.0' } },
    'credentials that are missing': { argv: [], yaml: settings('citest', 'registry: { login: shipped }\n') },
  };

  test.each(Object.entries(failures))('%s', async (_, { argv, env, yaml }) => {
    const cwd = await project();
    await gen(cwd, []);
    const before = await contents(cwd);
    if (yaml !== undefined) await writeFile(join(cwd, 'gen-scripts.yml'), yaml);
    const { status, stdout, stderr } = await gen(cwd, argv, env);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/\[GS0\d\d\]/);
    expect(stderr).toContain('removed release/auto.sh');
    const { 'auto.sh': _auto, ...rest } = before;
    expect(await contents(cwd)).toEqual(rest);
  });

  test('in every folder of apps, even when no config can be read', async () => {
    const cwd = await folderWith({ 'web.yml': settings('web'), 'api.yml': settings('api') });
    await gen(cwd, ['--config', 'web.yml', '--config', 'api.yml']);
    await rename(join(cwd, 'api.yml'), join(cwd, 'api.yml.bak'));
    expect((await gen(cwd, ['--config', 'web.yml', '--config', 'api.yml'])).status).toBe(2);
    expect(await list(cwd, 'release', 'web')).toEqual(ALL.slice(1));
    expect(await list(cwd, 'release', 'api')).toEqual(ALL.slice(1));
  });

  test('one bad app of two: nothing of the other is written', async () => {
    const cwd = await folderWith({ 'web.yml': settings('web'), 'api.yml': settings('web') });
    expect((await gen(cwd, ['--config', 'web.yml', '--config', 'api.yml'])).status).toBe(2);
    expect(await list(cwd)).toEqual(['api.yml', 'web.yml']);
  });

  async function contents(cwd: string): Promise<Record<string, string>> {
    const names = await list(cwd, 'release');
    return Object.fromEntries(
      await Promise.all(names.map(async (name) => [name, await text(cwd, 'release', name)])),
    );
  }
});

describe('registry.login: shipped', () => {
  const yaml = settings('citest', 'registry: { login: shipped }\n');
  const env = { ...JENKINS, REGISTRY_USERNAME: 'robot', REGISTRY_PASSWORD: 'pa55 word$(x)' };

  test.each([JENKINS, ROLLBACK])(
    'writes the credentials beside the scripts, and nowhere else: %j',
    async (build) => {
      const cwd = await project(yaml);
      const { stdout, stderr } = await gen(cwd, [], { ...env, ...build });
      expect(await text(cwd, 'release', 'registry.credentials')).toBe('robot\npa55 word$(x)\n');
      for (const name of await list(cwd, 'release')) {
        if (name !== 'registry.credentials') expect(await text(cwd, 'release', name)).not.toContain('pa55');
      }
      expect(stdout + stderr).not.toContain('pa55');
    },
  );

  test('names both variables when both are missing', async () => {
    const { stderr } = await gen(await project(yaml), []);
    expect(stderr).toMatch(/REGISTRY_USERNAME.*\n(.*\n)*.*REGISTRY_PASSWORD/);
  });

  test('refuses a line break without showing the value', async () => {
    const { status, stderr } = await gen(await project(yaml), [], {
      ...env,
      REGISTRY_PASSWORD: 'pa55\nword',
    });
    expect(status).toBe(2);
    expect(stderr).toContain('REGISTRY_PASSWORD');
    expect(stderr).not.toContain('pa55');
  });

  test('another login takes the file away', async () => {
    const cwd = await project(yaml);
    await gen(cwd, [], env);
    await writeFile(join(cwd, 'gen-scripts.yml'), settings());
    await gen(cwd, [], env);
    expect(await list(cwd, 'release')).toEqual(ALL);
  });
});

describe('the folder for the scripts', () => {
  test.each(['.', '..', '../'])('--out %s would mix them with the project: refused', async (out) => {
    const cwd = await project();
    await writeFile(join(cwd, 'build.sh'), 'mine');
    await writeFile(join(cwd, 'auto.sh'), 'mine too');
    const { status, stderr } = await gen(cwd, ['--out', out]);
    expect(status).toBe(2);
    expect(stderr).toContain('GS004');
    expect(await list(cwd)).toEqual(['auto.sh', 'build.sh', 'gen-scripts.yml']);
  });

  test('may be an absolute path outside of the project', async () => {
    const [cwd, out] = [await project(), await folderWith()];
    expect((await gen(cwd, ['--out', out])).status).toBe(0);
    expect(await list(out)).toEqual(ALL);
  });

  test('that cannot be written is a problem with its path', async () => {
    const cwd = await project();
    await mkdir(join(cwd, 'release', 'repull.sh'), { recursive: true });
    const { status, stderr } = await gen(cwd, []);
    expect(status).toBe(2);
    expect(stderr).toMatch(/release\/repull\.sh.*GS003/);
  });
});

describe('in Jenkins', () => {
  const yaml = settings('citest', PUBLISH);

  test.each([{ JENKINS_URL: 'http://jenkins/' }, { JOB_NAME: 'citest' }])(
    'ends with what the SSH step must contain: %j',
    async (more) => {
      const { stderr } = await gen(await project(yaml), [], { ...JENKINS, ...more });
      expect(stderr).toContain(`  Source files      release/*
  Remove prefix     release
  Remote directory  citest
  Exec command      sh /srv/deploy/citest/auto.sh --build $BUILD_NUMBER </dev/null
  Exec timeout (ms) 1200000
`);
    },
  );

  test('says what is missing when the root is not known', async () => {
    const { stderr } = await gen(await project(), [], { ...JENKINS, JENKINS_URL: 'http://jenkins/' });
    expect(stderr).toContain('set publish.remoteRoot to see it here');
  });

  test('elsewhere it does not', async () => {
    expect((await gen(await project(yaml), [])).stderr).not.toContain('Exec command');
  });
});

describe('render --manifest', () => {
  const IN_JENKINS = { ...JENKINS, JENKINS_URL: 'http://jenkins/' };

  test('prints the manifests as one JSON array, in the order of --config, and no SSH step', async () => {
    const cwd = await folderWith({
      'web.yml': settings('web', PUBLISH),
      'api.yml': settings('api', PUBLISH),
    });
    const argv = ['render', '--manifest', '--config', 'web.yml', '--config', 'api.yml'];
    const { status, stdout, stderr } = await gen(cwd, argv, IN_JENKINS);
    expect({ status, stderr }).toEqual({ status: 0, stderr: expect.not.stringContaining('Exec command') });
    const files = ['web', 'api'].map((app) => text(cwd, 'release', app, 'manifest.json'));
    const written = (await Promise.all(files)).map((file) => JSON.parse(file));
    expect(JSON.parse(stdout)).toEqual(written);
    expect(written).toMatchObject([
      { app: 'web', folder: 'release/web', publish: { app: 'web', sourceFiles: 'release/web/*' } },
      { app: 'api', folder: 'release/api', publish: { app: 'api', removePrefix: 'release/api' } },
    ]);
  });

  test('one app is an array too', async () => {
    const { stdout } = await gen(await project(settings('citest', PUBLISH)), ['--manifest']);
    expect(JSON.parse(stdout)).toMatchObject([
      {
        folder: 'release',
        publish: {
          execCommand:
            'rm -f /srv/deploy/citest/outcome; sh /srv/deploy/citest/auto.sh --build $BUILD_NUMBER </dev/null; ' +
            'sh /srv/deploy/citest/rollback.sh --outcome $? >/srv/deploy/citest/outcome </dev/null',
          execTimeout: 1_200_000,
        },
      },
    ]);
  });

  test('without the root of the server there is no command', async () => {
    const { stdout } = await gen(await project(), ['--manifest']);
    expect(JSON.parse(stdout)).toMatchObject([{ publish: { execCommand: '', fetchCommand: '' } }]);
  });

  test('prints nothing when nothing was written', async () => {
    const cwd = await project(settings('citest', 'stopTimeout: 9m\n'));
    expect(await gen(cwd, ['--manifest'])).toMatchObject({ status: 2, stdout: '' });
  });
});

test('the manifest tells where every value came from', async () => {
  const cwd = await project();
  await gen(cwd, []);
  const manifest = await readFile(join(cwd, 'release', 'manifest.json'), 'utf8');
  expect(manifest).toContain('gen-scripts.yml:1:');
  expect(manifest).toContain('BUILD_NUMBER');
});

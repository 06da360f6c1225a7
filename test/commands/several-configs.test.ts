import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { configsOf } from '../../src/commands/configs.js';
import { cleanUp, folderWith, gen, list, settings } from './support.js';

afterAll(cleanUp);

async function project(files: Readonly<Record<string, string>>): Promise<string> {
  const cwd = await folderWith();
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(cwd, name)), { recursive: true });
    await writeFile(join(cwd, name), text);
  }
  return cwd;
}

const APPS = {
  'apps/web.yml': settings('web'),
  'apps/api.yml': settings('api'),
  'apps/.hidden.yml': settings('hidden'),
  'apps/api/settings.yml': settings('inner'),
  'apps/web/settings.yml': settings('outer'),
  'apps/notes.txt': '',
};

describe('a pattern for --config', () => {
  test.each([
    { given: ['apps/*.yml'], want: ['apps/api.yml', 'apps/web.yml'] },
    { given: ['./apps/*.yml'], want: ['apps/api.yml', 'apps/web.yml'] },
    { given: ['apps/.*.yml'], want: ['apps/.hidden.yml'] },
    { given: ['apps/*/settings.yml'], want: ['apps/api/settings.yml', 'apps/web/settings.yml'] },
    { given: ['a??s/we?.yml'], want: ['apps/web.yml'] },
    { given: ['apps/web.yml', 'apps/a*.yml'], want: ['apps/web.yml', 'apps/api.yml'] },
    { given: ['apps/[aw]*.yml'], want: ['apps/[aw]*.yml'] },
    { given: ['no/*.yml'], want: ['no/*.yml'] },
    { given: [], want: ['gen-scripts.yml'] },
  ])('$given', async ({ given, want }) => {
    expect(await configsOf(given, await project(APPS))).toEqual(want);
  });

  test('a file that is really called that is that file', async () => {
    const cwd = await project({ 'a*.yml': settings('one'), 'ab.yml': settings('two') });
    expect(await configsOf(['a*.yml'], cwd)).toEqual(['a*.yml']);
  });

  test('an absolute one', async () => {
    const cwd = await project(APPS);
    expect(await configsOf([join(cwd, 'apps/w*.yml')], '/')).toEqual([join(cwd, 'apps/web.yml')]);
  });

  test('each app of it has a folder of its own', async () => {
    const cwd = await project(APPS);
    expect((await gen(cwd, ['render', '--config', 'apps/*.yml'])).status).toBe(0);
    expect(await list(cwd, 'release')).toEqual(['api', 'web']);
  });

  test('validate and lint know it as well', async () => {
    const cwd = await project(APPS);
    const argv = ['--config', 'apps/*.yml'];
    const { stderr } = await gen(cwd, ['validate', ...argv]);
    expect(stderr).toContain('apps/api.yml, apps/web.yml: ok');
    const lint = await gen(cwd, ['lint', '--format', 'json', ...argv], {
      SHELLCHECK_BIN: '/no/such/program',
    });
    expect(lint.stderr).toContain('in 10 scripts');
  });

  test('no such file: a problem, and a stale auto.sh goes', async () => {
    const cwd = await project(APPS);
    await gen(cwd, ['render', '--config', 'apps/*.yml']);
    const { status, stderr } = await gen(cwd, ['render', '--config', 'app/*.yml']);
    expect(status).toBe(2);
    expect(stderr).toContain(
      'app/*.yml: the config file cannot be read (no file has a name like this) [GS020]',
    );
    expect(await list(cwd, 'release', 'web')).not.toContain('auto.sh');
  });
});

describe('when configs are wrong', () => {
  const WRONG = {
    'apps/a.yml': settings('a'),
    'apps/b.yml': 'app: -b\nimage: team/b\n',
    'apps/c.yml': settings('c', 'health: { timeout: soon }\n'),
  };

  test.each(['render', 'validate', 'lint'])('%s: each is named, and nothing is written', async (command) => {
    const cwd = await project(WRONG);
    const { status, stdout, stderr } = await gen(cwd, [command, '--config', 'apps/*.yml']);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^apps\/b\.yml:1:6: app: "-b": .*\[GS031\]$/m);
    expect(stderr).toMatch(/^apps\/c\.yml:3:\d+: health\.timeout: "soon": .*\[GS\d+\]$/m);
    expect(await list(cwd)).toEqual(['apps']);
  });
});

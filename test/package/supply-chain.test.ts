import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';

const execute = promisify(execFile);
const read = async (name: string) => JSON.parse(await readFile(name, 'utf8'));

/** Packages that bring an install script, and why everything works without it. */
const NOT_NEEDED: Readonly<Record<string, string>> = {
  '@parcel/watcher': 'comes with a binary for each platform; nothing here watches files',
  esbuild: 'the script only swaps its launcher for the binary, which comes as a package of its own',
  'unrs-resolver': 'the script only looks for the binary, which comes as a package of its own',
};

test('users get no package but this one', async () => {
  const { dependencies, optionalDependencies, peerDependencies, bundleDependencies } =
    await read('package.json');
  expect([dependencies, optionalDependencies, peerDependencies, bundleDependencies]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test('the lock file is committed, and names each package with its checksum', async () => {
  await execute('git', ['ls-files', '--error-unmatch', 'package-lock.json']);
  const { name, version, packages } = await read('package-lock.json');
  const own = await read('package.json');
  expect({ name, version }).toEqual({ name: own.name, version: own.version });
  const entries = Object.entries<{ integrity?: string; dev?: boolean }>(packages).filter(
    ([path]) => path !== '',
  );
  expect(entries.filter(([, { integrity }]) => !integrity?.startsWith('sha512-'))).toEqual([]);
});

test('packages are installed without running anything of theirs', async () => {
  expect((await readFile('.npmrc', 'utf8')).split('\n')).toContain('ignore-scripts=true');
  const { stdout } = await execute('npm', ['config', 'get', 'ignore-scripts']);
  expect(stdout.trim()).toBe('true');
  const { packages } = await read('package-lock.json');
  const scripted = Object.entries<{ hasInstallScript?: boolean }>(packages).filter(
    ([, found]) => found.hasInstallScript,
  );
  const names = scripted.map(([path]) => path.replace(/^.*node_modules\//, ''));
  expect([...new Set(names)].sort()).toEqual(Object.keys(NOT_NEEDED).sort());
});

test('npm audit has nothing at any level for what users get', async () => {
  const { stdout } = await execute('npm', ['audit', '--omit=dev', '--json']);
  const { metadata } = JSON.parse(stdout);
  expect(metadata.vulnerabilities.total).toBe(0);
  expect(metadata.dependencies.prod).toBe(1);
}, 60_000);

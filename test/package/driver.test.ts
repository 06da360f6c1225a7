import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { cleanUp, folderWith } from '../commands/support.js';

afterAll(cleanUp);

/** A project with one package that is not installed, and an npm that does what it is told. */
async function project(npm: string): Promise<string> {
  const lock = JSON.stringify({
    packages: { '': {}, 'node_modules/left': { version: '1.0.0' }, 'node_modules/mac': { optional: true } },
  });
  const root = await folderWith({ 'package-lock.json': lock });
  for (const folder of ['scripts', 'bin', 'test/real']) await mkdir(join(root, folder), { recursive: true });
  await copyFile('scripts/test.mjs', join(root, 'scripts', 'test.mjs'));
  await writeFile(join(root, 'bin', 'npm'), `#!/bin/sh\n${npm}\n`);
  await chmod(join(root, 'bin', 'npm'), 0o755);
  return root;
}

function drive(root: string, ...argv: string[]): Promise<{ status: number; stdout: string; stderr: string }> {
  const env = { PATH: `${join(root, 'bin')}:${process.env.PATH}` };
  return new Promise((done) => {
    execFile(
      process.execPath,
      [join(root, 'scripts', 'test.mjs'), ...argv],
      { env },
      (error, stdout, stderr) => {
        done({ status: error === null ? 0 : Number(error.code), stdout, stderr });
      },
    );
  });
}

const INSTALL = `mkdir -p node_modules/left
echo '{"packages":{"node_modules/left":{"version":"1.0.0"}}}' >node_modules/.package-lock.json
echo "npm $1"`;

test('packages that cannot be installed are one clear failure', async () => {
  const { status, stdout, stderr } = await drive(await project('exit 1'));
  expect(status).toBe(1);
  expect(stderr).toContain('`npm ci` needs the npm registry');
  expect(stdout.trimEnd().split('\n').at(-1)).toBe('0 passed, 1 failed');
});

test('installs once, and --real adds up what the real tests say', async () => {
  const root = await project(INSTALL);
  await writeFile(
    join(root, 'test', 'real', 'run.mjs'),
    "console.log(process.argv[2] + '\\n3 passed, 0 failed, 2 skipped')",
  );
  const first = await drive(root, '--real', 'only-this');
  expect(first.stdout).toContain('\nnpm ci\n');
  expect(first.stdout).toMatch(/\nonly-this\n[\s\S]*\n3 passed, 0 failed, 2 skipped\n$/);
  expect(first.status).toBe(0);
  expect((await drive(root, '--real')).stdout).not.toContain('npm ci');
});

test.each([
  ["console.log('3 passed, 1 failed'); process.exitCode = 1", '3 passed, 1 failed'],
  ["console.log('3 passed, 0 failed'); process.exitCode = 1", '3 passed, 1 failed'],
  ["throw new Error('broken')", '0 passed, 1 failed'],
])('a real run that fails is never a success: %s', async (script, last) => {
  const root = await project(INSTALL);
  await writeFile(join(root, 'test', 'real', 'run.mjs'), script);
  const { status, stdout } = await drive(root, '--real');
  expect(status).toBe(1);
  expect(stdout.trimEnd().split('\n').at(-1)).toBe(last);
});

test('checks that cannot run fail, each by its name', async () => {
  const { status, stdout } = await drive(await project(INSTALL));
  expect(status).toBe(1);
  expect(stdout).toMatch(/^FAILED {2}types$/m);
  expect(stdout.trimEnd().split('\n').at(-1)).toBe('0 passed, 5 failed');
});

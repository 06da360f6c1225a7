import { chmod, lstat, mkdir, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { writeReleases } from '../../src/output/release.js';
import {
  credentialsFile,
  manifestFile,
  type ReleaseFile,
  scriptFile,
} from '../../src/output/release-files.js';
import { withdrawAuto } from '../../src/output/withdraw.js';
import { cleanUp, folderWith, list, text } from './support.js';

afterAll(cleanUp);

const rollback = new Map([
  ['manifest.json', manifestFile('{"generator":{"name":"gen-scripts"}}\n')],
  ['rollback.sh', scriptFile('rollback\n')],
  ['auto.sh', scriptFile('rollback\n')],
]);
const deploy = new Map([
  ...rollback,
  ['build.sh', scriptFile('build\n')],
  ['repull.sh', scriptFile('repull\n')],
  ['auto.sh', scriptFile('repull\n')],
]);

function write(folder: string, files: ReadonlyMap<string, ReleaseFile>): string[] {
  return writeReleases(new Map([[folder, () => files]]));
}

async function out(): Promise<string> {
  return join(await folderWith(), 'release');
}

describe('writeReleases', () => {
  test('writes every file with its mode, whatever the umask', async () => {
    const folder = await out();
    const old = process.umask(0o077);
    try {
      write(folder, new Map([...deploy, ['registry.credentials', credentialsFile('ci', 's3cret')]]));
    } finally {
      process.umask(old);
    }
    const modes = (await list(folder)).map(async (name) => [
      name,
      ((await stat(join(folder, name))).mode & 0o777).toString(8),
    ]);
    expect(Object.fromEntries(await Promise.all(modes))).toEqual({
      'auto.sh': '755',
      'build.sh': '755',
      'manifest.json': '644',
      'registry.credentials': '600',
      'repull.sh': '755',
      'rollback.sh': '755',
    });
    expect(await text(folder, 'registry.credentials')).toBe('ci\ns3cret\n');
  });

  test('leaves exactly the files of this mode, and what is not ours', async () => {
    const folder = await out();
    write(folder, new Map([...deploy, ['registry.credentials', credentialsFile('ci', 's3cret')]]));
    await writeFile(join(folder, 'notes.txt'), 'mine');
    await mkdir(join(folder, 'other'));
    write(folder, rollback);
    expect(await list(folder)).toEqual(['auto.sh', 'manifest.json', 'notes.txt', 'other', 'rollback.sh']);
    expect(await text(folder, 'auto.sh')).toBe('rollback\n');
  });

  test('does not touch a file that is right already', async () => {
    const folder = await out();
    write(folder, deploy);
    const past = new Date('2001-01-01T00:00:00Z');
    for (const name of await list(folder)) await utimes(join(folder, name), past, past);
    expect(write(folder, new Map([...deploy, ['repull.sh', scriptFile('newer\n')]]))).toEqual([
      join(folder, 'repull.sh'),
    ]);
    const touched = (await list(folder)).map(async (name) => [
      name,
      (await stat(join(folder, name))).mtime > past,
    ]);
    expect((await Promise.all(touched)).filter(([, newer]) => newer)).toEqual([['repull.sh', true]]);
    expect(write(folder, new Map([...deploy, ['repull.sh', scriptFile('newer\n')]]))).toEqual([]);
  });

  test('corrects a wrong mode', async () => {
    const folder = await out();
    write(folder, deploy);
    await chmod(join(folder, 'auto.sh'), 0o644);
    expect(write(folder, deploy)).toEqual([join(folder, 'auto.sh')]);
    expect((await stat(join(folder, 'auto.sh'))).mode & 0o777).toBe(0o755);
  });

  test('replaces symbolic links instead of writing through them', async () => {
    const folder = await out();
    await mkdir(folder);
    const victim = join(folder, '..', 'victim');
    await writeFile(victim, 'precious');
    for (const name of ['auto.sh', 'repull.sh', 'build.sh', '.repull.sh.tmp'])
      await symlink(victim, join(folder, name));
    write(folder, deploy);
    expect(await text(victim)).toBe('precious');
    expect((await lstat(join(folder, 'repull.sh'))).isSymbolicLink()).toBe(false);
    expect(await list(folder)).toEqual([...deploy.keys()].sort());
  });

  test('writes into the target of a symlinked folder', async () => {
    const root = await folderWith();
    await mkdir(join(root, 'disk'));
    await symlink(join(root, 'disk'), join(root, 'release'));
    write(join(root, 'release'), rollback);
    expect(await list(root, 'disk')).toEqual(['auto.sh', 'manifest.json', 'rollback.sh']);
  });

  test('a folder with the name of one of the files: nothing changes in any app', async () => {
    const root = await folderWith();
    await mkdir(join(root, 'b', 'repull.sh'), { recursive: true });
    const both = new Map([
      [join(root, 'a'), () => deploy],
      [join(root, 'b'), () => deploy],
    ]);
    expect(() => writeReleases(both)).toThrow(expect.objectContaining({ exitCode: 2 }));
    expect(await list(root)).toEqual(['b']);
    expect(await list(root, 'b')).toEqual(['repull.sh']);
  });

  test('a file in place of the folder is a problem of the user', async () => {
    const root = await folderWith({ release: 'a file' });
    expect(() => write(join(root, 'release'), deploy)).toThrow(expect.objectContaining({ exitCode: 2 }));
    expect(await text(root, 'release')).toBe('a file');
  });
});

describe('withdrawAuto', () => {
  test('takes auto.sh from the folder and from app folders that are ours', async () => {
    const root = await out();
    write(root, deploy);
    write(join(root, 'api'), deploy);
    await mkdir(join(root, 'theirs'));
    await writeFile(join(root, 'theirs', 'auto.sh'), 'not ours');
    expect(await withdrawAuto(root)).toEqual([join(root, 'auto.sh'), join(root, 'api', 'auto.sh')]);
    expect(await list(root, 'theirs')).toEqual(['auto.sh']);
    expect(await list(root, 'api')).toEqual(['build.sh', 'manifest.json', 'repull.sh', 'rollback.sh']);
  });

  test('has nothing to do where there is nothing', async () => {
    expect(await withdrawAuto(await out())).toEqual([]);
  });
});

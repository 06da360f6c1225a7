import { lstat, readdir, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { inParallel } from '../parallel.js';
import { AUTO, MANIFEST } from './release-files.js';

/**
 * Takes auto.sh out of `out` and out of the app folders in it: the named ones, and every one that we made in an
 * earlier run (a broken config cannot tell its app's name). What is left cannot be executed by a constant command.
 * @param keep app folders to leave alone
 * @returns the paths that were removed
 */
export async function withdrawAuto(out: string, keep: readonly string[] = []): Promise<string[]> {
  const removed: string[] = [];
  for (const folder of [out, ...(await appFolders(out, keep))]) {
    if (!keep.includes(folder) && (await removeAuto(folder))) removed.push(join(folder, AUTO));
  }
  return removed;
}

async function removeAuto(folder: string): Promise<boolean> {
  const path = join(folder, AUTO);
  const stat = await lstat(path).catch(() => undefined);
  if (stat === undefined || stat.isDirectory()) return false;
  await unlink(path);
  return true;
}

/** A process may have 1024 files open, and what cannot be opened would pass for somebody else's. */
const FILES_AT_ONCE = 32;

/** The folders directly in `out` that hold a release of ours. @param except what need not be looked at */
export async function appFolders(out: string, except: readonly string[] = []): Promise<string[]> {
  const entries = await readdir(out, { withFileTypes: true }).catch(() => []);
  const known = new Set(except);
  const folders = entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(out, name))
    .filter((folder) => !known.has(folder));
  const ours = await inParallel(folders, FILES_AT_ONCE, hasOurManifest);
  return folders.filter((_, index) => ours[index]);
}

/** A folder without it may hold scripts of the same names that are somebody else's. */
export async function hasOurManifest(folder: string): Promise<boolean> {
  try {
    const manifest: unknown = JSON.parse(await readFile(join(folder, MANIFEST), 'utf8'));
    return (manifest as { generator?: { name?: unknown } } | null)?.generator?.name === 'gen-scripts';
  } catch {
    return false;
  }
}

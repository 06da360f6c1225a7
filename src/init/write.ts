import { lstat, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileProblem } from '../output/file-problem.js';
import type { ReleaseFile } from '../output/release-files.js';
import { writeNew } from '../output/replace.js';
import { UserError } from '../problems/problem.js';

/** @throws UserError naming every file that is there already */
export async function checkAbsent(folder: string, names: readonly string[]): Promise<void> {
  const present = await Promise.all(names.map((name) => exists(join(folder, name))));
  const problems = names
    .filter((_, index) => present[index])
    .map((name) => ({ code: 'GS009', source: name }));
  if (problems.length > 0) throw new UserError(problems);
}

/** A dangling link exists too: whoever made it wants to keep it. */
async function exists(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined)) !== undefined;
}

/** All of them or, as far as it can be told beforehand, none. */
export async function writeFiles(folder: string, files: ReadonlyMap<string, ReleaseFile>): Promise<void> {
  const places = [...files].map(([name, file]) => ({
    file,
    path: join(folder, name),
    staged: `${join(folder, name)}.tmp`,
  }));
  try {
    for (const { path, staged, file } of places) {
      await mkdir(dirname(path), { recursive: true });
      writeNew(staged, file);
    }
    for (const { staged, path } of places) await rename(staged, path);
  } catch (error) {
    for (const { staged } of places) await rm(staged, { force: true });
    throw fileProblem(error);
  }
}

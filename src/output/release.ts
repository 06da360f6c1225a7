import { join } from 'node:path';
import { fileProblem } from './file-problem.js';
import { RELEASE_FILES, type ReleaseFile } from './release-files.js';
import { type Change, discardStaged, planFolder, replaceFiles, stageFiles } from './replace.js';

/** Folder -> file name -> content: everything one run ships, one folder an app. */
export type Releases = ReadonlyMap<string, ReadonlyMap<string, ReleaseFile>>;

/**
 * Makes each folder hold exactly the given files among ours; foreign files stay. Everything is written beside its
 * place first, so that a full disk or a missing permission leaves every folder as it was.
 * @returns paths that were written or removed; empty when all was up to date
 * @throws UserError when a folder or file cannot be written
 */
export async function writeReleases(releases: Releases): Promise<string[]> {
  const changes: Change[] = [];
  try {
    for (const [folder, files] of releases) changes.push(await planFolder(folder, RELEASE_FILES, files));
    for (const change of changes) await stageFiles(change);
    await replaceFiles(changes);
  } catch (error) {
    for (const change of changes) await discardStaged(change);
    throw fileProblem(error);
  }
  return changes.flatMap(({ folder, changed, stale }) =>
    [...changed, ...stale].map((name) => join(folder, name)),
  );
}

import { join } from 'node:path';
import { fileProblem } from './file-problem.js';
import { RELEASE_FILES, type ReleaseFile } from './release-files.js';
import { type Change, discardStaged, planFolder, replaceFiles, stageFiles } from './replace.js';

/**
 * Folder -> what makes its files (name -> content): everything one run ships, one folder an app. Made when they are written: the
 * scripts of a thousand apps would fill the memory.
 */
export type Releases = ReadonlyMap<string, () => ReadonlyMap<string, ReleaseFile>>;

/**
 * Makes each folder hold exactly the given files among ours; foreign files stay. Everything is written beside its
 * place first, so that a full disk or a missing permission leaves every folder as it was.
 * @returns paths that were written or removed; empty when all was up to date
 * @throws UserError when a folder or file cannot be written
 */
export function writeReleases(releases: Releases): string[] {
  const changes: Change[] = [];
  try {
    for (const [folder, makeFiles] of releases) {
      const files = makeFiles();
      const change = planFolder(folder, RELEASE_FILES, files);
      changes.push(change);
      stageFiles(change, files);
    }
    replaceFiles(changes);
  } catch (error) {
    for (const change of changes) discardStaged(change);
    throw fileProblem(error);
  }
  return changes.flatMap(({ folder, changed, stale }) =>
    [...changed, ...stale].map((name) => join(folder, name)),
  );
}

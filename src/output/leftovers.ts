import { rmdir } from 'node:fs/promises';
import { appFolders, hasOurManifest } from './withdraw.js';

/**
 * Folders with a release of ours that this run does not write: one app went straight into `out` before and there are
 * several now, or the other way round, or an app left the job. A job that runs every build.sh would still build them.
 * @param written absolute paths, as `out` is
 */
export async function findLeftovers(out: string, written: readonly string[]): Promise<string[]> {
  const ours = [...((await hasOurManifest(out)) ? [out] : []), ...(await appFolders(out, written))];
  return ours.filter((folder) => !written.includes(folder));
}

/** Once they are emptied. What somebody else put into one keeps it. */
export async function removeEmpty(folders: readonly string[]): Promise<void> {
  for (const folder of folders) await rmdir(folder).catch(() => undefined);
}

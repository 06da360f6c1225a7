import { lstat, mkdir, open, readFile, rename, rm, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { AUTO, type ReleaseFile } from './release-files.js';

/** What has to happen in one folder; both lists are names of files. */
export interface Change {
  readonly folder: string;
  readonly files: ReadonlyMap<string, ReleaseFile>;
  readonly changed: readonly string[];
  /** Ours, there, and not part of this release. */
  readonly stale: readonly string[];
  /** The first folder that had to be made, to be taken away again when staging fails. */
  made?: string | undefined;
}

/** Compares a folder with what it should hold; `names` are all that may be touched. Changes nothing. */
export async function planFolder(
  folder: string,
  names: readonly string[],
  files: ReadonlyMap<string, ReleaseFile>,
): Promise<Change> {
  const changed: string[] = [];
  const stale: string[] = [];
  for (const name of names) {
    const wanted = files.get(name);
    const found = await inspect(join(folder, name));
    if (wanted === undefined) {
      if (found !== 'absent') stale.push(name);
    } else if (found === 'absent' || found === 'other' || !sameFile(found, wanted)) {
      changed.push(name);
    }
  }
  return { folder, files, changed, stale };
}

function sameFile(found: ReleaseFile, wanted: ReleaseFile): boolean {
  return found.text === wanted.text && found.mode === wanted.mode;
}

/** `other`: a symbolic link, whatever it points to, or a special file. Replaced or removed, never followed. */
async function inspect(path: string): Promise<ReleaseFile | 'absent' | 'other'> {
  const stat = await lstat(path).catch(absentIsNothing);
  if (stat === undefined) return 'absent';
  if (stat.isDirectory()) throw Object.assign(new Error('is a folder'), { code: 'EISDIR', path });
  if (!stat.isFile()) return 'other';
  return { text: await readFile(path, 'utf8'), mode: stat.mode & 0o7777 };
}

/** Writes the changed files beside their places, under names that no glob for scripts matches. */
export async function stageFiles(change: Change): Promise<void> {
  if (change.changed.length === 0) return;
  change.made = await mkdir(change.folder, { recursive: true });
  for (const name of change.changed) {
    const file = change.files.get(name);
    if (file !== undefined) await writeNew(staged(change.folder, name), file);
  }
}

/** `wx` fails on anything already there, so that a planted link is not written through. */
export async function writeNew(path: string, { text, mode }: ReleaseFile): Promise<void> {
  await unlink(path).catch(absentIsNothing);
  const handle = await open(path, 'wx', mode);
  try {
    await handle.writeFile(text);
    // open() takes the umask off, chmod does not.
    await handle.chmod(mode);
  } finally {
    await handle.close();
  }
}

/** While files are being exchanged no folder has an auto.sh: whoever ships a half-done release ships nothing to run. */
export async function replaceFiles(changes: readonly Change[]): Promise<void> {
  const busy = changes.filter(({ changed, stale }) => changed.length + stale.length > 0);
  for (const change of busy) await setAutoAside(change);
  for (const { folder, changed, stale } of busy) {
    for (const name of stale.filter(isNotAuto)) await unlink(join(folder, name));
    for (const name of changed.filter(isNotAuto)) await rename(staged(folder, name), join(folder, name));
  }
  for (const change of busy) await bringAutoBack(change);
}

async function setAutoAside({ folder, files, changed }: Change): Promise<void> {
  const auto = join(folder, AUTO);
  const unchanged = files.has(AUTO) && !changed.includes(AUTO);
  await (unchanged ? rename(auto, staged(folder, AUTO)) : unlink(auto)).catch(absentIsNothing);
}

async function bringAutoBack({ folder, files }: Change): Promise<void> {
  if (files.has(AUTO)) await rename(staged(folder, AUTO), join(folder, AUTO));
}

export async function discardStaged({ folder, changed, made }: Change): Promise<void> {
  for (const name of [...changed, AUTO]) await rm(staged(folder, name), { force: true });
  if (made !== undefined) await rm(made, { recursive: true, force: true });
}

function staged(folder: string, name: string): string {
  return join(folder, `.${name}.tmp`);
}

function isNotAuto(name: string): boolean {
  return name !== AUTO;
}

function absentIsNothing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined;
  throw error;
}

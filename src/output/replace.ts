import {
  closeSync,
  fchmodSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { AUTO, type ReleaseFile } from './release-files.js';

// Nothing else happens meanwhile, and for thousands of small files waiting for each costs more than the file (docs/decisions/0025-benchmarks.md).

/** What has to happen in one folder; both lists are names of files. */
export interface Change {
  readonly folder: string;
  /** Whether it will have one. */
  readonly hasAuto: boolean;
  readonly changed: readonly string[];
  /** Ours, there, and not part of this release. */
  readonly stale: readonly string[];
  /** The first folder that had to be made, to be taken away again when staging fails. */
  made?: string | undefined;
}

/** Compares a folder with what it should hold; `names` are all that may be touched. Changes nothing. */
export function planFolder(
  folder: string,
  names: readonly string[],
  files: ReadonlyMap<string, ReleaseFile>,
): Change {
  const changed: string[] = [];
  const stale: string[] = [];
  for (const name of names) {
    const wanted = files.get(name);
    const found = inspect(join(folder, name));
    if (wanted === undefined) {
      if (found !== 'absent') stale.push(name);
    } else if (found === 'absent' || found === 'other' || !sameFile(found, wanted)) {
      changed.push(name);
    }
  }
  return { folder, hasAuto: files.has(AUTO), changed, stale };
}

function sameFile(found: ReleaseFile, wanted: ReleaseFile): boolean {
  return found.text === wanted.text && found.mode === wanted.mode;
}

/** `other`: a symbolic link, whatever it points to, or a special file. Replaced or removed, never followed. */
function inspect(path: string): ReleaseFile | 'absent' | 'other' {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return 'absent';
  if (stat.isDirectory()) throw Object.assign(new Error('is a folder'), { code: 'EISDIR', path });
  if (!stat.isFile()) return 'other';
  return { text: readFileSync(path, 'utf8'), mode: stat.mode & 0o7777 };
}

/** Writes the changed files beside their places, under names that no glob for scripts matches. */
export function stageFiles(change: Change, files: ReadonlyMap<string, ReleaseFile>): void {
  if (change.changed.length === 0) return;
  change.made = mkdirSync(change.folder, { recursive: true });
  for (const name of change.changed) {
    const file = files.get(name);
    if (file !== undefined) writeNew(staged(change.folder, name), file);
  }
}

/** `wx` fails on anything already there, so that a planted link is not written through. */
export function writeNew(path: string, { text, mode }: ReleaseFile): void {
  const file = openNew(path, mode);
  try {
    writeFileSync(file, text);
    // open() takes the umask off, chmod does not.
    fchmodSync(file, mode);
  } finally {
    closeSync(file);
  }
}

/** What an earlier run left under this name is in the way once. */
function openNew(path: string, mode: number): number {
  try {
    return openSync(path, 'wx', mode);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    unlinkSync(path);
    return openSync(path, 'wx', mode);
  }
}

/** While files are being exchanged no folder has an auto.sh: whoever ships a half-done release ships nothing to run. */
export function replaceFiles(changes: readonly Change[]): void {
  const busy = changes.filter(({ changed, stale }) => changed.length + stale.length > 0);
  for (const change of busy) setAutoAside(change);
  for (const { folder, changed, stale } of busy) {
    for (const name of stale.filter(isNotAuto)) unlinkSync(join(folder, name));
    for (const name of changed.filter(isNotAuto)) renameSync(staged(folder, name), join(folder, name));
  }
  for (const change of busy) bringAutoBack(change);
}

function setAutoAside({ folder, hasAuto, changed }: Change): void {
  const auto = join(folder, AUTO);
  if (lstatSync(auto, { throwIfNoEntry: false }) === undefined) return;
  if (hasAuto && !changed.includes(AUTO)) renameSync(auto, staged(folder, AUTO));
  else unlinkSync(auto);
}

function bringAutoBack({ folder, hasAuto }: Change): void {
  if (hasAuto) renameSync(staged(folder, AUTO), join(folder, AUTO));
}

export function discardStaged({ folder, changed, made }: Change): void {
  for (const name of [...changed, AUTO]) rmSync(staged(folder, name), { force: true });
  if (made !== undefined) rmSync(made, { recursive: true, force: true });
}

function staged(folder: string, name: string): string {
  return join(folder, `.${name}.tmp`);
}

function isNotAuto(name: string): boolean {
  return name !== AUTO;
}

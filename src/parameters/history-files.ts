import { normalisePath } from './values/volumes.js';

/** What the scripts put behind the name of a history for the files that they keep beside it; `.work` is a folder. */
const ENDINGS = ['', '.journal', '.out', '.out.1', '.swap', '.next', '.lock', '.work'] as const;

/** Every path that the history at `file` owns on the host. */
export function historyFiles(file: string): string[] {
  const path = normalisePath(file);
  return ENDINGS.map((ending) => `${path}${ending}`);
}

/** The folder that it owns with everything in it. */
export function historyFolder(file: string): string {
  return `${normalisePath(file)}.work`;
}

/** Whether `path` is one of those, or lies in the folder among them. */
export function belongsToHistory(path: string, file: string): boolean {
  const wanted = normalisePath(path);
  return historyFiles(file).some((owned) => wanted === owned) || wanted.startsWith(`${historyFolder(file)}/`);
}

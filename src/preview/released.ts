import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileProblem } from '../output/file-problem.js';
import type { Scripts } from '../scripts/render.js';

/**
 * The scripts that lie in a release folder; one that is not there is left out.
 * @param folder absolute
 * @throws UserError for one that is there and cannot be read
 */
export async function readReleased(folder: string, names: Iterable<string>): Promise<Scripts> {
  const scripts = new Map<string, string>();
  for (const name of names) {
    const text = await readIfThere(join(folder, name));
    if (text !== undefined) scripts.set(name, text);
  }
  return scripts;
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw fileProblem(error);
  }
}

import { isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { reasonOf } from '../output/file-problem.js';
import { UserError } from '../problems/problem.js';
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
    return await readScript(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error instanceof UserError || code === undefined ? error : notReadable(path, reasonOf(code));
  }
}

/** Bytes that are no text would be read as something else than they are, and a difference could be lost. */
async function readScript(path: string): Promise<string> {
  const bytes = await readFile(path);
  if (!isUtf8(bytes)) throw notReadable(path, 'it is not UTF-8');
  return bytes.toString('utf8');
}

function notReadable(path: string, detail: string): UserError {
  return new UserError([{ code: 'GS099', source: path, detail }]);
}

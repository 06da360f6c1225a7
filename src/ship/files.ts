import { readdir } from 'node:fs/promises';

/** Those of the names that are in the folder, in their order. */
export async function existingFiles(folder: string, names: readonly string[]): Promise<string[]> {
  const found = new Set(await readdir(folder));
  return names.filter((name) => found.has(name));
}

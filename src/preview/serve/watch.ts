import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { configsOf } from '../../commands/configs.js';
import { releaseOf, type Sources } from '../gather.js';

/**
 * Says in a word what the page was made from: another word, and it has to be made anew. Files are told by size and time, which is
 * what an editor changes; what lint found and what was rehearsed meanwhile counts as well.
 */
export async function fingerprint(sources: Sources): Promise<string> {
  const { request, surroundings, linting, rehearsals } = sources;
  const { cwd } = surroundings;
  const templates = request.options.templates;
  const files = [
    ...(await configsOf(request.configs, cwd)).map((file) => resolve(cwd, file)),
    ...(templates === undefined ? [] : await filesIn(resolve(cwd, templates))),
    ...(await filesIn(releaseOf(sources))),
    ...['HEAD', 'packed-refs', 'refs/tags', 'index'].map((name) => resolve(cwd, '.git', name)),
  ];
  const facts = await Promise.all(files.map(factsOf));
  return createHash('sha256')
    .update(JSON.stringify([facts, linting.version, rehearsals.version]))
    .digest('hex')
    .slice(0, 16);
}

/** More than these would be no templates of ours. */
const MOST_FILES = 500;

async function filesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  return names.slice(0, MOST_FILES).map((name) => join(folder, name));
}

async function factsOf(file: string): Promise<unknown[]> {
  const found = await stat(file).catch(() => undefined);
  return [file, found?.size, found?.mtimeMs];
}

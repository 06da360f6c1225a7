import { realpath } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { UserError } from '../problems/problem.js';
import { type Environment, explainFailure, type Run, startGit } from './git-run.js';

/** What one commit holds. Paths are those that the user would write in the folder that git was started in. */
export interface Commit {
  readonly id: string;
  /** Whether a path lies in the repository at all. */
  readonly reaches: (path: string) => Promise<boolean>;
  readonly find: (path: string) => Promise<Entry | undefined>;
  /** Every file in a folder and the folders in it, by its path from there on. */
  readonly filesIn: (folder: Entry) => Promise<readonly Entry[]>;
  readonly read: (entry: Entry) => Promise<string>;
}

export interface Entry {
  readonly kind: 'file' | 'link' | 'folder' | 'module';
  readonly object: string;
  readonly path: string;
}

/**
 * @param revision a tag, a branch, an id, whatever git takes for one commit
 * @returns undefined when this is no commit of the repository
 * @throws UserError when git cannot be asked
 */
export async function findCommit(
  revision: string,
  folder: string,
  environment: Environment,
): Promise<Commit | undefined> {
  // To git this would be an option; versions before 2.30 cannot be told otherwise.
  if (revision === '' || revision.startsWith('-') || revision.includes('\0')) return undefined;
  const run = guarded(await startGit(folder, environment));
  const said = await run('rev-parse', '--verify', '--quiet', `${revision}^{commit}`);
  const id = said.trim();
  if (!/^[0-9a-f]{40,64}$/.test(id)) return undefined;
  return {
    id,
    reaches: async (path) => isWithin(await topOf(run, folder), await realPath(resolve(folder, path))),
    find: (path) => find(run, id, folder, path),
    filesIn: ({ object }) => list(run, '-r', '--full-tree', object),
    read: ({ object }) => run('cat-file', 'blob', object),
  };
}

function guarded(run: Run): Run {
  return async (...args) => {
    try {
      return await run(...args);
    } catch (error) {
      const { hint, ...problem } = explainFailure(error);
      // The catalog's hint is about the tag of a build.
      throw new UserError([{ ...problem, hint: hint ?? '--against a file or a folder needs no git' }]);
    }
  };
}

async function topOf(run: Run, folder: string): Promise<string> {
  const top = (await run('rev-parse', '--show-toplevel')).replace(/\n$/, '');
  return top === '' ? folder : top;
}

/** The path goes in behind `--` and begins with a dot, so that it is not taken for an option. */
async function find(run: Run, id: string, folder: string, path: string): Promise<Entry | undefined> {
  // git knows its folder by its real path, so it must be asked from there.
  const way = relative(await realpath(folder), await realPath(resolve(folder, path)));
  if (way !== '') return (await list(run, id, '--', `./${way}`))[0];
  const object = (await run('rev-parse', '--verify', '--quiet', `${id}:./`)).trim();
  return object === '' ? undefined : { kind: 'folder', object, path: '' };
}

async function list(run: Run, ...what: string[]): Promise<Entry[]> {
  const listed = await run('ls-tree', '-z', ...what);
  return listed.split('\0').flatMap((line) => {
    const [, mode = '', object = '', path = ''] = /^(\d+) \w+ ([0-9a-f]+)\t(.+)$/s.exec(line) ?? [];
    return path === '' ? [] : [{ kind: KINDS[mode] ?? 'file', object, path }];
  });
}

const KINDS: Readonly<Record<string, Entry['kind']>> = {
  '040000': 'folder',
  '120000': 'link',
  '160000': 'module',
};

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith('../');
}

/** The file itself may be gone by now, or be a link that the commit has too. */
async function realPath(path: string): Promise<string> {
  const folder = dirname(path);
  return join(await realpath(folder).catch(() => folder), basename(path));
}

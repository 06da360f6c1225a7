import { stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { reasonOf } from '../output/file-problem.js';
import { findLeftovers } from '../output/leftovers.js';
import { type Commit, findCommit } from '../parameters/git-commit.js';
import { readReleased } from '../preview/released.js';
import { type Problem, UserError } from '../problems/problem.js';
import type { Scripts } from '../scripts/render.js';
import { outOf } from './out.js';
import type { Compared } from './preview-diff.js';
import { renderAt } from './render-at.js';
import { isSelected, SCRIPT_NAMES, selectScripts } from './selected.js';

/** What the scripts of this build are compared with. */
export interface Baseline {
  /** In the words of the user. */
  readonly name: string;
  /** By the paths that they have in this build. */
  readonly scripts: Scripts;
  /** Where such a path lies in what is compared with. */
  readonly nameOf: (path: string) => string;
  readonly notes: readonly string[];
}

/** @throws UserError when there is nothing to compare with */
export async function findBaseline(compared: Compared): Promise<Baseline> {
  const { request, inputs } = compared;
  const { against } = request.options;
  if (against === undefined) return await folderBaseline(outOf(request), compared);
  if (against === '') throw new UserError([{ code: 'GS026', source: '--against', expected: EXPECTED }]);
  const kind = await kindOf(resolve(inputs.surroundings.cwd, against));
  const commit = isPathOnly(against) ? undefined : await commitOf(against, kind, compared);
  if (kind !== 'none' && commit !== undefined) {
    const hint = `./${against} is the ${kind}, ${against}^0 the commit`;
    throw nothing(against, { detail: `both a ${kind} and a commit have this name`, hint });
  }
  if (commit !== undefined) return await commitBaseline(commit, against, compared);
  if (kind === 'none') throw nothing(against, { expected: EXPECTED, hint: UNKNOWN });
  return kind === 'file' ? await fileBaseline(against, compared) : await namedFolder(against, compared);
}

const EXPECTED = 'a script, a folder of scripts, or a tag, branch or commit of this repository';
const UNKNOWN = 'a shallow clone has few commits and tags: git fetch --tags --unshallow';

type Kind = 'none' | 'file' | 'folder';

async function kindOf(path: string): Promise<Kind> {
  try {
    // A pipe is as good as a file.
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (ABSENT.has(code)) return 'none';
    throw code === '' ? error : nothing(path, { detail: reasonOf(code) });
  }
}

/** As well as what cannot be a path: a NUL, or thousands of characters. */
const ABSENT: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ERR_INVALID_ARG_VALUE']);

/** No name of a commit begins like this. */
function isPathOnly(against: string): boolean {
  return /^\.{0,2}\//.test(against);
}

/** With something of this name at hand, git need not be there. */
async function commitOf(revision: string, kind: Kind, { inputs }: Compared): Promise<Commit | undefined> {
  const { cwd, env } = inputs.surroundings;
  const found = findCommit(revision, cwd, env);
  return await (kind === 'none' ? found : found.catch(() => undefined));
}

/** What lies in the folder, each app where this build would put it, and apps that this build does not have. */
async function folderBaseline(folder: string, { request, inputs, apps }: Compared): Promise<Baseline> {
  const [out, root] = [outOf(request), resolve(inputs.surroundings.cwd, folder)];
  const own = apps.map((app) => resolve(root, relative(out, app.folder)));
  const names = SCRIPT_NAMES.filter((name) => isSelected(name, request.word));
  const scripts = new Map<string, string>();
  for (const place of [...own, ...(await findLeftovers(root, own))]) {
    for (const [name, text] of await readReleased(place, names))
      scripts.set(join(out, relative(root, place), name), text);
  }
  return { name: folder, scripts, nameOf: (path) => join(folder, relative(out, path)), notes: [] };
}

async function namedFolder(folder: string, compared: Compared): Promise<Baseline> {
  const baseline = await folderBaseline(folder, compared);
  if (baseline.scripts.size > 0) return baseline;
  const wanted = compared.scripts.map(({ path }) => relative(outOf(compared.request), path)).join(', ');
  throw nothing(folder, { detail: 'no script in this folder', expected: wanted });
}

async function fileBaseline(file: string, { inputs, scripts }: Compared): Promise<Baseline> {
  const [only] = scripts;
  if (only === undefined || scripts.length > 1) {
    const hint = `name one script of one app: preview repull.sh --against ${file}`;
    throw nothing(file, { detail: `one file, and ${scripts.length} scripts`, hint });
  }
  const path = resolve(inputs.surroundings.cwd, file);
  const text = (await readReleased(dirname(path), [basename(path)])).get(basename(path)) ?? '';
  return { name: file, scripts: new Map([[only.path, text]]), nameOf: () => file, notes: [] };
}

/** The same files of settings make the same apps, whatever they were called then. */
async function commitBaseline(commit: Commit, revision: string, compared: Compared): Promise<Baseline> {
  const { request, inputs, apps } = compared;
  const { rendered, notes } = await renderAt(commit, revision, request, inputs);
  const scripts = rendered.flatMap((app, index) =>
    selectScripts({ ...app, folder: apps[index]?.folder ?? app.folder }, request.word),
  );
  return {
    name: `${revision} (${commit.id.slice(0, 12)})`,
    scripts: new Map(scripts.map(({ path, text }) => [path, text])),
    nameOf: (path) => path,
    notes,
  };
}

function nothing(value: string, facts: Omit<Problem, 'code' | 'source' | 'value'>): UserError {
  return new UserError([{ code: 'GS099', source: '--against', value, ...facts }]);
}

import { join } from 'node:path';
import type { Commit, Entry } from '../parameters/git-commit.js';
import { type Problem, UserError } from '../problems/problem.js';
import { compileTemplate } from '../scripts/compile.js';
import { layOver, templateName } from '../scripts/overrides.js';
import { builtinTemplates, type Template } from '../scripts/templates.js';
import { type Inputs, type RenderedApp, renderApps } from './apps.js';
import type { Request } from './command.js';
import { configsOf } from './configs.js';

/** This build's apps with the settings and templates of a commit. */
export interface RenderedAt {
  readonly rendered: readonly RenderedApp[];
  readonly notes: readonly string[];
}

/**
 * The build, its options and this CLI stay: whatever is different comes from the commit.
 * @param revision how the user calls the commit: files of it are named as git names them, `v1.2.0:gen-scripts.yml`
 * @throws UserError with what is wrong with its files
 */
export async function renderAt(
  commit: Commit,
  revision: string,
  request: Request,
  inputs: Inputs,
): Promise<RenderedAt> {
  const configs = await readConfigs(
    commit,
    revision,
    await configsOf(request.configs, inputs.surroundings.cwd),
  );
  const { templates, notes } = await readTemplates(commit, revision, request.options.templates, inputs);
  const then: Inputs = { ...inputs, templates, readConfig: async (name) => configs.get(name) ?? '' };
  const rendered = await naming(revision, () =>
    renderApps({ ...request, configs: [...configs.keys()] }, then),
  );
  return { rendered, notes };
}

/** Name in messages -> text. */
async function readConfigs(commit: Commit, revision: string, files: readonly string[]) {
  const texts = new Map<string, string>();
  const problems: Problem[] = [];
  for (const file of files) {
    const source = `${revision}:${file}`;
    const found = await findConfig(commit, file);
    if (typeof found !== 'string') texts.set(source, await commit.read(found));
    else problems.push({ code: 'GS020', source, detail: found, hint: HINT });
  }
  if (problems.length > 0) throw new UserError(problems);
  return texts;
}

const HINT = '--against a commit reads the settings as that commit has them, from the same path';

/** Or why there is none. */
async function findConfig(commit: Commit, file: string): Promise<Entry | string> {
  if (!(await commit.reaches(file))) return 'it lies outside the repository';
  const entry = await commit.find(file);
  if (entry === undefined) return 'no such file in this commit';
  return entry.kind === 'file' ? entry : `it is a ${WORDS[entry.kind]} in this commit`;
}

const WORDS = { link: 'symbolic link', folder: 'folder', module: 'submodule' } as const;

type Templates = Pick<Inputs, 'templates'> & Pick<RenderedAt, 'notes'>;

/** A folder that the commit does not have yet, or that no commit has, is said: ours, or those of now, are used then. */
async function readTemplates(
  commit: Commit,
  revision: string,
  folder: string | undefined,
  { templates }: Inputs,
): Promise<Templates> {
  const builtin = builtinTemplates();
  if (folder === undefined) return { templates: builtin, notes: [] };
  if (!(await commit.reaches(folder)))
    return {
      templates,
      notes: [`${folder} lies outside the repository: its templates are used on both sides`],
    };
  const found = await commit.find(folder);
  const source = `${revision}:${folder}`;
  if (found === undefined)
    return {
      templates: builtin,
      notes: [`${revision} has no folder ${folder}: our own templates are used for it`],
    };
  if (found.kind !== 'folder') throw notATemplate(source, found);
  const files = (await commit.filesIn(found)).filter(({ path }) => path.endsWith('.hbs'));
  const overrides = await Promise.all(files.map((file) => readTemplate(commit, source, file)));
  return { templates: layOver(new Map(overrides), builtin, source), notes: [] };
}

async function readTemplate(commit: Commit, source: string, entry: Entry): Promise<[string, Template]> {
  const file = join(source, entry.path);
  if (entry.kind !== 'file') throw notATemplate(file, entry);
  return [templateName(entry.path), compileTemplate({ text: await commit.read(entry), file })];
}

function notATemplate(source: string, { kind }: Entry): UserError {
  const detail =
    kind === 'file' ? 'it is a file, not a folder, in this commit' : `it is a ${WORDS[kind]} in this commit`;
  return new UserError([{ code: 'GS095', source, detail }]);
}

/** A problem of an option or of several files has no name of a file in it: the commit must be said. */
async function naming<T>(revision: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(error.problems.map((problem) => ({ ...problem, source: named(revision, problem) })));
  }
}

function named(revision: string, { source }: Problem): string {
  return source.startsWith(`${revision}:`) ? source : `${revision}: ${source}`;
}

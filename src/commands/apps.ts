import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Surroundings, say } from '../output/terminal.js';
import { toTransfer } from '../output/transfer.js';
import { makeGitReader, type ReadGit } from '../parameters/git.js';
import { imageOf } from '../parameters/image.js';
import { type Resolved, resolveAll } from '../parameters/resolve.js';
import { printable } from '../problems/problem.js';
import { renderManifest } from '../scripts/manifest.js';
import { renderScripts, type Scripts } from '../scripts/render.js';
import { builtinTemplates, type TemplateSet } from '../scripts/templates.js';
import { VERSION } from '../version.js';
import type { Request } from './command.js';
import { configsOf } from './configs.js';
import { outOf } from './out.js';

/** An app of this run with its place in it. */
export interface PlacedApp extends Resolved {
  /** Where its scripts go, as the user named it. */
  readonly folder: string;
  /** Of its transfer among those of the run, from 1. */
  readonly turn: number;
  /** One image is built, whatever number of hosts have scripts of their own. */
  readonly isBuiltHere: boolean;
}

/** As it will be shipped. */
export interface RenderedApp extends PlacedApp {
  readonly scripts: Scripts;
  readonly manifest: string;
}

/** What a run reads besides its options: the same for all apps, environments and modes of it. */
export interface Inputs {
  readonly surroundings: Surroundings;
  readonly git: ReadGit;
  readonly templates: TemplateSet;
  /** @param file as messages name it; rejects with a system error when it cannot be read */
  readonly readConfig: (file: string) => Promise<string>;
}

/** @throws UserError when a template of the user cannot be used */
export async function readInputs({ options }: Request, surroundings: Surroundings): Promise<Inputs> {
  const { cwd, env } = surroundings;
  const templates = await readTemplates(options.templates, cwd);
  const readConfig = async (file: string) => readFileSync(resolve(cwd, file), 'utf8');
  return { surroundings, git: remember(makeGitReader(cwd, env)), templates, readConfig };
}

async function readTemplates(folder: string | undefined, cwd: string): Promise<TemplateSet> {
  if (folder === undefined) return builtinTemplates();
  const { readTemplateOverrides } = await import('../scripts/overrides.js');
  return readTemplateOverrides(resolve(cwd, folder), builtinTemplates());
}

/** The repository does not change while we look at it, and every question starts git several times. */
function remember(git: ReadGit): ReadGit {
  const known = new Map<string, ReturnType<ReadGit>>();
  return (match, tag = '') => {
    const question = `${match}\n${tag}`;
    const reading = known.get(question) ?? git(match, tag);
    known.set(question, reading);
    return reading;
  };
}

/** @throws UserError with every problem of every app */
export async function resolveApps(
  request: Request,
  { surroundings, git, readConfig }: Inputs,
): Promise<Resolved[]> {
  return await resolveAll({
    flags: request.options,
    environment: surroundings.env,
    configs: await configsOf(request.configs, surroundings.cwd),
    readConfig,
    git,
  });
}

export async function placeApps(request: Request, inputs: Inputs): Promise<PlacedApp[]> {
  const apps = await resolveApps(request, inputs);
  const out = outOf(request);
  const builders = new Map(apps.toReversed().map((app) => [app.config, app]));
  return apps.map((app, index) => ({
    ...app,
    folder: join(out, folderOf(app, builders.size === 1)),
    turn: index + 1,
    isBuiltHere: builders.get(app.config) === app,
  }));
}

/**
 * One app goes straight into the folder for the scripts, several get a folder of their own in it; and so does each host that
 * has scripts of its own. No app has an @ in its name.
 */
function folderOf({ parameters: { app }, host }: Resolved, isAlone: boolean): string {
  if (isAlone) return host;
  return host === '' ? app : `${app}@${host}`;
}

export function renderApp(app: PlacedApp, { templates }: Inputs): RenderedApp {
  const { parameters, sources, folder, turn, hosts, isBuiltHere } = app;
  const all = renderScripts(parameters, templates, VERSION);
  const scripts = isBuiltHere ? all : new Map([...all].filter(([name]) => name !== 'build.sh'));
  const { app: name, publish } = parameters;
  const image = imageOf(parameters);
  const transfer = toTransfer({ app: name, image, folder, publish, order: turn, hosts });
  const shipping = { version: VERSION, folder, transfer, hosts };
  const manifest = renderManifest(parameters, sources, scripts, shipping);
  return { ...app, scripts, manifest };
}

/** All at once, for whoever looks at all of them. */
export async function renderApps(request: Request, inputs: Inputs): Promise<RenderedApp[]> {
  return (await placeApps(request, inputs)).map((app) => renderApp(app, inputs));
}

export async function sayNotices(apps: readonly Resolved[], surroundings: Surroundings): Promise<void> {
  const notices = new Set(apps.flatMap((app) => app.notices));
  for (const notice of notices) await say(surroundings, `note: ${printable(notice)}`);
}

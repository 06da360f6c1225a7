import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type RenderedApp, readInputs, renderApps } from '../commands/apps.js';
import type { Request } from '../commands/command.js';
import { configsOf, readEnvironments } from '../commands/configs.js';
import { outOf } from '../commands/out.js';
import type { Surroundings } from '../output/terminal.js';
import { readRefs } from '../parameters/git.js';
import { distinctProblems, type Problem, UserError } from '../problems/problem.js';
import type { TracedScript } from '../scripts/origins.js';
import { builtinTemplates, type TemplateSet } from '../scripts/templates.js';
import { traceScripts } from '../scripts/trace.js';
import { VERSION } from '../version.js';
import { highlight, type Token } from './highlight.js';
import type { Linting } from './linting.js';
import { remember } from './memory.js';
import { type AppFacts, viewApp } from './page/app-view.js';
import { applyForm, type BuildForm } from './page/build-form.js';
import { viewConfig } from './page/config-view.js';
import type { ConfigView, PreviewModel } from './page/model.js';
import type { Playable, Rehearsals } from './rehearsals.js';
import { readReleased } from './released.js';

/** What a page is made from: as a command line was given, and what is found out in the background. */
export interface Sources {
  readonly request: Request;
  readonly surroundings: Surroundings;
  readonly linting: Linting;
  readonly rehearsals: Rehearsals;
}

/** What was read for a page, before it is shown. */
export interface Gathered {
  readonly model: PreviewModel;
  readonly playables: readonly Playable[];
  /** What lint may look at, by path. */
  readonly scripts: ReadonlyMap<string, TracedScript>;
}

/** The request as the form has it. */
export function withForm({ request, surroundings, ...rest }: Sources, form: BuildForm): Sources {
  const { options, environment } = applyForm(form, request.options, surroundings.env);
  return {
    ...rest,
    request: { ...request, options: options as Request['options'] },
    surroundings: { ...surroundings, env: environment },
  };
}

/** Reads everything anew: settings and templates may have been edited. */
export async function gather(sources: Sources, build: BuildForm): Promise<Gathered> {
  const { request, surroundings, linting, rehearsals } = sources;
  const { apps, problems, templates } = await tryToRender(request, surroundings);
  const traced = apps.map((app) => traceScripts(app.parameters, templates, VERSION));
  const scripts = new Map(apps.flatMap((app, index) => byPath(app, traced[index] ?? new Map())));
  const playables = apps.map((app) => ({ app, templates }));
  const facts = await Promise.all(
    apps.map(
      async (app, index): Promise<AppFacts> => ({
        ...app,
        scripts: traced[index] ?? new Map(),
        released: await readReleased(resolve(surroundings.cwd, app.folder), SCRIPTS),
        findings: linting.findingsOf(scripts),
        rehearsal: rehearsals.viewOf({ app, templates }),
      }),
    ),
  );
  const model = {
    build,
    tags: await readRefs(['refs/tags'], surroundings.cwd, surroundings.env),
    environments: [...(await readEnvironments(request.configs, surroundings.cwd)).keys()],
    apps: facts.map((fact, index) => viewApp(index, fact, highlightAgain)),
    problems,
    notices: [...new Set(apps.flatMap(({ notices }) => notices))],
    configs: await viewConfigs(request, surroundings, problems),
    linter: linting.nameFor(scripts),
  };
  return { model, playables, scripts };
}

/** Those that a release may have; auto.sh repeats one of them. */
const SCRIPTS = ['build.sh', 'repull.sh', 'rollback.sh'];

/** A change of the form changes a few lines of a script: the sections of our templates are coloured each by itself, once. */
function highlightAgain(script: string): Token[][] {
  return script.split(/^(?=# --- )/m).flatMap(highlightSection);
}

const highlightSection = remember(highlight, 300);

interface Rendering {
  readonly apps: readonly RenderedApp[];
  readonly problems: readonly Problem[];
  readonly templates: TemplateSet;
}

async function tryToRender(request: Request, surroundings: Surroundings): Promise<Rendering> {
  try {
    const inputs = await readInputs(request, surroundings);
    return { apps: await renderApps(request, inputs), problems: [], templates: inputs.templates };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { apps: [], problems: distinctProblems(error.problems), templates: builtinTemplates() };
  }
}

function byPath(
  { folder }: RenderedApp,
  scripts: ReadonlyMap<string, TracedScript>,
): [string, TracedScript][] {
  return [...scripts]
    .filter(([name]) => name !== 'auto.sh')
    .map(([name, script]) => [`${folder}/${name}`, script]);
}

async function viewConfigs(
  { configs }: Request,
  { cwd }: Surroundings,
  problems: readonly Problem[],
): Promise<ConfigView[]> {
  const files = await configsOf(configs, cwd);
  return Promise.all(
    files.map(async (file, index) => {
      const text = await readFile(resolve(cwd, file), 'utf8').catch(() => undefined);
      return viewConfig(`c${index}`, file, text, problems);
    }),
  );
}

/** The folder that everything is compared with and a watch looks at. */
export function releaseOf({ request, surroundings }: Sources): string {
  return resolve(surroundings.cwd, outOf(request));
}

import type { Surroundings } from '../output/terminal.js';
import type { Mode } from '../parameters/parameters.js';
import type { Resolved } from '../parameters/resolve.js';
import { type Problem, UserError } from '../problems/problem.js';
import type { TracedScript } from '../scripts/origins.js';
import type { TemplateSet } from '../scripts/templates.js';
import { traceScripts } from '../scripts/trace.js';
import { VERSION } from '../version.js';
import { type Inputs, type PlacedApp, placeApps, resolveApps } from './apps.js';
import type { Request } from './command.js';
import { readEnvironments } from './configs.js';

/** What one kind of build in one environment gets. */
export interface Variant {
  /** `deploy`, `rollback in staging` */
  readonly name: string;
  /** How many scripts that is, auto.sh not counted. */
  readonly count: number;
  /** Of one app after the other, each rendered when it is asked for: those of a thousand apps would fill the memory. */
  scripts(): Iterable<VariantScript>;
}

/** A script with its path and where each of its lines comes from. */
export interface VariantScript extends TracedScript {
  readonly path: string;
}

const MODES: readonly Mode[] = ['deploy', 'manual', 'rollback'];

/** What Jenkins would set; `deploy` is a build that CTRL_BUILD says nothing about. */
const CTRL_BUILD: Readonly<Record<Mode, string>> = { deploy: '', manual: 'true', rollback: 'false' };

/**
 * Every mode in every environment, or in the one that is named. Needs neither Jenkins nor a git repository.
 * @throws UserError before anything is rendered
 */
export async function planVariants(request: Request, inputs: Inputs): Promise<Variant[]> {
  const variants: Variant[] = [];
  for (const { name, request: narrowed } of await perEnvironment(request, inputs.surroundings)) {
    for (const mode of MODES) {
      const apps = await placeApps(narrowed, asBuild(inputs, mode));
      variants.push({
        name: name === '' ? mode : `${mode} in ${name}`,
        count: apps.length * (mode === 'rollback' ? 1 : 3),
        scripts: () => scriptsOf(apps, inputs.templates),
      });
    }
  }
  return variants;
}

function* scriptsOf(apps: readonly PlacedApp[], templates: TemplateSet): Iterable<VariantScript> {
  for (const { folder, parameters } of apps)
    for (const [name, script] of traceScripts(parameters, templates, VERSION))
      yield { ...script, path: `${folder}/${name}` };
}

export interface EnvironmentApps {
  readonly name: string;
  readonly apps: readonly Resolved[];
}

/**
 * The apps as each environment has them, or as the one that is named has them.
 * @throws UserError with the problems of all environments
 */
export async function resolveEnvironments(request: Request, inputs: Inputs): Promise<EnvironmentApps[]> {
  const checked: EnvironmentApps[] = [];
  const problems: Problem[] = [];
  for (const { name, request: narrowed } of await perEnvironment(request, inputs.surroundings)) {
    try {
      checked.push({ name, apps: await resolveApps(narrowed, inputs) });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new UserError(problems);
  return checked;
}

/** One request an environment, for the files that know it; the settings without any environment come first. */
async function perEnvironment(request: Request, { cwd, env }: Surroundings) {
  const named = request.options.env ?? env.GEN_SCRIPTS_ENV ?? '';
  if (named !== '') return [{ name: named, request }];
  const others = [...(await readEnvironments(request.configs, cwd))];
  return [
    { name: '', request },
    ...others.map(([name, configs]) => ({
      name,
      request: { ...request, configs, options: { ...request.options, env: name } },
    })),
  ];
}

/** A build of this kind. What the checkout happens to be tagged with must not decide what is linted. */
function asBuild(inputs: Inputs, mode: Mode): Inputs {
  const { gitlabSourceBranch: _, BUILD_NUMBER, GIT_TAG, TAG_NAME, ...rest } = inputs.surroundings.env;
  const tag = GIT_TAG || TAG_NAME || 'v1.0.0';
  const env = { ...rest, CTRL_BUILD: CTRL_BUILD[mode], BUILD_NUMBER: BUILD_NUMBER || '1', GIT_TAG: tag };
  return { ...inputs, surroundings: { ...inputs.surroundings, env } };
}

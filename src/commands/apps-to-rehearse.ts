import { join } from 'node:path';
import type { Parameters } from '../parameters/parameters.js';
import { UserError } from '../problems/problem.js';
import { NOWHERE, relocate } from '../rehearsal/relocate.js';
import type { Rehearsal, RehearsedScript } from '../rehearsal/report/rehearsal.js';
import type { Scripts } from '../scripts/render.js';
import { type Inputs, type RenderedApp, renderApps } from './apps.js';
import type { Request } from './command.js';
import { type GivenApp, readGivenScripts } from './given-scripts.js';
import { REHEARSE } from './options.js';

/** An app of a rehearsal: rendered now, or as it lies there. */
export interface AppToRehearse {
  readonly parameters: Parameters;
  readonly scripts: Scripts;
  readonly title: string;
  readonly notes: readonly string[];
  readonly shown: Rehearsal['scripts'];
}

/** @throws UserError */
export async function appsToRehearse(request: Request, inputs: Inputs): Promise<AppToRehearse[]> {
  const apps = await readApps(request, inputs);
  for (const { parameters } of apps) refuseSwarm(parameters);
  return apps;
}

async function readApps(request: Request, inputs: Inputs): Promise<AppToRehearse[]> {
  if (request.files.length === 0) return chooseHosts(await renderApps(request, inputs), request);
  refuseSettings(request);
  return (await readGivenScripts(request.files, inputs.surroundings.cwd)).map(fromGiven);
}

/**
 * What a rehearsal promises is said in words of one host's containers.
 * @throws UserError
 */
export function refuseSwarm({ app, engine }: Parameters): void {
  if (engine !== 'swarm') return;
  const detail = `${app} has engine: swarm, and scenes are played for engine: docker only`;
  throw new UserError([
    { code: 'GS078', source: 'rehearse', detail, hint: 'docs/swarm.md says how its scripts are tested' },
  ]);
}

/** Hosts with values of their own have much the same scripts: the first of them stands for all, unless every fault is wanted. */
function chooseHosts(apps: readonly RenderedApp[], { switches }: Request): AppToRehearse[] {
  if (switches.has('thorough')) return apps.map(fromRendered);
  return apps
    .filter(({ isBuiltHere }) => isBuiltHere)
    .map((app) => {
      const others = apps.filter(({ config }) => config === app.config).length - 1;
      const note = `the scripts of ${app.host}; --thorough rehearses those of the other ${others} hosts as well, rehearse FOLDER one of them`;
      const chosen = fromRendered(app);
      return others === 0 ? chosen : { ...chosen, notes: [...chosen.notes, note] };
    });
}

/** Scripts that are there already have their settings in them. */
function refuseSettings({ options, configs }: Request): void {
  const allowed = [...Object.keys(REHEARSE), 'templates'];
  const others = Object.keys(options).filter((name) => !allowed.includes(name));
  const given = [...others, ...(configs.length > 0 ? ['config'] : [])];
  if (given.length === 0) return;
  const expected = 'none of these beside files: their manifest says how they were made';
  throw new UserError(given.map((name) => ({ code: 'GS002', source: `--${name}`, expected })));
}

/** build.sh runs on the agent: it has no part in this. And auto.sh is one of the two. */
export function fromRendered({ parameters, scripts, folder }: RenderedApp): AppToRehearse {
  const shown = [...scripts].filter(([name]) => name !== 'build.sh' && name !== 'auto.sh');
  return {
    ...{ parameters, scripts, title: titleOf(parameters), notes: [] },
    shown: shown.map(([name, text]) => show(join(folder, name), text)),
  };
}

function fromGiven({ parameters, scripts, folder, name, notes }: GivenApp): AppToRehearse {
  const shown = [...scripts.values()].map((text) => show(join(folder, name), text));
  return { parameters, scripts, title: titleOf(parameters), notes, shown };
}

function show(path: string, text: string): RehearsedScript {
  const { moved, sha256 } = relocate(text, NOWHERE);
  return { path, moved, sha256 };
}

function titleOf({ app, mode, image, tag, jenkins }: Parameters): string {
  const build = jenkins.buildNumber === '' ? '' : ` (build ${jenkins.buildNumber})`;
  return `${mode === 'rollback' ? `rollback of ${app}` : `deploy of ${image}:${tag}`}${build}`;
}

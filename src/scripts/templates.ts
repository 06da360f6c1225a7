import type Handlebars from 'handlebars';
import runtime from 'handlebars/runtime';
import * as common from './templates-common.js';
import * as docker from './templates-docker.js';
import * as swarm from './templates-swarm.js';

/** A template's text, and the file to name when something is wrong with it. */
export interface TemplateText {
  readonly text: string;
  readonly file: string;
}

/** One that can be rendered. */
export interface Template extends TemplateText {
  readonly delegate: TemplateDelegate;
}

export type TemplateDelegate = Handlebars.TemplateDelegate;

/** By name: `docker/repull`, `docker/partials/lock`, `common/partials/tools`. */
export type TemplateSet = ReadonlyMap<string, Template>;

/** The templates that ship with gen-scripts. */
export function builtinTemplates(): TemplateSet {
  const engines = Object.entries({ common, docker, swarm });
  return new Map(
    engines.flatMap(([name, { scripts, partials }]) => [
      ...entries(name, scripts),
      ...entries(`${name}/partials`, partials),
    ]),
  );
}

/**
 * What an engine's scripts are made of, by the names without a folder: `repull`, `partials/lock`. What engines share lies in
 * common, and an engine's own of the same name goes before it.
 */
export function templatesOf(templates: TemplateSet, engine: string): TemplateSet {
  const inFolder = (folder: string) =>
    [...templates]
      .filter(([name]) => name.startsWith(`${folder}/`))
      .map(([name, template]) => [name.slice(folder.length + 1), template] as const);
  return new Map([...inFolder('common'), ...inFolder(engine)]);
}

type Compiled = typeof common.scripts.build;

function entries(folder: string, templates: Readonly<Record<string, Compiled>>): [string, Template][] {
  return Object.entries(templates).map(([name, { text, spec }]) => {
    const path = `${folder}/${name}`;
    return [path, { text, file: `templates/${path}.hbs`, delegate: runtime.template(spec) }];
  });
}

import runtime from 'handlebars/runtime';
import type { Parameters } from '../parameters/parameters.js';
import { buildContext, type HostScript, hostContext } from './context.js';
import { quoteComment, quoteShell } from './quote.js';
import { swarmContext } from './swarm-context.js';
import { type TemplateSet, templatesOf } from './templates.js';

/** File name (`repull.sh`) to text. */
export type Scripts = ReadonlyMap<string, string>;

/**
 * Renders one build's scripts. Pure: the same parameters, templates and version give the same bytes.
 * `build.sh` and `repull.sh` are left out of a rollback; `auto.sh` is byte for byte the script that the mode runs.
 */
export function renderScripts(parameters: Parameters, templates: TemplateSet, version: string): Scripts {
  const engine = engineFor(templates, parameters.engine);
  const contextOf = parameters.engine === 'swarm' ? swarmContext : hostContext;
  const host = (script: HostScript) => engine(script, contextOf(script, parameters, version));
  const scripts = new Map<string, string>();
  const rollback = host('rollback');
  if (parameters.mode === 'rollback') {
    return scripts.set('rollback.sh', rollback).set('auto.sh', rollback);
  }
  const repull = host('repull');
  return scripts
    .set('build.sh', engine('build', buildContext(parameters, version)))
    .set('repull.sh', repull)
    .set('rollback.sh', rollback)
    .set('auto.sh', repull);
}

type Engine = (name: string, context: object) => string;

/** Of a thousand apps, which have the same templates. */
const known = new WeakMap<TemplateSet, Map<string, Engine>>();

function engineFor(templates: TemplateSet, name: string): Engine {
  const engines = known.get(templates) ?? new Map<string, Engine>();
  known.set(templates, engines);
  const engine = engines.get(name) ?? engineOf(templates, name);
  engines.set(name, engine);
  return engine;
}

/** Nothing of it is shared with others, so that nobody else's helpers or partials can reach a script. */
function engineOf(templates: TemplateSet, engine: string): Engine {
  const handlebars = runtime.create();
  handlebars.registerHelper('sh', (value: unknown) =>
    [value]
      .flat()
      .map((word) => quoteShell(String(word)))
      .join(' '),
  );
  handlebars.registerHelper('comment', (value: unknown) => quoteComment(String(value)));
  const own = templatesOf(templates, engine);
  for (const [name, { delegate }] of own) {
    const partial = name.split('partials/')[1];
    if (partial) handlebars.registerPartial(partial, delegate);
  }
  const { helpers, partials } = handlebars;
  return (name, context) => {
    const template = own.get(name);
    if (!template) throw new Error(`no template ${engine}/${name}`);
    return template.delegate(context, { helpers, partials });
  };
}

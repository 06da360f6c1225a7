import Handlebars from 'handlebars';
import type { Parameters } from '../parameters/parameters.js';
import { buildContext, type HostScript, hostContext } from './context.js';
import { markTemplate, readMarks, type TracedScript } from './origins.js';
import { quoteComment, quoteShell } from './quote.js';
import type { Template, TemplateSet } from './templates.js';

/** File name (`repull.sh`) to text. */
export type Scripts = ReadonlyMap<string, string>;

/**
 * Renders one build's scripts. Pure: the same parameters, templates and version give the same bytes.
 * `build.sh` and `repull.sh` are left out of a rollback; `auto.sh` is byte for byte the script that the mode runs.
 */
export function renderScripts(parameters: Parameters, templates: TemplateSet, version: string): Scripts {
  return renderBy(
    compile(templates, parameters.engine, ({ text }) => text),
    parameters,
    version,
  );
}

/** The same scripts, and of each line the template's line that it comes from. */
export function traceScripts(
  parameters: Parameters,
  templates: TemplateSet,
  version: string,
): ReadonlyMap<string, TracedScript> {
  const marked = renderBy(compile(templates, parameters.engine, markTemplate), parameters, version);
  return new Map([...marked].map(([name, text]) => [name, readMarks(text)]));
}

type Engine = (name: string, context: object) => string;

function renderBy(engine: Engine, parameters: Parameters, version: string): Scripts {
  const host = (script: HostScript) => engine(script, hostContext(script, parameters, version));
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

/**
 * A Handlebars of its own, so that nobody else's helpers or partials can reach a script.
 * @param read a template's text, or its syntax tree
 */
function compile(
  templates: TemplateSet,
  engine: string,
  read: (template: Template) => string | hbs.AST.Program,
): Engine {
  const handlebars = Handlebars.create();
  handlebars.registerHelper('sh', (value: unknown) =>
    [value]
      .flat()
      .map((word) => quoteShell(String(word)))
      .join(' '),
  );
  handlebars.registerHelper('comment', (value: unknown) => quoteComment(String(value)));
  for (const [name, template] of templates) {
    const partial = name.split(`${engine}/partials/`)[1];
    if (partial) handlebars.registerPartial(partial, handlebars.compile(read(template), OPTIONS));
  }
  return (name, context) => {
    const template = templates.get(`${engine}/${name}`);
    if (!template) throw new Error(`no template ${engine}/${name}`);
    return handlebars.compile(read(template), OPTIONS)(context);
  };
}

/** Escaping for HTML would damage every quote: values pass through `sh` or `comment` instead. */
const OPTIONS = { noEscape: true, strict: true, preventIndent: true };

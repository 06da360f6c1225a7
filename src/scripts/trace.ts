import type { Parameters } from '../parameters/parameters.js';
import { compileTemplate } from './compile.js';
import { markTemplate, readMarks, type TracedScript } from './origins.js';
import { renderScripts } from './render.js';
import type { TemplateSet } from './templates.js';

/** The scripts as `renderScripts` gives them, and of each line the template's line that it comes from. */
export function traceScripts(
  parameters: Parameters,
  templates: TemplateSet,
  version: string,
): ReadonlyMap<string, TracedScript> {
  const marked = known.get(templates) ?? markAll(templates);
  known.set(templates, marked);
  return new Map(
    [...renderScripts(parameters, marked, version)].map(([name, text]) => [name, readMarks(text)]),
  );
}

/** Of many apps, which have the same templates. */
const known = new WeakMap<TemplateSet, TemplateSet>();

function markAll(templates: TemplateSet): TemplateSet {
  return new Map(
    [...templates].map(([name, template]) => [name, compileTemplate(template, markTemplate(template))]),
  );
}

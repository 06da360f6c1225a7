import type { Finding } from '../../lint/finding.js';
import type { Resolved } from '../../parameters/resolve.js';
import type { TracedScript } from '../../scripts/origins.js';
import type { Scripts } from '../../scripts/render.js';
import { type ShownValue, showValues } from '../../scripts/values.js';
import type { Token } from '../highlight.js';
import { compareScripts } from './changes.js';
import { type FindValue, makeLines } from './lines.js';
import type { AppView, RehearsalView, ScriptView, ValueView } from './model.js';
import { makeRunbook } from './runbook.js';
import { makeNames, type NamesOf } from './value-names.js';

/** What is known of an app of a build before it is shown. */
export interface AppFacts extends Pick<Resolved, 'parameters' | 'sources'> {
  readonly folder: string;
  readonly scripts: ReadonlyMap<string, TracedScript>;
  /** What lies in the folder. */
  readonly released: Scripts;
  readonly findings: readonly Finding[];
  readonly rehearsal: RehearsalView;
}

/** @param index of the app in the run @param highlight of a whole script */
export function viewApp(index: number, facts: AppFacts, highlight: (text: string) => Token[][]): AppView {
  const { parameters, folder, released } = facts;
  const id = `a${index}`;
  const names = makeNames(parameters);
  const own = [...facts.scripts].filter(([name]) => name !== 'auto.sh');
  const values = showValues(facts).map((value, turn) => ({ ...value, id: `${id}-v${turn}` }));
  const scripts = own.map(([name, script]) => ({
    id: `${id}-${name.replace('.sh', '')}`,
    name,
    path: `${folder}/${name}`,
    lines: makeLines(
      script,
      highlight(script.text),
      facts.findings.filter(({ file }) => file === `${folder}/${name}`),
      findValueIn(name, names, values),
    ),
  }));
  const places = findPlaces(scripts);
  return {
    ...{ id, app: parameters.app, mode: parameters.mode, image: `${parameters.image}:${parameters.tag}` },
    ...{ scripts, values: values.map((value) => ({ ...value, places: places.get(value.id) ?? [] })) },
    changes: compareScripts(folder, released, new Map(own.map(([name, { text }]) => [name, text]))),
    runbook: makeRunbook(parameters),
    rehearsal: facts.rehearsal,
  };
}

/** The first of the parameters that a value is made of: the table has the others. */
function findValueIn(
  script: string,
  namesOf: NamesOf,
  values: readonly (ShownValue & { readonly id: string })[],
): FindValue {
  const ids = new Map(values.map(({ name, id }) => [name, id]));
  return ({ name, turn }) => {
    const [first] = namesOf(script.replace('.sh', ''), name, turn);
    return first === undefined ? undefined : ids.get(first);
  };
}

/** Value -> where it stands. */
function findPlaces(scripts: readonly ScriptView[]): ReadonlyMap<string, ValueView['places']> {
  const places = new Map<string, ValueView['places']>();
  for (const { name, id, lines } of scripts) {
    for (const { number, pieces } of lines) {
      const here = { script: name, id: `${id}-${number}`, line: number };
      for (const value of new Set(pieces.flatMap((piece) => piece.value ?? [])))
        places.set(value, [...(places.get(value) ?? []), here]);
    }
  }
  return places;
}

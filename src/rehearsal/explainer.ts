import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nameFrom } from '../lint/locate.js';
import { originOf, type TracedScript } from '../scripts/origins.js';
import type { Cell } from './cells.js';
import { type ExplainedStep, type Explanation, explain, type Place } from './explain.js';
import { WITHOUT_FAULT as NONE } from './faults.js';
import type { RehearsalHost } from './rehearsal-host.js';
import type { Rehearsed } from './rehearsed.js';
import { NOWHERE, relocate } from './relocate.js';
import { callOf } from './scene.js';
import type { Stage } from './stage.js';

/** These call docker for everybody: who called them is what counts. */
const HELPERS = ['query', 'change', 'insist', 'rename_to', 'define_container'];

/** Finds out where in which template a violation came about. */
export class Explainer {
  constructor(
    private readonly rehearsed: Rehearsed,
    private readonly host: RehearsalHost,
    private readonly stage: Stage<RehearsalHost>,
  ) {}

  /** @param violation as the stage words it: `SCENARIO: FAULT, then ...: what it is` */
  explain(cell: Pick<Cell, 'fault' | 'spec' | 'name'> | undefined, violation: string): Explanation {
    const [place = ''] = violation.slice(this.stage.scenario.name.length + 2).split(': ');
    const then = /, then .*$/.exec(place)?.[0] ?? '';
    const steps = this.stage.trace(cell ?? { fault: NONE, spec: '' }, then);
    const script = readFileSync(join(this.host.inbox, 'auto.sh'), 'utf8');
    const traced = this.rehearsed.origins(relocate(script, NOWHERE).sha256);
    const placed = steps.map((step) => this.#place(step, script.split('\n'), traced));
    const struck = then === '' && cell !== undefined ? callOf(cell) : 0;
    return explain(violation.split('\n')[0] ?? '', placed, struck);
  }

  #place(step: ExplainedStep, script: readonly string[], traced: TracedScript | undefined): ExplainedStep {
    const places = step.lines.map((line): Place => {
      const text = (script[line - 1] ?? '').trim();
      const from = traced && originOf(traced, line, 1);
      const template = from && { ...from, file: nameFrom(process.cwd(), from.file) };
      return { line, text, ...(template ? { template } : {}) };
    });
    const place = places.find(({ line }) => !HELPERS.includes(functionAt(script, line))) ?? places[0];
    return place === undefined ? step : { ...step, place };
  }
}

/** Empty outside of any. */
function functionAt(script: readonly string[], line: number): string {
  const heads = script.slice(0, line).map((text) => /^(\w+)\(\) \{/.exec(text)?.[1]);
  return heads.findLast((name) => name !== undefined) ?? '';
}

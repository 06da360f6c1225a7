import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TemplateSet } from '../../src/scripts/templates.js';
import { Host, type Run } from '../support/host.js';
import type { Shell } from '../support/shells.js';
import { FAULTS, type Fault, withFault } from './faults.js';
import { allowedAfter, bystandersOf, checkHost, type Findings, type Promise_ } from './invariants.js';
import { forget, type Scenario, type State } from './scenarios.js';
import { likenessOf, putBack, type Snapshot, takeSnapshot } from './snapshot.js';

/** One fault at one call of one scenario. */
export interface Cell {
  readonly fault: Fault;
  /** Number of the docker call, from 1. */
  readonly at: number;
}

export interface CellResult {
  readonly runs: number;
  /** Cells whose host was left as another cell left it, so that what follows is known. */
  readonly alike: number;
  readonly checks: number;
  readonly violations: readonly string[];
}

/** A scenario on a host of its own, which is put back to where it began before each cell. */
export class Stage {
  readonly #host: Host;
  readonly #begin: Snapshot;
  readonly #bystanders: string;
  readonly #options;
  readonly #followed = new Set<string>();
  /** docker calls of the scenario without a fault. */
  readonly calls: number;
  readonly dry: CellResult;

  constructor(
    readonly scenario: Scenario,
    shell: Shell,
    templates?: TemplateSet,
  ) {
    this.#host = templates === undefined ? new Host(shell) : new Host(shell, templates);
    scenario.prepare(this.#host);
    scenario.ship(this.#host);
    forget(this.#host);
    this.#begin = takeSnapshot(this.#host.folder);
    this.#bystanders = bystandersOf(this.#host);
    this.#options = { args: ['--build', String(scenario.build)] };
    const before = this.#host.calls().length;
    const run = this.#host.run(this.#options);
    this.calls = this.#host
      .calls()
      .slice(before)
      .filter((line) => line.includes(' docker ')).length;
    this.dry = this.#judge('without a fault', '', run, allowedAfter(scenario, undefined), {
      retain: scenario.retain,
    });
  }

  /** All of them, fault by fault. */
  cells(): Cell[] {
    return FAULTS.flatMap((fault) =>
      Array.from({ length: this.calls }, (_, index) => ({ fault, at: index + 1 })),
    );
  }

  /** Every call and every fault once, by turns: enough to see whether a shell does it another way. */
  sample(): Cell[] {
    const length = Math.max(this.calls, FAULTS.length);
    return Array.from({ length }, (_, index) => ({
      fault: FAULTS[index % FAULTS.length] as Fault,
      at: (index % this.calls) + 1,
    }));
  }

  /** The run with its fault, then, each from there: the same once more, and what an operator would do next. */
  run({ fault, at }: Cell): CellResult {
    const { scenario } = this;
    putBack(this.#host.folder, this.#begin);
    const run = this.#host.run(withFault(fault, at, this.#options));
    rmSync(join(this.#host.folder, 'sim', 'full'), { force: true });
    const name = `${fault.name} at call ${at}`;
    const first = this.#judge(name, '', run, allowedAfter(scenario, fault), {
      isInterrupted: scenario.isInterrupted,
      isSilent: fault.through !== undefined,
    });
    const after = takeSnapshot(this.#host.folder);
    const likeness = likenessOf(after);
    if (this.#followed.has(likeness)) return { ...first, alike: 1 };
    this.#followed.add(likeness);
    scenario.ship(this.#host);
    const again = this.#host.run(this.#options);
    const second = this.#judge(name, ', then the same', again, new Map([[scenario.code, [scenario.wanted]]]));
    putBack(this.#host.folder, after);
    return sum([first, second, this.#goOn(name)]);
  }

  remove(): void {
    this.#host.remove();
  }

  /** After a deploy a rollback, after a rollback a deploy, of the next build. */
  #goOn(name: string): CellResult {
    const { before, kind } = this.scenario;
    const history = this.#host.versions();
    if (kind === 'rollback') {
      const serving = this.scenario.wanted.history.join() === history.join() ? this.scenario.wanted : before;
      const run = this.scenario.deployNext(this.#host);
      return this.#judge(name, ', then a deploy', run, new Map([[0, deployed(before, serving)]]));
    }
    const run = this.scenario.rollBackNext(this.#host);
    const first = [{ serves: undefined, history: [] }, this.scenario.wanted];
    const allowed: Promise_['allowed'] =
      before.serves === undefined ? new Map([[13, first]]) : new Map([[0, [before]]]);
    return this.#judge(name, ', then a rollback', run, allowed);
  }

  #judge(
    name: string,
    then: string,
    run: Run,
    allowed: Promise_['allowed'],
    special: Partial<Promise_> = {},
  ): CellResult {
    const usual = { retain: undefined, isInterrupted: false, isSilent: false };
    const promise = { ...usual, allowed, bystanders: this.#bystanders, ...special };
    const { checks, violations }: Findings = checkHost(this.#host, run, promise);
    const place = `${this.scenario.name}: ${name}${then}: `;
    return {
      runs: 1,
      alike: 0,
      checks,
      violations: violations.map((text) => `${place}${text}\n${indent(run.output)}`),
    };
  }
}

function deployed(before: State, serving: State): State[] {
  return [before, serving].map(({ serves, history }) => ({
    serves: 'v5',
    history: serves === undefined ? history : [...history, serves],
  }));
}

export function sum(results: readonly CellResult[]): CellResult {
  return {
    runs: results.reduce((total, { runs }) => total + runs, 0),
    alike: results.reduce((total, { alike }) => total + alike, 0),
    checks: results.reduce((total, { checks }) => total + checks, 0),
    violations: results.flatMap(({ violations }) => violations),
  };
}

function indent(text: string): string {
  return text.trimEnd().replace(/^/gm, '    | ');
}

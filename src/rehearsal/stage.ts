import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Cell, turnBack } from './cells.js';
import type { ExplainedStep } from './explain.js';
import { type Fault, WITHOUT_FAULT } from './faults.js';
import { bystandersOf, checkHost } from './invariants.js';
import {
  type Allowed,
  allowedAfter,
  allowedAfterDeploy,
  allowedAfterRollback,
  allowedAfterTwo,
  type Expectation,
} from './promises.js';
import type { Scenario, State } from './scenario.js';
import type { Run, SimulatedHost } from './simulated-host.js';
import { likenessOf, putBack, type Snapshot, takeSnapshot } from './snapshot.js';
import { lookNow, NOTE_STEPS, readSteps, type Step } from './steps.js';
import { readTrace, tracingShell } from './trace.js';

export interface CellResult {
  readonly runs: number;
  /** Cells whose host was left as another cell left it, so that what follows is known. */
  readonly alike: number;
  readonly checks: number;
  readonly violations: readonly string[];
  readonly ends: readonly End[];
}

/** How a run ended, and what it left. */
export interface End {
  /** The fault, and `, then ...` for a run that came after it. */
  readonly name: string;
  readonly code: number | null;
  readonly state: State;
}

/** Brings a host to where a scenario begins, with its scripts shipped. */
export function prepare<H extends SimulatedHost>(scenario: Scenario<H>, host: H): Snapshot {
  scenario.prepare(host);
  scenario.ship(host);
  rmSync(join(host.folder, 'sim', 'fault-count'), { force: true });
  // Thousands of calls begin from here, and each of them reads it.
  host.sim('compact');
  return takeSnapshot(host.folder);
}

const SAME = ', then the same';
/** A scenario on a host that is its own from now on, and is put back to where it began before each cell. */
export class Stage<H extends SimulatedHost> {
  readonly #host: H;
  readonly #begin: Snapshot;
  /** What nobody may change, by the event that comes after a fault: a power cut stops whose restart policy says so. */
  readonly #bystanders = new Map<Fault['afterwards'], string>();
  #event: Fault['afterwards'];
  readonly #followed = new Set<string>();
  #hasToldOfStage = false;
  /** docker calls of the scenario without a fault. */
  readonly calls: readonly Step[];
  readonly dry: CellResult;
  readonly #parked: Expectation['parked'];

  /** @param begin the host as `prepare` left it; without it, the scenario is prepared now */
  constructor(
    readonly scenario: Scenario<H>,
    host: H,
    begin?: Snapshot,
  ) {
    this.#host = host;
    this.#begin = begin ?? prepare(scenario, host);
    this.#lookAtBystanders(WITHOUT_FAULT);
    putBack(host.folder, this.#begin);
    const [before, after] = scenario.parked;
    this.#parked = { least: Math.min(before, after), most: Number.MAX_SAFE_INTEGER };
    const past = dockerCalls(this.#host).length;
    const run = this.#run(WITHOUT_FAULT, NOTE_STEPS);
    this.calls = readSteps(this.#host, dockerCalls(this.#host).slice(past));
    this.dry = this.#judge('without a fault', '', run, allowedAfter(scenario, undefined), {
      parked: { least: after, most: after },
    });
  }

  /** How many docker calls it makes when the call of this number fails. */
  countCalls(at: number): number {
    putBack(this.#host.folder, this.#begin);
    const before = dockerCalls(this.#host).length;
    this.#run(WITHOUT_FAULT, turnBack(at));
    return dockerCalls(this.#host).length - before;
  }

  /**
   * The run with its fault, then, each from there: the same once more, and what an operator would do next; or only one
   * of them.
   */
  run(cell: Cell, next: 'both' | 'again' | 'on' = 'both'): CellResult {
    const { fault, name } = cell;
    this.#lookAtBystanders(fault);
    putBack(this.#host.folder, this.#begin);
    const run = this.#run(fault, cell.spec);
    this.#hasToldOfStage = run.output.includes('GS171');
    const allowed = cell.isDouble
      ? allowedAfterTwo(this.scenario, fault.isFatal ?? false)
      : allowedAfter(this.scenario, fault);
    const first = this.#judge(name, '', run, allowed, {
      isInterrupted: this.scenario.isInterrupted || cell.isDouble,
      isSilent: fault.name === 'pipe',
      mayRunBoth: this.scenario.runsBoth === true,
      isRival: fault.name === 'rival',
      mayLeaveFiles: fault.isOfFiles === true || cell.isDouble,
      // Where nothing comes back, both are left for the operator.
      attempted: cell.isDouble && this.scenario.kind === 'deploy' ? this.scenario.attempted : undefined,
    });
    const after = takeSnapshot(this.#host.folder);
    const likeness = `${run.code} ${fault.isOfFiles} ${likenessOf(after)}`;
    if (this.#followed.has(likeness)) return { ...first, alike: 1 };
    this.#followed.add(likeness);
    const results = [first];
    if (next !== 'on') results.push(this.#again(name, fault));
    if (next === 'both') putBack(this.#host.folder, after);
    if (next !== 'again') results.push(this.#goOn(name, run, fault));
    return sum(results);
  }

  /**
   * Plays once more the run in which something was violated, by a shell that tells where it is.
   * @param then as in the names of its ends: empty, or the run after the fault
   * @returns its docker calls, and at last what there is at its end
   */
  trace({ fault, spec }: Pick<Cell, 'fault' | 'spec'>, then: string): ExplainedStep[] {
    const shell = tracingShell();
    const host = this.#host;
    const usual = host.shell;
    putBack(host.folder, this.#begin);
    if (then !== '') this.#run(fault, spec);
    const past = dockerCalls(host).length;
    if (then !== '') host.sim('fault', ...NOTE_STEPS.split(' '));
    host.shell = shell ?? usual;
    if (then === '') this.#run(fault, [NOTE_STEPS, spec].filter(Boolean).join(';'));
    else this.#follow(then);
    host.shell = usual;
    const lines = readTrace(host.folder);
    const steps = readSteps(host, dockerCalls(host).slice(past));
    return [...steps, lookNow(host)].map((step, index) => ({ ...step, lines: lines[index] ?? [] }));
  }

  #lookAtBystanders({ afterwards }: Fault): void {
    this.#event = afterwards;
    if (this.#bystanders.has(afterwards)) return;
    putBack(this.#host.folder, this.#begin);
    afterwards?.(this.#host);
    this.#bystanders.set(afterwards, bystandersOf(this.#host));
  }

  #follow(then: string): void {
    if (then === SAME) {
      this.scenario.ship(this.#host);
      this.#run(WITHOUT_FAULT, '');
    } else if (this.scenario.kind === 'deploy') this.scenario.rollBackNext(this.#host);
    else this.scenario.deployNext(this.#host);
  }

  remove(): void {
    this.#host.remove();
  }

  #run(fault: Fault, spec: string): Run {
    const { folder } = this.#host;
    const hook = typeof fault.hook === 'function' ? fault.hook(this.#host) : fault.hook;
    if (hook !== undefined) writeFileSync(join(folder, 'sim', 'hook'), `${hook}\n`);
    const run = this.#host.run({
      args: this.scenario.args,
      env: { SIM_FAULT: spec },
      ...(fault.through ? { through: fault.through } : {}),
    });
    fault.afterwards?.(this.#host);
    if (fault.undo !== undefined)
      spawnSync('sh', ['-c', fault.undo], {
        env: { ...process.env, HOME: folder, SIM_HISTORY: this.#host.history },
        stdio: 'inherit',
      });
    return run;
  }

  #again(name: string, { later }: Fault): CellResult {
    const { code, wanted } = this.scenario;
    this.scenario.ship(this.#host);
    const again = this.#run(WITHOUT_FAULT, '');
    later?.(this.#host);
    return this.#judge(name, SAME, again, new Map([[code, [wanted]]]));
  }

  /** After a deploy a rollback, after a rollback a deploy, of the next build. */
  #goOn(name: string, { code }: Run, fault: Fault): CellResult {
    const { scenario } = this;
    if (scenario.kind === 'deploy') {
      const run = scenario.rollBackNext(this.#host);
      fault.later?.(this.#host);
      const allowed = allowedAfterRollback(scenario, code, fault);
      return this.#judge(name, ', then a rollback', run, allowed, { parked: this.#parkedAfterRollback() });
    }
    const history = this.#host.versions();
    const next = scenario.deployNext(this.#host);
    fault.later?.(this.#host);
    return this.#judge(name, ', then a deploy', next, allowedAfterDeploy(scenario, history, code));
  }

  /** A rollback takes the version of its line from those that are parked. */
  #parkedAfterRollback(): Expectation['parked'] {
    const least = Math.min(this.#parked.least, this.scenario.parked[1] - 1);
    return { ...this.#parked, least: Math.max(0, least) };
  }

  #judge(
    name: string,
    then: string,
    run: Run,
    allowed: Allowed,
    special: Partial<Expectation> = {},
  ): CellResult {
    const usual = {
      parked: this.#parked,
      isInterrupted: false,
      mayRunBoth: false,
      mayLeaveStage: this.#hasToldOfStage,
      isSilent: false,
      mayLeaveFiles: false,
    };
    const given = {
      allowed,
      isRival: false,
      isSwarm: this.scenario.isSwarm === true,
      adoptedPolicy: 'always',
      attempted: undefined,
      bystanders: this.#bystanders.get(this.#event) ?? '',
    };
    const expected = { ...usual, ...given, ...special };
    const { checks, violations, state } = checkHost(this.#host, run, expected);
    const place = `${this.scenario.name}: ${name}${then}: `;
    return {
      ...{ runs: 1, alike: 0, checks },
      ends: [{ name: `${name}${then}`, code: run.code, state }],
      violations: violations.map((text) => `${place}${text}\n${indent(run.output)}`),
    };
  }
}

function dockerCalls(host: SimulatedHost): string[] {
  return host.calls().filter((line) => line.split(' ')[1] === 'docker');
}

export function sum(results: readonly CellResult[]): CellResult {
  return {
    runs: results.reduce((total, { runs }) => total + runs, 0),
    alike: results.reduce((total, { alike }) => total + alike, 0),
    checks: results.reduce((total, { checks }) => total + checks, 0),
    violations: results.flatMap(({ violations }) => violations),
    ends: results.flatMap(({ ends }) => ends),
  };
}

function indent(text: string): string {
  return text.trimEnd().replace(/^/gm, '    | ');
}

import { type Cell, fullMatrix, sample } from './cells.js';
import { Explainer } from './explainer.js';
import { RehearsalHost } from './rehearsal-host.js';
import type { Rehearsed } from './rehearsed.js';
import { type RehearsalScenario, scenariosOf } from './scenarios.js';
import { type CellReport, callOf, type SceneResult } from './scene.js';
import type { Shell } from './shells.js';
import type { Snapshot } from './snapshot.js';
import { type CellResult, prepare, Stage } from './stage.js';
import type { Step } from './steps.js';

/** How much is tried. */
export type Depth = 'path' | 'usual' | 'thorough';

/** A share of one scenario under one shell: what one process does at a time. */
export interface Task {
  readonly scenario: string;
  readonly shell: Shell;
  /**
   * `path`: the run without a fault; `usual`: also an error and a kill at every call, and each other fault at some; `thorough`:
   * every fault at every call.
   */
  readonly depth: Depth;
  /** Only the cell of this name. */
  readonly fault: string | undefined;
  /** One of `of` shares of the cells, from 0. */
  readonly part: number;
  readonly of: number;
}

export interface Choice {
  readonly thorough: boolean;
  readonly scenario: string | undefined;
  readonly fault: string | undefined;
}

/** Small enough that no process waits long for another, and large enough that few hosts are made twice. */
const PARTS = 8;

/** All in the first shell; the others play the longest without a fault, or all as well when it shall be thorough. */
export function planTasks(
  rehearsed: Rehearsed,
  shells: readonly Shell[],
  { thorough, scenario, fault }: Choice,
  processes: number,
): Task[] {
  const names = scenariosOf(rehearsed).map(({ name }) => name);
  const longest = names.at(-1);
  return shells.flatMap((shell, turn) =>
    names
      .filter((name) => (scenario ?? (turn === 0 || thorough ? name : longest)) === name)
      .flatMap((name) => {
        const depth: Depth = thorough ? 'thorough' : turn === 0 || fault !== undefined ? 'usual' : 'path';
        const of = depth === 'path' || fault !== undefined || processes === 1 ? 1 : PARTS;
        return Array.from({ length: of }, (_, part) => ({ scenario: name, shell, depth, fault, part, of }));
      }),
  );
}

/** Stages on which a scenario may be played: making one takes as long as many a fault. */
export class Stages {
  readonly #prepared = new Map<string, Prepared>();
  readonly #stages = new Map<string, Staged>();

  constructor(private readonly rehearsed: Rehearsed) {}

  of({ scenario, shell }: Task): Staged {
    const key = `${shell.name}\n${scenario}`;
    const prepared = this.#prepare(scenario, shell);
    const { host } = prepared;
    host.shell = shell;
    const known = this.#stages.get(key);
    if (known !== undefined) return known;
    const stage = new Stage(prepared.scenario, host, prepared.begin);
    const staged = { stage, explainer: new Explainer(this.rehearsed, host, stage) };
    this.#stages.set(key, staged);
    return staged;
  }

  remove(): void {
    for (const { host } of this.#prepared.values()) host.remove();
  }

  /** The same for every shell: they agree on what an earlier build leaves. */
  #prepare(name: string, shell: Shell): Prepared {
    const known = this.#prepared.get(name);
    if (known !== undefined) return known;
    const scenario = scenariosOf(this.rehearsed).find((one) => one.name === name);
    if (scenario === undefined) throw new Error(`no scenario '${name}'`);
    const host = new RehearsalHost(this.rehearsed.parameters, shell);
    const prepared = { host, scenario, begin: prepare(scenario, host) };
    this.#prepared.set(name, prepared);
    return prepared;
  }
}

interface Staged {
  readonly stage: Stage<RehearsalHost>;
  readonly explainer: Explainer;
}

interface Prepared {
  readonly host: RehearsalHost;
  readonly scenario: RehearsalScenario;
  readonly begin: Snapshot;
}

export function doTask(stages: Stages, task: Task, beforeEach: () => void = () => undefined): SceneResult {
  const { stage, explainer } = stages.of(task);
  let explained = 0;
  const withReason = (report: CellReport, cell?: Cell): CellReport => {
    const [violation] = report.violations;
    if (violation === undefined || explained === MOST_EXPLAINED) return report;
    explained += 1;
    return { ...report, explanation: explainer.explain(cell, violation) };
  };
  const isQuick = task.depth === 'usual' && task.fault === undefined;
  const dry = reportOf({ name: PATH, spec: '' }, stage.dry);
  const path = task.part === 0 ? withReason(dry) : dry;
  const reports = cellsOf(stage, task).map(({ cell, index }) => {
    beforeEach();
    return withReason(
      reportOf(cell, stage.run(cell, isQuick ? (BY_TURNS[index % 2] ?? 'both') : 'both')),
      cell,
    );
  });
  return {
    ...{ scenario: task.scenario, shell: task.shell.name, steps: stage.calls, path, cells: reports },
    // Each process plays the way without a fault; it counts once.
    runs: total(reports, ({ runs }) => runs) + (task.part === 0 ? path.runs : 0),
    checks: total(reports, ({ checks }) => checks) + (task.part === 0 ? path.checks : 0),
  };
}

/** Each takes another run or two; and who has seen the first ones knows what the others are about. */
const MOST_EXPLAINED = 2;

const PATH = 'without a fault';

function reportOf({ name, spec }: Pick<Cell, 'name' | 'spec'>, result: CellResult): CellReport {
  const { ends, violations, runs, checks } = result;
  return { name, spec, ends, violations, runs, checks };
}

function total(reports: readonly CellReport[], of: (report: CellReport) => number): number {
  return reports.reduce((sum, report) => sum + of(report), 0);
}

/** What follows a fault when not everything does. */
const BY_TURNS = ['again', 'on'] as const;

/** With these a host is in a bad place at every call. */
const WORST = ['fail-before', 'kill-before'];

interface Numbered {
  readonly cell: Cell;
  /** Among all of its scenario, from 0, fault by fault: neighbours are followed up by turns. */
  readonly index: number;
}

/** The share of a task: neighbouring calls, because what a fault at them leaves is often alike. */
function cellsOf({ calls, scenario }: Stage<RehearsalHost>, { depth, fault, part, of }: Task): Numbered[] {
  if (depth === 'path' || scenario.isPathOnly) return [];
  const all = fullMatrix(calls);
  if (fault !== undefined) return number(all).filter(({ cell }) => cell.name === fault);
  const usual = [...all.filter(isWorst), ...sample(calls, 0)].filter((cell) => !isPoll(calls, callOf(cell)));
  const chosen = depth === 'thorough' ? all : withoutDoubles(usual);
  const inOrder = number(chosen).sort((a, b) => callOf(a.cell) - callOf(b.cell));
  const size = inOrder.length / of;
  return inOrder.slice(Math.round(part * size), Math.round((part + 1) * size));
}

/** The third and further look at the same thing: a script that waits looks a hundred times. */
function isPoll(calls: readonly Step[], call: number): boolean {
  const [line, ...before] = [1, 2, 3].map((back) => calls[call - back]?.line);
  return before.every((other) => other === line);
}

function number(cells: readonly Cell[]): Numbered[] {
  return cells.map((cell, index) => ({ cell, index }));
}

function isWorst({ fault }: Cell): boolean {
  return WORST.includes(fault.name);
}

function withoutDoubles(cells: readonly Cell[]): Cell[] {
  return [...new Map(cells.map((cell) => [cell.name, cell])).values()];
}

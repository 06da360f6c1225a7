import { type Cell, fullMatrix, sample } from './cells.js';
import { RehearsalHost } from './rehearsal-host.js';
import type { Rehearsed } from './rehearsed.js';
import { type RehearsalScenario, scenariosOf } from './scenarios.js';
import type { CellReport, SceneResult } from './scene.js';
import type { Shell } from './shells.js';
import type { Snapshot } from './snapshot.js';
import { type CellResult, prepare, Stage } from './stage.js';

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
  /** Every `of`-th cell, beginning with this one. */
  readonly part: number;
  readonly of: number;
}

export interface Choice {
  readonly thorough: boolean;
  readonly scenario: string | undefined;
  readonly fault: string | undefined;
}

/**
 * All in the first shell; the others play the longest without a fault, or all as well when it shall be thorough. A scenario is
 * shared out only where there are more processes than scenarios: in one hand it is prepared once, and what follows on hosts
 * that are alike is played once.
 */
export function planTasks(
  rehearsed: Rehearsed,
  shells: readonly Shell[],
  { thorough, scenario, fault }: Choice,
  processes: number,
): Task[] {
  const names = scenariosOf(rehearsed).map(({ name }) => name);
  const longest = names.at(-1);
  const plan = shells.flatMap((shell, turn) => {
    const depth: Depth = thorough ? 'thorough' : turn === 0 || fault !== undefined ? 'usual' : 'path';
    return names
      .filter((name) => (scenario ?? (turn === 0 || thorough ? name : longest)) === name)
      .map((name) => ({ scenario: name, shell, depth, fault }));
  });
  const shared = plan.filter(({ depth }) => depth !== 'path').length;
  return plan.flatMap((task) => {
    const of = task.depth === 'path' || fault !== undefined ? 1 : Math.ceil(processes / shared);
    return Array.from({ length: of }, (_, part) => ({ ...task, part, of }));
  });
}

/** In the order in which they are best begun: what takes longest must not come last. */
export function longestFirst(tasks: readonly Task[]): Task[] {
  const isShort = ({ depth }: Task) => depth === 'path';
  return [...tasks.filter((task) => !isShort(task)).reverse(), ...tasks.filter(isShort)];
}

/** Hosts on which a scenario may begin: making one takes as long as many a fault. */
export class Hosts {
  readonly #hosts = new Map<string, Prepared>();

  constructor(private readonly rehearsed: Rehearsed) {}

  /** The same one for every shell: they agree on what an earlier build left. */
  prepare(name: string, shell: Shell): Prepared {
    const known = this.#hosts.get(name);
    if (known !== undefined) {
      known.host.shell = shell;
      return known;
    }
    const scenario = scenariosOf(this.rehearsed).find((one) => one.name === name);
    if (scenario === undefined) throw new Error(`no scenario '${name}'`);
    const host = new RehearsalHost(this.rehearsed.parameters, shell);
    const prepared = { host, scenario, begin: prepare(scenario, host) };
    this.#hosts.set(name, prepared);
    return prepared;
  }

  remove(): void {
    for (const { host } of this.#hosts.values()) host.remove();
    this.#hosts.clear();
  }
}

interface Prepared {
  readonly host: RehearsalHost;
  readonly scenario: RehearsalScenario;
  readonly begin: Snapshot;
}

export function doTask(hosts: Hosts, task: Task): SceneResult {
  const { scenario, host, begin } = hosts.prepare(task.scenario, task.shell);
  const stage = new Stage(scenario, host, begin);
  const cells = cellsOf(stage, task);
  const isQuick = task.depth === 'usual' && task.fault === undefined;
  const reports = cells.map((cell, index) =>
    reportOf(cell, stage.run(cell, isQuick ? (BY_TURNS[index % 2] ?? 'both') : 'both')),
  );
  const path = reportOf({ name: PATH, spec: '' }, stage.dry);
  return {
    ...{ scenario: task.scenario, shell: task.shell.name, steps: stage.calls, path, cells: reports },
    // Each process plays the way without a fault; it counts once.
    runs: total(reports, ({ runs }) => runs) + (task.part === 0 ? path.runs : 0),
    checks: total(reports, ({ checks }) => checks) + (task.part === 0 ? path.checks : 0),
  };
}

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

function cellsOf({ calls }: Stage<RehearsalHost>, { depth, fault, part, of }: Task): Cell[] {
  if (depth === 'path') return [];
  const all = fullMatrix(calls);
  if (fault !== undefined) return all.filter(({ name }) => name === fault);
  const chosen = depth === 'thorough' ? all : withoutDoubles([...all.filter(isWorst), ...sample(calls, 0)]);
  return chosen.filter((_, index) => index % of === part);
}

function isWorst({ fault }: Cell): boolean {
  return WORST.includes(fault.name);
}

function withoutDoubles(cells: readonly Cell[]): Cell[] {
  return [...new Map(cells.map((cell) => [cell.name, cell])).values()];
}

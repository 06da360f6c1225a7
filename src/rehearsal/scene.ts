import type { Explanation } from './explain.js';
import type { End } from './stage.js';
import type { Step } from './steps.js';

/** One scenario under one shell, with every fault that was tried. */
export interface SceneResult {
  readonly scenario: string;
  readonly shell: string;
  /** docker calls of the run without a fault. */
  readonly steps: readonly Step[];
  /** That run. */
  readonly path: CellReport;
  readonly cells: readonly CellReport[];
  /** Runs of a script, and checks of invariants. */
  readonly runs: number;
  readonly checks: number;
}

export interface CellReport {
  /** `kill-before at call 3` */
  readonly name: string;
  /** SIM_FAULT, as the simulator takes it. */
  readonly spec: string;
  /** The run with the fault, then the same once more and what an operator would do next, as far as they were tried. */
  readonly ends: readonly End[];
  readonly violations: readonly string[];
  /** Of the first of them; only where it was looked for. */
  readonly explanation?: Explanation;
  readonly runs: number;
  readonly checks: number;
}

/** The shares of one scenario under one shell as a whole; the cells in the order of calls. */
export function joinScenes(shares: readonly SceneResult[]): SceneResult[] {
  const scenes = new Map<string, SceneResult>();
  for (const share of shares) {
    const key = `${share.shell}\n${share.scenario}`;
    const known = scenes.get(key);
    scenes.set(key, known === undefined ? share : join(known, share));
  }
  return [...scenes.values()].map((scene) => ({ ...scene, cells: [...scene.cells].sort(byCall) }));
}

function join(a: SceneResult, b: SceneResult): SceneResult {
  const cells = [...a.cells, ...b.cells];
  return { ...a, cells, runs: a.runs + b.runs, checks: a.checks + b.checks };
}

function byCall(a: CellReport, b: CellReport): number {
  return callOf(a) - callOf(b) || (a.name < b.name ? -1 : 1);
}

/** The number of the docker call that a cell's fault strikes, from 1. */
export function callOf({ name }: Pick<CellReport, 'name'>): number {
  return Number(/ at call (\d+)$/.exec(name)?.[1] ?? 0);
}

/**
 * Milliseconds in which nothing serves: from the call before the first one that finds no container running, until the version
 * that serves in the end runs for good. Undefined when that never happens, or when nothing served before.
 */
export function outageOf({
  steps,
  path,
}: SceneResult): { readonly ms: number; readonly from: string } | undefined {
  const first = steps.findIndex(
    ({ runs }, index) => runs === undefined && steps[index - 1]?.runs !== undefined,
  );
  const last = path.ends[0]?.state.serves;
  const back = steps.findLastIndex(({ runs }) => runs !== last) + 1;
  const [stop, again] = [steps[first - 1], steps[back]];
  if (first < 1 || stop === undefined || again === undefined) return undefined;
  return { ms: again.clock - stop.clock, from: stop.line };
}

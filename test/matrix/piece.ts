import { type Cell, doubleFaults, fullMatrix, sample, turningPoints } from '../../src/rehearsal/cells.js';
import type { Scenario } from '../../src/rehearsal/scenario.js';
import { callOf } from '../../src/rehearsal/scene.js';
import { type CellResult, Stage, sum } from '../../src/rehearsal/stage.js';
import type { Step } from '../../src/rehearsal/steps.js';
import { busyboxTools } from '../support/busybox.js';
import { Host } from '../support/host.js';
import { installedShells, type Shell } from '../support/shells.js';
import { findMutant, MUTANTS, templatesOf } from './mutants.js';
import { SCENARIOS } from './scenarios/index.js';

/** Work for one process. */
export interface Piece {
  readonly part: 'full' | 'sample' | 'double' | 'mutant';
  /** Name of the scenario, or of the mutant. */
  readonly name: string;
  readonly shell: string;
  readonly only: Only;
}

/** To look at a single cell again. */
export interface Only {
  readonly fault?: string | undefined;
  readonly at?: string | undefined;
}

export interface PieceResult extends CellResult {
  readonly piece: Piece;
  readonly cells: number;
  readonly calls: number;
  /** Of a mutant: what gave it away. */
  readonly caught?: string;
}

const EMPTY: CellResult = { runs: 0, alike: 0, checks: 0, violations: [], ends: [] };

/** What comes after a cell of a sample, by turns. */
const ODD_EVEN = ['again', 'on'] as const;

/** In these the way back is gone with a second fault: with an old container of our own, an adopted and a parked one, and where a network is given back. */
const DOUBLE = [
  'update',
  'update on a host of the old recipe',
  'rollback from a parked container',
  'handover: update',
];

/** Together they make every docker call that the scripts have; the other shells run these. */
const SAMPLED = [
  'first deploy',
  'update on a host of the old recipe',
  'update with more versions than are kept',
  'update with shipped credentials',
  'a version that does not get healthy',
  'update after an interrupted deploy',
  'rollback from a parked container',
  'rollback with a password file, that must pull',
  'rollback after an interrupted rollback',
  'preflight: update',
  'handover: rollback from a parked container',
  'swarm: update',
];

/** Of what the strategies have in common, and `recreate` goes through as a whole, a sample does, unless it is asked for by name. */
function isSampledOnly(name: string): boolean {
  if (isOfSwarm(name)) return !SWARM_WHOLE.includes(name);
  return /^(preflight|handover|start-first): (update after an interrupted deploy|rollback from a local image)$/.test(
    name,
  );
}

/** What a service's scripts have in common with a container's, the others go through; of these, unless asked for by name, a sample does. */
const isOfSwarm = (name: string) => name.startsWith('swarm: ');

/** In these a docker call that fails and a script that ends come at every call. */
const SWARM_WHOLE = ['swarm: update', 'swarm: rollback'];
const SWARM_FAULTS = ['fail-before', 'fail-after', 'kill-before', 'kill-after', 'term', 'power-cut'];

export function planPieces(shells: readonly Shell[], scenario: string, only: Only): Piece[] {
  const [first, ...others] = shells.map(({ name }) => name);
  const isExact = SCENARIOS.some(({ name }) => name === scenario);
  const chosen = SCENARIOS.filter(({ name }) => (isExact ? name === scenario : name.includes(scenario)));
  const pieces = (part: Piece['part'], shell: string, list: readonly Scenario<Host>[]) =>
    list.map(({ name }) => ({ part, name, shell, only }));
  const isOne = only.fault !== undefined || only.at !== undefined;
  const double = chosen.filter(({ name }) => !isOne && DOUBLE.includes(name));
  const sampled = chosen.filter(({ name }) => isExact || SAMPLED.includes(name));
  // Long pieces first, so that the processes end together.
  const isAsked = (name: string) => isExact || (scenario !== '' && !isOfSwarm(name));
  const whole = chosen.filter(({ name }) => isAsked(name) || !isSampledOnly(name));
  const byLength = whole.sort((a, b) => Number(b.isInterrupted) - Number(a.isInterrupted));
  const rest = chosen.filter((one) => !whole.includes(one));
  if (first === undefined) return [];
  return [
    ...pieces('full', first, byLength),
    ...pieces('double', first, double),
    ...pieces('sample', first, rest),
    ...others.flatMap((shell) => pieces('sample', shell, sampled)),
  ];
}

export function planMutants(shell: Shell): Piece[] {
  return MUTANTS.map(({ name }) => ({ part: 'mutant', name, shell: shell.name, only: {} }));
}

export function doPiece(piece: Piece): PieceResult {
  const shells = installedShells();
  const turn = shells.findIndex(({ name }) => name === piece.shell);
  const shell = shells[turn] as Shell;
  if (piece.part === 'mutant') return catchMutant(piece, shell);
  const isSample = piece.part === 'sample';
  // Every second shell with this machine's own tools, the others with those of a small host.
  const host = new Host(shell, undefined, turn % 2 === 0 ? busyboxTools() : undefined);
  const stage = new Stage(scenarioOf(piece.name), host);
  try {
    const cells = cellsOf(piece, stage, turn);
    const byTurns = isSample || stage.scenario.runsBoth === true;
    const results = cells.map((cell, index) => stage.run(cell, byTurns ? ODD_EVEN[index % 2] : 'both'));
    return {
      ...sum([stage.dry, ...results]),
      ends: [],
      piece,
      cells: cells.length,
      calls: stage.calls.length,
    };
  } finally {
    stage.remove();
  }
}

function cellsOf({ part, name, shell, only }: Piece, stage: Stage<Host>, turn: number): Cell[] {
  const { calls, scenario } = stage;
  const isPromised = ({ fault }: Cell) =>
    !scenario.except.includes(fault.name) && !fault.notUnder?.includes(shell);
  if (part === 'double')
    return turningPoints(calls).flatMap((first) => doubleFaults(first, stage.countCalls(first)));
  if (part === 'sample')
    return sample(calls, turn + SCENARIOS.findIndex((one) => one.name === name)).filter(isPromised);
  const isAsked = only.fault !== undefined || only.at !== undefined;
  const isChosen = ({ fault }: Cell) => isAsked || !isOfSwarm(name) || SWARM_FAULTS.includes(fault.name);
  const cells = fullMatrix(calls).filter((cell) => isPromised(cell) && isChosen(cell));
  const first = scenario.runsBoth && !scenario.isInterrupted ? firstOwnCall(calls) : 0;
  return cells.filter(
    (cell) =>
      callOf(cell) > first &&
      (only.fault ?? cell.fault.name) === cell.fault.name &&
      (only.at === undefined || callOf(cell) === Number(only.at)),
  );
}

/** Up to the container that is made, a strategy does what an update of any app does, and that is gone through there. */
function firstOwnCall(calls: readonly Step[]): number {
  return calls.findIndex(({ command }) => ['create', 'update'].includes(command));
}

/** Goes through the matrix with a script that is wrong in one place, until something is violated. */
function catchMutant(piece: Piece, shell: Shell): PieceResult {
  const mutant = findMutant(piece.name);
  let [runs, checks, cells] = [0, 0, 0];
  for (const name of mutant.scenarios) {
    const stage = new Stage(scenarioOf(name), new Host(shell, templatesOf(mutant), busyboxTools()));
    try {
      const list = mutant.isDouble
        ? cellsOf({ ...piece, part: 'double' }, stage, 0)
        : fullMatrix(stage.calls).filter(({ fault }) => (mutant.fault ?? fault.name) === fault.name);
      for (const look of [() => stage.dry, ...list.map((cell) => () => stage.run(cell))]) {
        const result = look();
        [runs, checks, cells] = [runs + result.runs, checks + result.checks, cells + 1];
        const caught = result.violations[0]?.split('\n')[0];
        if (caught !== undefined)
          return { ...EMPTY, piece, runs, checks, cells, calls: stage.calls.length, caught };
      }
    } finally {
      stage.remove();
    }
  }
  const violations = [`the matrix does not notice this defect: ${mutant.name}`];
  return { ...EMPTY, piece, runs, checks, cells, calls: 0, violations };
}

function scenarioOf(name: string): Scenario<Host> {
  const scenario = SCENARIOS.find((one) => one.name === name);
  if (scenario === undefined) throw new Error(`no scenario '${name}'`);
  return scenario;
}

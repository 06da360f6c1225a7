import type { Call, Fault } from './faults.js';
import { FAULTS } from './faults.js';

/** One fault at one call of one scenario, or two at two. */
export interface Cell {
  readonly name: string;
  readonly fault: Fault;
  /** For the simulator: SIM_FAULT. */
  readonly spec: string;
  /** The second one hits the way back from the first. */
  readonly isDouble: boolean;
}

export function cellOf(fault: Fault, at: number): Cell {
  return {
    name: `${fault.name} at call ${at}`,
    fault,
    spec: `at=${at} do=${fault.action}`,
    isDouble: false,
  };
}

/** Every fault at every call where it is a fault of its own. */
export function fullMatrix(calls: readonly Call[]): Cell[] {
  return FAULTS.flatMap((fault) =>
    [...calls.entries()]
      .filter(([, call]) => fault.appliesTo?.(call) ?? true)
      .map(([index]) => cellOf(fault, index + 1)),
  );
}

/**
 * Every call once and, over the calls of all scenarios, every fault: enough to see whether a shell does it another way.
 * `turn` shifts the faults, so that another scenario and another shell pair the calls with others.
 */
export function sample(calls: readonly Call[], turn: number): Cell[] {
  return calls.map((call, index) => {
    const faults = FAULTS.filter((fault) => fault.appliesTo?.(call) ?? true);
    return cellOf(faults[(index + turn) % faults.length] as Fault, index + 1);
  });
}

/** What a call of the swap may do wrong first, so that the script goes back. */
const FIRST = 'fail-before';
const SWAP = ['stop', 'rename', 'update', 'start', 'network connect', 'network disconnect'];

/** The calls, from 1, at which an error sends the script back. */
export function turningPoints(calls: readonly Call[]): number[] {
  const [begin, end] = swapOf(calls.map(({ command }) => command));
  const inSwap = (index: number) => begin >= 0 && index >= begin && index <= end;
  return [...calls.entries()]
    .filter(([index, { command }]) => inSwap(index) && SWAP.includes(command))
    .map(([index]) => index + 1);
}

/**
 * From where on nothing of the app may answer: the old container is stopped, or with a handover loses its network, before or
 * after it is stopped; the network that is only for a while is the last to be left.
 */
function swapOf(commands: readonly string[]): [begin: number, end: number] {
  const left = commands.lastIndexOf('network disconnect');
  return left < 0
    ? [commands.indexOf('stop'), commands.lastIndexOf('start')]
    : [commands.slice(0, left).lastIndexOf('update'), left];
}

export const turnBack = (at: number) => `at=${at} do=${FIRST}`;

const SECOND: readonly { readonly name: string; readonly isFatal?: boolean; spec(at: number): string }[] = [
  { name: 'another at', spec: (at) => `at=${at} do=fail-before` },
  { name: 'two more from', spec: (at) => `at=${at} do=fail-before;at=${at + 1} do=fail-before` },
  { name: 'nothing works from', spec: (at) => `at=${at}+ do=fail-before` },
  { name: 'killed at', isFatal: true, spec: (at) => `at=${at} do=kill-after` },
];

/** Each way in which the way back from an error at `first` can go wrong; it makes `total` calls in all. */
export function doubleFaults(first: number, total: number): Cell[] {
  const places = Array.from({ length: Math.max(0, total - first) }, (_, index) => first + index + 1);
  return places.flatMap((at) =>
    SECOND.map(({ name, isFatal = false, spec }) => ({
      name: `${FIRST} at call ${first}, ${name} call ${at}`,
      fault: { name: 'two faults', action: '', isFatal },
      spec: `${turnBack(first)};${spec(at)}`,
      isDouble: true,
    })),
  );
}

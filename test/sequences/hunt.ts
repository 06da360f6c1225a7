import fc from 'fast-check';
import type { TemplateSet } from '../../src/scripts/templates.js';
import { busyboxTools } from '../support/busybox.js';
import type { Shell } from '../support/shells.js';
import type { Action } from './actions.js';
import { sequences } from './generate.js';
import { type Place, replay } from './replay.js';

export interface Hunt {
  readonly seed: number;
  readonly runs: number;
  readonly shell: Shell;
  readonly templates?: TemplateSet;
}

/** With the tools of a small host, which start sooner; the kept sequences have this machine's. */
const placeOf = ({ templates }: Hunt): Place => ({ templates, tools: busyboxTools() });

/** The first generated sequence that breaks the contract, and its number. */
export function findOne(quarry: Hunt) {
  const { seed, runs, shell } = quarry;
  const breaks = (actions: readonly Action[]) => replay(actions, shell, placeOf(quarry)).length > 0;
  const result = fc.check(
    fc.property(sequences, (actions) => !breaks(actions)),
    { seed, numRuns: runs, endOnFailure: true },
  );
  const [actions] = result.counterexample ?? [];
  return actions && { actions, after: result.numRuns };
}

/** ... made as small as it gets, and told with its violation; undefined when none was found. */
export function hunt(quarry: Hunt): string | undefined {
  const found = findOne(quarry);
  if (found === undefined) return undefined;
  const breaks = (actions: readonly Action[]) => replay(actions, quarry.shell, placeOf(quarry)).length > 0;
  const smallest = makeSmaller(found.actions, breaks);
  const told = replay(smallest, quarry.shell, placeOf(quarry)).join('\n');
  return `seed ${quarry.seed}, sequence ${found.after}:\n${told}`;
}

/**
 * Leaves out what is not needed: halves first, then single actions, then what is optional in one. What is left is all
 * needed. (fast-check's own way of shrinking takes some hundred more replays of a tenth of a second for each run.)
 */
function makeSmaller(
  actions: readonly Action[],
  breaks: (actions: readonly Action[]) => boolean,
): readonly Action[] {
  const smaller = simplifications(actions).find((candidate) => breaks(candidate));
  return smaller === undefined ? actions : makeSmaller(smaller, breaks);
}

function simplifications(actions: readonly Action[]): (readonly Action[])[] {
  const half = Math.floor(actions.length / 2);
  const halves = half > 1 ? [actions.slice(0, half), actions.slice(half)] : [];
  const without = actions.map((_, index) => actions.filter((_, other) => other !== index));
  const plainer = actions.flatMap((action, index) =>
    optionalIn(action).map((name) => actions.with(index, { ...action, [name]: undefined } as Action)),
  );
  return [...halves, ...without, ...plainer];
}

function optionalIn(action: Action): string[] {
  const names = action.do.startsWith('rollback') ? ['fault', 'steps', 'to'] : ['fault', 'with', 'force'];
  return Object.entries(action)
    .filter(([name, value]) => names.includes(name) && value !== undefined)
    .map(([name]) => name);
}

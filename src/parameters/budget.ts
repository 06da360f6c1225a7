import type { Hooks, Parameters } from './parameters.js';
import { strategyOf } from './strategy.js';

/** A hook is stopped after this long. */
export const HOOK_LIMIT_SECONDS = 60;

/** Less time than this for a pull is not worth starting one. */
export const SHORTEST_PULL_SECONDS = 60;

/** Nothing limits the run: an hour is longer than any sane pull, and a registry that hangs must not hold the lock for ever. */
const UNLIMITED_PULL_SECONDS = 3600;

/** Swarm waits so long for the end of a failed task before it starts another in its place. */
export const RESTART_WAIT_MS = 60_000;

/** One part of the longest time that a script may take on the host. */
export interface BudgetPart {
  readonly name: string;
  readonly milliseconds: number;
}

/** Everything but the pull. */
export function hostBudget(p: Parameters): readonly BudgetPart[] {
  return p.engine === 'swarm' ? swarmBudget(p) : dockerBudget(p);
}

/** Whatever Swarm does takes as long as the service may take to converge, settled; then it may have to be taken back. */
function swarmBudget(p: Parameters): readonly BudgetPart[] {
  const { health } = p;
  const thereAndBack = 2 * health.timeout + RESTART_WAIT_MS;
  return [
    { name: 'lockWait', milliseconds: p.lockWait },
    { name: 'recovery (2 x health + 60s)', milliseconds: thereAndBack },
    { name: 'the running version (health)', milliseconds: health.timeout },
    { name: 'hooks', milliseconds: countHooks(p.hooks) * HOOK_LIMIT_SECONDS * 1000 },
    { name: 'update and rollback (2 x health + 60s)', milliseconds: thereAndBack },
  ];
}

function dockerBudget(p: Parameters): readonly BudgetPart[] {
  const { stopTimeout: stop, health } = p;
  return [
    { name: 'lockWait', milliseconds: p.lockWait },
    { name: 'recovery (stop + health)', milliseconds: stop + health.timeout },
    // A deploy of what runs already, or a rollback that may stay where it is, first waits for that version's gate.
    { name: 'the running version (health)', milliseconds: health.timeout },
    { name: 'hooks', milliseconds: countHooks(p.hooks) * HOOK_LIMIT_SECONDS * 1000 },
    // Stopped are the old one, the new one that failed, and the old one again, which may be on its way down still.
    { name: 'replace and restore (3 x stop + 2 x health)', milliseconds: 3 * stop + 2 * health.timeout },
    { name: 'settle', milliseconds: health.settle },
    ...strategyBudget(p),
  ];
}

function strategyBudget(p: Parameters): readonly BudgetPart[] {
  const { stopTimeout: stop, health, drain } = p;
  switch (strategyOf(p).strategy) {
    case 'preflight':
      return [
        { name: 'preflight (stop + health + settle)', milliseconds: stop + health.timeout + health.settle },
      ];
    case 'start-first':
      return [{ name: 'drain', milliseconds: drain }];
    default:
      return [];
  }
}

/** @returns what is left of publish.execTimeout for a pull, in whole seconds; less than SHORTEST_PULL_SECONDS breaks a rule */
export function pullLimitSeconds(p: Parameters): number {
  if (p.publish.execTimeout === 0) return UNLIMITED_PULL_SECONDS;
  const others = hostBudget(p).reduce((sum, part) => sum + part.milliseconds, 0);
  return Math.floor((p.publish.execTimeout - others) / 1000);
}

/** Both scripts are shipped, whatever the build asked for. */
function countHooks(hooks: Hooks): number {
  const deploy = [hooks.beforeDeploy, hooks.afterDeploy].filter(Boolean).length;
  const rollback = [hooks.beforeRollback, hooks.afterRollback].filter(Boolean).length;
  return Math.max(deploy, rollback);
}

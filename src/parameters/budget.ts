import type { Hooks, Parameters } from './parameters.js';

/** A hook is stopped after this long. */
export const HOOK_LIMIT_SECONDS = 60;

/** Less time than this for a pull is not worth starting one. */
export const SHORTEST_PULL_SECONDS = 60;

/** Nothing limits the run: an hour is longer than any sane pull, and a registry that hangs must not hold the lock for ever. */
const UNLIMITED_PULL_SECONDS = 3600;

/** One part of the longest time that a script may take on the host. */
export interface BudgetPart {
  readonly name: string;
  readonly milliseconds: number;
}

/** Everything but the pull. */
export function hostBudget(p: Parameters): readonly BudgetPart[] {
  const replace = p.stopTimeout + p.health.timeout;
  return [
    { name: 'lockWait', milliseconds: p.lockWait },
    { name: 'recovery (stop + health)', milliseconds: replace },
    { name: 'hooks', milliseconds: countHooks(p.hooks) * HOOK_LIMIT_SECONDS * 1000 },
    { name: 'replace and restore, 2 x (stop + health)', milliseconds: 2 * replace },
    { name: 'settle', milliseconds: p.health.settle },
  ];
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

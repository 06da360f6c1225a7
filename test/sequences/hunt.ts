import fc from 'fast-check';
import type { TemplateSet } from '../../src/scripts/templates.js';
import type { Shell } from '../support/shells.js';
import { sequences } from './generate.js';
import { replay } from './replay.js';

export interface Hunt {
  readonly seed: number;
  readonly runs: number;
  readonly shell: Shell;
  readonly templates?: TemplateSet;
}

/** The smallest sequence that was found to break the contract, told with its violation; undefined when none was found. */
export function hunt({ seed, runs, shell, templates }: Hunt): string | undefined {
  const result = fc.check(
    fc.property(sequences, (actions) => {
      const violations = replay(actions, shell, templates);
      if (violations.length > 0) throw new Error(violations.join('\n'));
    }),
    { seed, numRuns: runs },
  );
  if (!result.failed) return undefined;
  const [smallest] = result.counterexample ?? [];
  return `seed ${seed}, after ${result.numRuns} sequences, made smaller ${result.numShrinks} times:\n${replay(smallest ?? [], shell, templates).join('\n')}`;
}

import { describe, expect, test } from '@jest/globals';
import { templatesOf } from '../matrix/mutants.js';
import { installedShells, missingShells } from '../support/shells.js';
import { findOne, hunt } from './hunt.js';
import { KEPT } from './kept.js';
import { MUTANTS } from './mutants.js';
import { replay } from './replay.js';

/**
 * Random sequences of deploys, rollbacks, faults and what operators do, held to a model of the host. `SEED=7 RUNS=1000
 * npm test -- test/sequences -t generated` looks for more; what it finds belongs into kept.ts.
 */
const SEEDS = process.env.SEED ? [Number(process.env.SEED)] : [1, 2, 3];
const RUNS = Number(process.env.RUNS ?? 40);
const MINUTE = 60_000;
const shells = installedShells();
/** They all do the same (test/hosts), so random sequences need only the quickest. */
const quickest = shells[0] ?? { name: 'sh', command: ['sh'] as const };

describe('kept sequences', () => {
  for (const shell of shells)
    test.each(KEPT)(
      `$why (${shell.name})`,
      ({ actions }) => {
        expect(replay(actions, shell)).toEqual([]);
      },
      MINUTE,
    );
  for (const missing of missingShells()) test.skip(`${missing} (not installed)`, () => undefined);
});

describe('generated sequences', () => {
  test.each(SEEDS)(
    'seed %d',
    (seed) => {
      const found = hunt({ seed, runs: RUNS, shell: quickest });
      if (found) throw new Error(found);
    },
    (RUNS + 10) * MINUTE,
  );
});

describe('scripts that are written wrongly are found out', () => {
  test.each(MUTANTS)(
    '$name',
    (mutant) => {
      expect(
        findOne({ seed: mutant.seed, runs: 40, shell: quickest, templates: templatesOf(mutant) }),
      ).toBeDefined();
    },
    10 * MINUTE,
  );
});

import { describe, expect, test } from '@jest/globals';
import { installedShells, missingShells } from '../support/shells.js';
import { hunt } from './hunt.js';
import { KEPT } from './kept.js';
import { replay } from './replay.js';

/**
 * Random sequences of deploys, rollbacks, faults and what operators do, held to a model of the host. `SEED=1 RUNS=1000
 * npm test -- test/sequences` looks for more; what it finds belongs into kept.ts.
 */
const SEEDS = process.env.SEED ? [Number(process.env.SEED)] : [1, 2, 3];
const RUNS = Number(process.env.RUNS ?? 15);
const MINUTE = 60_000;
const [quickest] = installedShells();

describe('kept sequences', () => {
  for (const shell of installedShells())
    test.each(KEPT)(`$why (${shell.name})`, ({ actions }) => {
      expect(replay(actions, shell)).toEqual([]);
    });
  for (const missing of missingShells()) test.skip(`${missing} (not installed)`, () => undefined);
});

describe('generated sequences', () => {
  test.each(SEEDS)(
    'seed %d',
    (seed) => {
      const found = quickest && hunt({ seed, runs: RUNS, shell: quickest });
      if (found) throw new Error(found);
    },
    RUNS * MINUTE,
  );
});

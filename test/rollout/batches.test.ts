import { expect, test } from '@jest/globals';
import { planBatches } from '../../src/rollout/batches.js';

const hosts = (count: number) => Array.from({ length: count }, (_, index) => `h${index + 1}`);

test.each([
  { count: 3, canary: 0, batch: '1', want: [1, 1, 1] },
  { count: 5, canary: 1, batch: '2', want: [1, 2, 2] },
  { count: 4, canary: 1, batch: '2', want: [1, 2, 1] },
  { count: 3, canary: 3, batch: '1', want: [3] },
  { count: 3, canary: 9, batch: '1', want: [3] },
  { count: 20, canary: 1, batch: '25%', want: [1, 5, 5, 5, 4] },
  { count: 3, canary: 0, batch: '1%', want: [1, 1, 1] },
  { count: 3, canary: 0, batch: '100%', want: [3] },
  { count: 3, canary: 0, batch: '50', want: [3] },
  { count: 0, canary: 1, batch: '1', want: [] },
])('$count hosts, canary $canary, batch $batch', ({ count, canary, batch, want }) => {
  const batches = planBatches(hosts(count), { canary, batch });
  expect(batches.map(({ length }) => length)).toEqual(want);
  expect(batches.flat()).toEqual(hosts(count));
});

/**
 * What `npm run bench` measures, in the order of the table: a name for `--only`, and a file that exports `measure()`, which
 * resolves to rows (rows.mjs).
 */
export const MEASURES = {
  engine: () => import('./engine.mjs'),
  calls: () => import('./calls.mjs'),
  'cold-start': () => import('./cold-start.mjs'),
  scale: () => import('./scale.mjs'),
  history: () => import('./history.mjs'),
  simulator: () => import('./simulator.mjs'),
  fleet: () => import('./fleet.mjs'),
};

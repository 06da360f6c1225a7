import type { Action } from './actions.js';

/** A sequence that once ended badly, as small as it could be made, and what must not happen again. */
export interface Kept {
  readonly why: string;
  readonly actions: readonly Action[];
}

export const KEPT: readonly Kept[] = [
  {
    why: 'the private folder of a killed run goes, although docker does not answer the next one',
    actions: [
      { do: 'rollback', fault: { at: 3, is: 'kill-during' } },
      { do: 'daemon', is: 'down' },
      { do: 'rollback-by-hand' },
    ],
  },
  {
    why: 'a deploy that got no answer from docker has failed: a bare rollback does not go past what serves',
    actions: [
      { do: 'deploy', version: 'v1' },
      { do: 'deploy', version: 'v2' },
      { do: 'daemon', is: 'down' },
      { do: 'deploy', version: 'v3' },
      { do: 'daemon', is: 'up' },
      { do: 'rollback' },
    ],
  },
  {
    why: 'after an interrupted first deploy there is nothing to roll back to, and no swap that never ends',
    actions: [{ do: 'deploy', version: 'v1', fault: { at: 8, is: 'kill-after' } }, { do: 'rollback' }],
  },
  {
    why: 'a way back that was killed after it had removed the only container ends as well',
    actions: [{ do: 'deploy', version: 'sick', fault: { at: 16, is: 'kill-during' } }, { do: 'rollback' }],
  },
  {
    why: 'the history and the names are as before when a version does not get healthy',
    actions: [
      { do: 'deploy', version: 'v1' },
      { do: 'deploy', version: 'sick' },
    ],
  },
];

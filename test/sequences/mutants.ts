import type { Edit } from '../matrix/mutants.js';

/** A way to write the scripts wrongly, and the seed whose sequences show it soon. */
export interface Mutant {
  readonly name: string;
  readonly seed: number;
  readonly edits: readonly Edit[];
}

const SWAP = 'docker/partials/swap';
const TARGET = 'common/partials/choose-target';

export const MUTANTS: readonly Mutant[] = [
  {
    name: 'the history is changed before the new version has proved itself',
    seed: 1,
    edits: [
      [
        'common/partials/history',
        '&& put_beside next',
        '&& put_beside next && cp "$HISTORY.next" "$HISTORY" && OLD_HISTORY=$(mark_of "$HISTORY")',
      ],
    ],
  },
  {
    name: 'a deploy that failed is forgotten by the next rollback',
    seed: 3,
    edits: [[TARGET, `*,,'1 '*) stay`, `*,,'2 '*) stay`]],
  },
  {
    name: 'a parked container keeps its restart policy',
    seed: 1,
    edits: [[SWAP, 'change update --restart=no "$OLD_ID"', ':']],
  },
  {
    name: 'the container that comes back does not get its name back',
    seed: 1,
    edits: [[SWAP, 'rename_to "$OLD_ID" "$OLD_NAME" || rename_to "$OLD_ID" "$OLD_NAME"', ':']],
  },
  {
    name: 'what was rolled back from stays in the history',
    seed: 2,
    edits: [
      [
        TARGET,
        '{ at = bytes + size; size += length($0) + 1 }',
        '{ size += length($0) + 1; at = bytes + size }',
      ],
    ],
  },
  {
    name: 'a container that was only checked is left',
    seed: 1,
    edits: [['docker/partials/check', 'insist rm --volumes "$CHECK_ID"', ':']],
  },
  {
    name: 'the old version goes on beside the new one',
    seed: 1,
    edits: [['docker/partials/beside', '\tretire_old || return 1\n', '']],
  },
];

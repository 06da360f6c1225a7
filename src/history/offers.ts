/** One line of a history, as `rollback.sh --list` would show it. */
export interface Offer {
  /** What `--steps` takes; null where it cannot get to: at a refused line, and behind one. */
  readonly steps: number | null;
  readonly reference: string;
  /** Not an image reference: no rollback goes there. */
  readonly refused: boolean;
  /** Of the file, starts at 1. */
  readonly line: number;
}

const LONGEST = 500;

/**
 * What a rollback can go to, newest first. The same reading as `history_lines` and `choose_target` in target.hbs.
 * @param repository of the app, which a history does not name; left out, no line is refused for being another one's
 */
export function toOffers(text: string, repository?: string): Offer[] {
  const found: { reference: string; refused: boolean; line: number }[] = [];
  for (const [index, row] of text.split('\n').entries()) {
    const reference = row.replace(/[ \t\r]+$/, '');
    if (/[^ \t]/.test(reference))
      found.push({ reference, refused: isRefused(reference, repository), line: index + 1 });
  }
  const newest = found.reverse();
  const blocked = newest.findIndex(({ refused }) => refused);
  return newest.map(({ reference, refused, line }, index) => ({
    steps: blocked === -1 || index < blocked ? index + 1 : null,
    reference,
    refused,
    line,
  }));
}

/** The old recipe wrote a bare image id where the host had built the image itself. */
function isRefused(reference: string, repository: string | undefined): boolean {
  const isNoImage =
    reference.length > LONGEST || /[^A-Za-z0-9_.:/@-]/.test(reference) || /^[0-9a-f]{12,64}$/.test(reference);
  return isNoImage || (repository !== undefined && repositoryOf(reference) !== repository);
}

function repositoryOf(reference: string): string {
  return reference.replace(/@.*/, '').replace(/:[^/]*$/, '');
}

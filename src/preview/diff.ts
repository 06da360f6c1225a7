import { diffLines as compare } from 'diff';

/** One line of what changed, numbered as in the texts it is in, from 1. */
export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
  /** Undefined for what is only in the new one. */
  readonly before: number | undefined;
  /** Undefined for what is only in the old one. */
  readonly after: number | undefined;
}

/** Every line of both texts, in order; what is in both comes once. */
export function diffLines(before: string, after: string): DiffLine[] {
  const lines: DiffLine[] = [];
  const at = { before: 0, after: 0 };
  for (const { value, added, removed } of changesOf(before, after)) {
    const kind = added ? 'added' : removed ? 'removed' : 'same';
    for (const text of linesOf(value)) {
      if (!added) at.before += 1;
      if (!removed) at.after += 1;
      lines.push({
        kind,
        text,
        before: added ? undefined : at.before,
        after: removed ? undefined : at.after,
      });
    }
  }
  return lines;
}

/** Texts that have nothing in common, a file that somebody named for example, would take minutes and all memory. */
function changesOf(before: string, after: string) {
  const wholly = [
    { value: before, added: false, removed: true },
    { value: after, added: true, removed: false },
  ];
  return compare(before, after, { maxEditLength: MOST_CHANGES }) ?? wholly;
}

/** More lines than two scripts have. */
const MOST_CHANGES = 4000;

/** Runs of lines that changed, with what is around them, as `diff -U 3` shows. Empty when nothing changed. */
export function hunksOf(lines: readonly DiffLine[], context = 3): DiffLine[][] {
  const near = lines.map((_, index) =>
    lines.slice(Math.max(0, index - context), index + context + 1).some(({ kind }) => kind !== 'same'),
  );
  const hunks: DiffLine[][] = [];
  lines.forEach((line, index) => {
    if (!near[index]) return;
    if (!near[index - 1]) hunks.push([]);
    hunks.at(-1)?.push(line);
  });
  return hunks;
}

function linesOf(text: string): string[] {
  const lines = text.split('\n');
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

import { type DiffLine, diffLines, hunksOf } from './diff.js';

/** A script before and now; undefined where there is none. */
export interface Change {
  /** From the folder on where the diff is applied. */
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** A line of a diff, without its line end. */
export interface UnifiedLine {
  readonly kind: DiffLine['kind'] | 'header' | 'hunk' | 'note';
  readonly text: string;
}

/** As `git diff` prints it, so that `git apply` and `patch -p1` take it. Empty when nothing changed. */
export function unifiedDiff(change: Change): UnifiedLine[] {
  const { before, after } = change;
  if (before === after) return [];
  const hunks = hunksOf(diffLines(before ?? '', after ?? ''));
  return [...headerOf(change, hunks.length > 0), ...hunks.flatMap((hunk) => formatHunk(hunk, change))];
}

function headerOf({ path, before, after }: Change, hasHunks: boolean): UnifiedLine[] {
  const [from, to] = [quotePath(`a/${path}`), quotePath(`b/${path}`)];
  const sides = [
    `--- ${before === undefined ? '/dev/null' : endPath(from)}`,
    `+++ ${after === undefined ? '/dev/null' : endPath(to)}`,
  ];
  return [
    `diff --git ${from} ${to}`,
    ...(before === undefined ? ['new file mode 100755'] : []),
    ...(after === undefined ? ['deleted file mode 100755'] : []),
    ...(hasHunks ? sides : []),
  ].map((text) => ({ kind: 'header', text }));
}

/** Control characters, quotes and backslashes as in C: a line end in a path must not begin a line of the diff. */
function quotePath(path: string): string {
  const quoted = path.replace(/["\\]|\p{Cc}/gu, (character) =>
    /["\\]/.test(character)
      ? `\\${character}`
      : [...Buffer.from(character)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join(''),
  );
  return quoted === path ? path : `"${quoted}"`;
}

/** git's own way to tell where a path with blanks ends. */
function endPath(path: string): string {
  return path.includes(' ') && !path.startsWith('"') ? `${path}\t` : path;
}

function formatHunk(hunk: readonly DiffLine[], change: Change): UnifiedLine[] {
  const range = `@@ -${rangeOf(hunk, 'before')} +${rangeOf(hunk, 'after')} @@`;
  const last = { before: lastLine(change.before), after: lastLine(change.after) };
  const lines = hunk.flatMap((line): UnifiedLine[] => [
    { kind: line.kind, text: `${SIGNS[line.kind]}${line.text}` },
    ...(isCutOff(line, last) ? [NO_LINE_END] : []),
  ]);
  return [{ kind: 'hunk', text: range }, ...lines];
}

const SIGNS = { same: ' ', added: '+', removed: '-' } as const;
const NO_LINE_END: UnifiedLine = { kind: 'note', text: '\\ No newline at end of file' };

type Side = 'before' | 'after';

/** With three lines around, a side without a line in a hunk has none at all. */
function rangeOf(hunk: readonly DiffLine[], side: Side): string {
  const numbers = hunk.map((line) => line[side]).filter((number) => number !== undefined);
  const [first = 0] = numbers;
  return numbers.length === 1 ? String(first) : `${first},${numbers.length}`;
}

/** The number of the last line, if no line end follows it. */
function lastLine(text = ''): number | undefined {
  return text === '' || text.endsWith('\n') ? undefined : text.split('\n').length;
}

function isCutOff({ before, after }: DiffLine, last: Record<Side, number | undefined>): boolean {
  return [before === last.before && before, after === last.after && after].some(Boolean);
}

/** Rows as columns padded to equal width, two spaces apart, one line a row; the last column is not padded. */
export function formatTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    // Not Math.max(...): as many arguments as a long table has rows are too many.
    rows.reduce((widest, row) => Math.max(widest, widthOf(row[column] ?? '')), 0),
  );
  const pad = (cell: string, column: number) =>
    cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - widthOf(cell)));
  return rows.map((row) => `${row.map(pad).join('  ').trimEnd()}\n`).join('');
}

/** Chinese, Japanese and Korean characters and their punctuation take two columns of a terminal. */
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/g;

/** @returns columns of a terminal */
export function widthOf(text: string): number {
  return text.length + (text.match(WIDE)?.length ?? 0);
}

/**
 * As `formatTable`, no wider than a terminal: as long as a line is too long, columns go, the first of `expendable` first, and
 * what is too long even then is cut where the screen ends.
 */
export function fitTable(
  rows: readonly (readonly string[])[],
  width: number,
  expendable: readonly number[],
): string {
  const [dropped, ...rest] = expendable;
  const lines = formatTable(rows).split('\n');
  if (lines.every((line) => widthOf(line) <= width)) return lines.join('\n');
  if (dropped === undefined) return fitLines(lines.join('\n'), width);
  const narrower = rows.map((row) => row.filter((_, column) => column !== dropped));
  const shifted = rest.map((column) => (column > dropped ? column - 1 : column));
  return fitTable(narrower, width, shifted);
}

/** No line longer than a terminal is wide. */
export function fitLines(text: string, width: number): string {
  return text
    .split('\n')
    .map((line) => cutLine(line, width))
    .join('\n');
}

/** Cut to so many columns of a terminal, with a visible mark. */
export function cutLine(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let [cut, used] = ['', MARK.length];
  for (const character of text) {
    used += widthOf(character);
    if (used > width) break;
    cut += character;
  }
  return cut + MARK;
}

const MARK = '…';

import { type CellReport, callOf, type SceneResult } from '../scene.js';
import type { End } from '../stage.js';
import type { Step } from '../steps.js';

/** A call of the run without a fault: number, time, what runs, the end of the history, the call. */
export type TimelineRow = readonly [string, string, string, string, string];

export function timelineRows(steps: readonly Step[]): TimelineRow[] {
  const begin = steps[0]?.clock ?? 0;
  return steps.map(({ clock, runs, history, line }, index) => [
    String(index + 1),
    `${((clock - begin) / 1000).toFixed(2)} s`,
    runs ?? '-',
    history.length === 0 ? '-' : history.slice(-3).join(' '),
    short(line),
  ]);
}

/** A call without what only programs read; ids as docker shows them. */
export function short(line: string): string {
  const text = line
    .replace(/^docker /, '')
    .replace(/ --format '[^']*'/g, '')
    .replace(/\b([0-9a-f]{12})[0-9a-f]{52}\b/g, '$1');
  return text.length > 100 ? `${text.slice(0, 97)}...` : text;
}

/** What the run ended with: a row for each call, a column for each fault that struck at more than one. */
export interface FaultRows {
  readonly faults: readonly string[];
  readonly rows: readonly FaultRow[];
}

export interface FaultRow {
  readonly call: string;
  /** One for each of the faults; undefined where it was not tried. */
  readonly cells: readonly (CellReport | undefined)[];
  readonly others: readonly { readonly fault: string; readonly cell: CellReport }[];
}

export function faultRows({ steps, cells }: SceneResult): FaultRows {
  const names = [...new Set(cells.map(faultOf))];
  const byName = new Map(cells.map((cell) => [cell.name, cell]));
  const faults = names.filter((name) => cells.filter((cell) => faultOf(cell) === name).length > 1);
  const rows = steps.map(({ command }, index) => ({
    call: `${index + 1} ${command}`,
    cells: faults.map((name) => byName.get(`${name} at call ${index + 1}`)),
    others: cells
      .filter((cell) => callOf(cell) === index + 1 && !faults.includes(faultOf(cell)))
      .map((cell) => ({ fault: faultOf(cell), cell })),
  }));
  return { faults, rows };
}

function faultOf({ name }: CellReport): string {
  return name.replace(/ at call \d+$/, '');
}

/** How often a run with a fault ended so, the most frequent first. */
export function countEndings(
  cells: readonly CellReport[],
  describe: (end: End) => string,
): (readonly [text: string, count: number])[] {
  const counts = new Map<string, number>();
  for (const {
    ends: [end],
  } of cells) {
    if (end === undefined) continue;
    const text = describe(end);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a);
}

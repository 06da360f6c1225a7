import type { Explanation, Place } from '../explain.js';
import { show } from '../invariants.js';
import { type CellReport, outageOf, type SceneResult } from '../scene.js';
import type { End } from '../stage.js';
import type { Step } from '../steps.js';
import { countEndings, faultRows, short, timelineRows } from './rows.js';

/** Rows of a table, the first one names the columns. */
export type Rows = readonly (readonly string[])[];

/** How the run without a fault ended. */
export function describeEnd({ ends: [end] }: CellReport): string {
  return end === undefined ? 'not played' : `${codeOf(end.code)}, ${show(end.state)}`;
}

function codeOf(code: number | null): string {
  return code === null ? 'killed' : `exit ${code}`;
}

/** What there was before each docker call. */
export function timelineTable(steps: readonly Step[]): Rows {
  return [['call', 'time', 'runs', 'history', 'docker'], ...timelineRows(steps)];
}

/** Where to look: `call 9, docker start ...: templates/docker/partials/swap.hbs:62 (line 401 of the script): change start` */
export function reasonOf({ call, why, steps }: Explanation): string {
  const step = steps[call - 1];
  if (step === undefined) return 'look at: the script called docker not once';
  const where = step.place === undefined ? '' : `\n  at ${placeOf(step.place)}: ${step.place.text}`;
  return `look at: call ${call}, docker ${short(step.line)} (${why})${where}`;
}

function placeOf({ line, template }: Place): string {
  const inScript = `line ${line} of the script`;
  return template === undefined ? inScript : `${template.file}:${template.line} (${inScript})`;
}

/** The calls of the run that broke something, up to the one after it. */
export function reasonRows({ call, steps }: Explanation): Rows {
  const first = Math.max(0, call - 4);
  const rows = steps
    .slice(first, call + 1)
    .map(({ runs, history, line, place }, index) => [
      `${first + index + 1 === call ? '>' : ' '} ${first + index + 1}`,
      runs ?? '-',
      history.slice(-3).join(' ') || '-',
      place === undefined ? '-' : placeOf(place).replace(/ \(.*/, ''),
      short(line),
    ]);
  return [['  call', 'runs', 'history', 'from', 'docker'], ...rows];
}

/** Empty when nothing was down. */
export function outageText(scene: SceneResult): string {
  const found = outageOf(scene);
  if (found === undefined) return '';
  const call = found.from.split(' ').slice(0, 2).join(' ');
  return `nothing serves for ${(found.ms / 1000).toFixed(2)} s (simulated), from ${call} on`;
}

/** A row for each call, a column for each fault: what the run ended with. */
export function faultTable(scene: SceneResult): Rows {
  const { faults, rows } = faultRows(scene);
  const body = rows.map(({ call, cells, others }) => [
    call,
    ...cells.map(mark),
    others.map(({ fault, cell }) => `${fault} ${mark(cell)}`).join(', '),
  ]);
  return [['fault at', ...faults, ''], ...body];
}

function mark(cell: CellReport | undefined): string {
  if (cell === undefined) return '';
  const code = cell.ends[0]?.code;
  return `${code === null ? 'killed' : code}${cell.violations.length > 0 ? ' VIOLATED' : ''}`;
}

/** How often a run with a fault ended so, the most frequent first. */
export function endingTable(cells: readonly CellReport[]): Rows {
  return countEndings(cells, describeEnding).map(([text, count]) => [`${count} x`, text]);
}

function describeEnding({ code, state: { serves } }: End): string {
  return `${codeOf(code)}, ${serves ?? 'nothing'} serves${code === null ? ' until the next run' : ''}`;
}

import type { Explanation, Place } from '../explain.js';
import { show } from '../invariants.js';
import { type CellReport, callOf, outageOf, type SceneResult } from '../scene.js';
import type { Step } from '../steps.js';

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
export function timelineRows(steps: readonly Step[]): Rows {
  const begin = steps[0]?.clock ?? 0;
  const rows = steps.map(({ clock, runs, history, line }, index) => [
    String(index + 1),
    `${((clock - begin) / 1000).toFixed(2)} s`,
    runs ?? '-',
    history.length === 0 ? '-' : history.slice(-3).join(' '),
    short(line),
  ]);
  return [['call', 'time', 'runs', 'history', 'docker'], ...rows];
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

/** A call without what only programs read; ids as docker shows them. */
export function short(line: string): string {
  const text = line
    .replace(/^docker /, '')
    .replace(/ --format '[^']*'/g, '')
    .replace(/\b([0-9a-f]{12})[0-9a-f]{52}\b/g, '$1');
  return text.length > 100 ? `${text.slice(0, 97)}...` : text;
}

/** Empty when nothing was down. */
export function outageText(scene: SceneResult): string {
  const found = outageOf(scene);
  if (found === undefined) return '';
  const call = found.from.split(' ').slice(0, 2).join(' ');
  return `nothing serves for ${(found.ms / 1000).toFixed(2)} s (simulated), from ${call} on`;
}

/** A row for each call, a column for each fault: what the run ended with. */
export function faultRows({ steps, cells }: SceneResult): Rows {
  const names = [...new Set(cells.map(faultOf))];
  const byName = new Map(cells.map((cell) => [cell.name, cell]));
  const common = names.filter((name) => cells.filter((cell) => faultOf(cell) === name).length > 1);
  const others = (call: number) =>
    cells
      .filter((cell) => callOf(cell) === call && !common.includes(faultOf(cell)))
      .map((cell) => `${faultOf(cell)} ${mark(cell)}`);
  const rows = steps.map((step, index) => [
    `${index + 1} ${step.command}`,
    ...common.map((name) => mark(byName.get(`${name} at call ${index + 1}`))),
    others(index + 1).join(', '),
  ]);
  return [['fault at', ...common, ''], ...rows];
}

function faultOf({ name }: CellReport): string {
  return name.replace(/ at call \d+$/, '');
}

function mark(cell: CellReport | undefined): string {
  if (cell === undefined) return '';
  const code = cell.ends[0]?.code;
  return `${code === null ? 'killed' : code}${cell.violations.length > 0 ? ' VIOLATED' : ''}`;
}

/** How often a run with a fault ended so, the most frequent first. */
export function endingsOf(cells: readonly CellReport[]): Rows {
  const counts = new Map<string, number>();
  for (const { ends } of cells) {
    const [end] = ends;
    if (end === undefined) continue;
    const text = `${codeOf(end.code)}, ${end.state.serves ?? 'nothing'} serves${end.code === null ? ' until the next run' : ''}`;
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([text, count]) => [`${count} x`, text]);
}

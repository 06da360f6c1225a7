import { formatTable } from '../../output/table.js';
import { show } from '../invariants.js';
import { type CellReport, outageOf, type SceneResult } from '../scene.js';
import type { End } from '../stage.js';
import type { Step } from '../steps.js';
import type { Rehearsal } from './rehearsal.js';
import { countEndings, faultRows, timelineRows } from './rows.js';

/** For people: of each app what is shipped, of each scenario the timeline, the faults, and how they ended. */
export function formatText(rehearsals: readonly Rehearsal[]): string {
  return rehearsals.map(formatRehearsal).join('\n');
}

function formatRehearsal({ title, scripts, scenes }: Rehearsal): string {
  const bytes = scripts.map(({ path, sha256, moved }) => {
    const lines = moved
      .map(
        ({ line, setting, shipped }) =>
          `    line ${line}: ${setting}${setting.startsWith('--') ? ' ' : '='}${shipped}\n`,
      )
      .join('');
    const but = lines === '' ? '' : ', but for these lines, which name files of the rehearsal instead:';
    return `  ${path}: rehearsed byte for byte${but}\n${lines}    sha256 of the rest: ${sha256}\n`;
  });
  return `${title}\n${bytes.join('')}\n${scenes.map(formatScene).join('\n')}`;
}

function formatScene(scene: SceneResult): string {
  const { scenario, shell, steps, path, cells } = scene;
  const head = `${scenario} (${shell}): ${describeEnd(path)}\n`;
  if (cells.length === 0) return `${head}${violationsOf(path)}`;
  return `${head}${violationsOf(path)}\n${timeline(steps)}${outage(scene)}\n${faults(scene)}${endings(cells)}`;
}

function describeEnd({ ends: [end] }: CellReport): string {
  return end === undefined ? 'not played' : `${codeOf(end.code)}, ${show(end.state)}`;
}

function codeOf(code: number | null): string {
  return code === null ? 'killed' : `exit ${code}`;
}

function violationsOf({ violations }: CellReport): string {
  return violations.map((text) => `  VIOLATED  ${text}\n`).join('');
}

function timeline(steps: readonly Step[]): string {
  const rows = timelineRows(steps).map(([call, ...rest]) => [`  ${call}`, ...rest]);
  return formatTable([['  call', 'time', 'runs', 'history', 'docker'], ...rows]);
}

function outage(scene: SceneResult): string {
  const found = outageOf(scene);
  if (found === undefined) return '';
  const call = found.from.split(' ').slice(0, 2).join(' ');
  return `  nothing serves for ${(found.ms / 1000).toFixed(2)} s (simulated), from ${call} on\n`;
}

/** A row for each call, a column for each fault: what the run ended with. */
function faults(scene: SceneResult): string {
  const table = faultRows(scene);
  const rows = table.rows.map(({ call, cells, others }) => [
    `  ${call}`,
    ...cells.map(mark),
    others.map(({ fault, cell }) => `${fault} ${mark(cell)}`).join(', '),
  ]);
  return formatTable([['  fault at', ...table.faults, ''], ...rows]);
}

function mark(cell: CellReport | undefined): string {
  if (cell === undefined) return '';
  const code = cell.ends[0]?.code;
  return `${code === null ? 'killed' : code}${cell.violations.length > 0 ? ' VIOLATED' : ''}`;
}

/** How often a run with a fault ended so. */
function endings(cells: readonly CellReport[]): string {
  const rows = countEndings(cells, describeEnding).map(([text, count]) => [`  ${count} x`, text]);
  return `\n${formatTable(rows)}`;
}

function describeEnding({ code, state: { serves } }: End): string {
  return `${codeOf(code)}, ${serves ?? 'nothing'} serves${code === null ? ' until the next run' : ''}`;
}

import { formatTable } from '../../output/table.js';
import type { Explanation } from '../explain.js';
import type { CellReport, SceneResult } from '../scene.js';
import type { Rehearsal } from './rehearsal.js';
import {
  describeEnd,
  endingTable,
  faultTable,
  outageText,
  type Rows,
  reasonOf,
  reasonRows,
  timelineTable,
} from './tables.js';

/** For people: of each app what is shipped, of each scenario the timeline, the faults, and how they ended. */
export function formatText(rehearsals: readonly Rehearsal[]): string {
  return rehearsals.map(formatRehearsal).join('\n');
}

function formatRehearsal({ title, notes, scripts, scenes }: Rehearsal): string {
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
  const said = notes.map((note) => `  note: ${note}\n`).join('');
  return `${title}\n${said}${bytes.join('')}\n${scenes.map(formatScene).join('\n')}`;
}

function formatScene(scene: SceneResult): string {
  const { scenario, shell, steps, path, cells } = scene;
  const broken = [path, ...cells].map(violationsOf).join('');
  const head = `${scenario} (${shell}): ${describeEnd(path)}\n${broken}`;
  if (cells.length === 0) return head;
  const outage = outageText(scene);
  return [
    `${head}\n${table(timelineTable(steps))}${outage === '' ? '' : `  ${outage}\n`}`,
    table(faultTable(scene)),
    table(endingTable(cells)),
  ].join('\n');
}

function table(rows: Rows): string {
  return formatTable(rows.map(([first = '', ...rest]) => [`  ${first}`, ...rest]));
}

function violationsOf({ violations, explanation }: CellReport): string {
  return violations
    .map((text, index) => {
      const [what, ...output] = text.split('\n');
      const why = index === 0 && explanation ? reason(explanation) : '';
      return `  VIOLATED  ${what}\n${why}    the script printed:\n${output.join('\n')}\n`;
    })
    .join('');
}

function reason(explanation: Explanation): string {
  return `${indent(reasonOf(explanation))}${indent(formatTable(reasonRows(explanation)))}`;
}

function indent(text: string): string {
  return `${text.trimEnd().replace(/^/gm, '    ')}\n`;
}

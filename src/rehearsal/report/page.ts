import type { CellReport, SceneResult } from '../scene.js';
import { type Rehearsal, violationsOf } from './rehearsal.js';
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

/** A piece of a report that is read on a page. */
export type Block =
  | { readonly kind: 'heading'; readonly level: 2 | 3; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'table'; readonly caption: string; readonly rows: Rows }
  | { readonly kind: 'output'; readonly text: string };

export function titleOf(rehearsals: readonly Rehearsal[]): string {
  const count = rehearsals.flatMap(({ scenes }) => violationsOf(scenes)).length;
  const verdict = count === 0 ? 'nothing was violated' : `${count} VIOLATED what they must hold to`;
  return `Rehearsal of ${rehearsals.map(({ app }) => app).join(', ')}: ${verdict}`;
}

/** The violations first: nobody should have to look for them. */
export function blocksOf({ title, notes, scripts, scenes }: Rehearsal): Block[] {
  return [
    heading(2, title),
    ...(notes.length === 0 ? [] : [list(notes.map((note) => `note: ${note}`))]),
    ...violationsOf(scenes).flatMap(({ cell }) => violationBlocks(cell)),
    list(
      scripts.flatMap(({ path, moved, sha256 }) => [
        `${path}: rehearsed byte for byte, but for ${moved.length} lines that name files of the rehearsal; SHA-256 of the rest: ${sha256}`,
        ...moved.map(({ line, setting, shipped }) => `${path}, line ${line}: ${setting} ${shipped}`),
      ]),
    ),
    ...scenes.flatMap(sceneBlocks),
  ];
}

function violationBlocks({ violations, explanation }: CellReport): Block[] {
  return violations.flatMap((text, index) => {
    const [first = '', ...output] = text.split('\n');
    const reason =
      index === 0 && explanation
        ? [
            { kind: 'output', text: reasonOf(explanation) } as const,
            table('The calls before', reasonRows(explanation)),
          ]
        : [];
    return [
      heading(3, `VIOLATED: ${first}`),
      ...reason,
      paragraph('The script printed:'),
      { kind: 'output', text: output.join('\n') } as const,
    ];
  });
}

function sceneBlocks(scene: SceneResult): Block[] {
  const { scenario, shell, steps, path, cells } = scene;
  const outage = outageText(scene);
  if (cells.length === 0) return [heading(3, `${scenario} (${shell})`), paragraph(describeEnd(path))];
  return [
    heading(3, `${scenario} (${shell})`),
    paragraph(describeEnd(path)),
    table('What there is before each docker call', timelineTable(steps)),
    ...(outage === '' ? [] : [paragraph(outage)]),
    table('How the script ends when a fault strikes at a call', faultTable(scene)),
    table('What is left then', [['times', 'end'], ...endingTable(cells)]),
  ];
}

const heading = (level: 2 | 3, words: string): Block => ({ kind: 'heading', level, text: words });
const paragraph = (words: string): Block => ({ kind: 'text', text: words });
const list = (items: readonly string[]): Block => ({ kind: 'list', items });
const table = (caption: string, rows: Rows): Block => ({ kind: 'table', caption, rows });

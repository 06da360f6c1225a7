import type { SceneResult } from '../scene.js';
import type { Shell } from '../shells.js';
import { type Rehearsal, violationsOf } from './rehearsal.js';
import { reasonOf } from './tables.js';

/** One line for the log; after it the simplest case of what was violated, and how to see it again. */
export function summarise(
  rehearsals: readonly Rehearsal[],
  shells: readonly Shell[],
  seconds: number,
): string {
  const scenes = rehearsals.flatMap((rehearsal) => rehearsal.scenes);
  const sum = (of: (scene: SceneResult) => number) => scenes.reduce((total, scene) => total + of(scene), 0);
  const violations = violationsOf(scenes);
  const names = shells.map(({ name }) => name).join(', ');
  const verdict =
    violations.length === 0 ? 'nothing was violated' : `${violations.length} VIOLATED what they must hold to`;
  const line =
    `rehearsal: ${sum(({ cells }) => cells.length)} faults, ${sum(({ runs }) => runs)} runs of a script, ` +
    `${sum(({ checks }) => checks)} checks (${names}; ${seconds.toFixed(1)} s): ${verdict}`;
  const [first] = violations;
  if (first === undefined) return line;
  const { scenario, shell } = first.scene;
  const fault = first.cell.spec === '' ? '' : ` --fault '${first.cell.name}'`;
  const { explanation } = first.cell;
  const reason = explanation === undefined ? '' : `\n${reasonOf(explanation)}`;
  return `${line}\nthe simplest: ${first.cell.violations[0]}${reason}\nagain: gen-scripts rehearse --scenario '${scenario}' --shell '${shell}'${fault}`;
}

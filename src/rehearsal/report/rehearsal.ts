import type { MovedLine } from '../relocate.js';
import type { CellReport, SceneResult } from '../scene.js';

/** What was rehearsed of one app. */
export interface Rehearsal {
  readonly app: string;
  /** `deploy of registry.example.com/team/web:v2 (build 7)` */
  readonly title: string;
  /** What is unusual about it, for the reader. */
  readonly notes: readonly string[];
  readonly scripts: readonly RehearsedScript[];
  readonly scenes: readonly SceneResult[];
}

export interface RehearsedScript {
  readonly path: string;
  /** Lines that are other ones in the rehearsal, and the SHA-256 of all the rest. */
  readonly moved: readonly MovedLine[];
  readonly sha256: string;
}

/** Something that the script must never do, and did. */
export interface Violation {
  readonly scene: SceneResult;
  readonly cell: CellReport;
}

/** The simplest first: without a fault, then by the number of the call, in the first shell that shows it. */
export function violationsOf(scenes: readonly SceneResult[]): Violation[] {
  return scenes.flatMap((scene) =>
    [scene.path, ...scene.cells]
      .filter(({ violations }) => violations.length > 0)
      .map((cell) => ({ scene, cell })),
  );
}

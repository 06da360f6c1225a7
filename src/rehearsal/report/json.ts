import type { Rehearsal } from './rehearsal.js';

/** Everything, for programs. */
export function formatJson(rehearsals: readonly Rehearsal[]): string {
  return `${JSON.stringify({ rehearsals }, undefined, 2)}\n`;
}

import type { Action } from './actions.js';

/** A sequence that once ended badly, as small as it could be made, and what was wrong. */
export interface Kept {
  readonly why: string;
  readonly actions: readonly Action[];
}

export const KEPT: readonly Kept[] = [];

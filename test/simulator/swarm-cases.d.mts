import type { Step } from './contract-cases.mjs';

export const furniture: { overlays: string[]; secrets: string[]; configs: string[] };
export const outsideSteps: readonly Step[];
export const swarmSteps: readonly Step[];

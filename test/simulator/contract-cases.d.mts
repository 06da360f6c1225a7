/** One docker call of the contract; see contract-cases.mjs. */
export interface Step {
  readonly args: readonly string[];
}
export const images: Record<string, { simulated: string[]; command: string; healthcheck?: string }>;
export const files: Record<string, string>;
export const steps: readonly Step[];
export const passwordSteps: readonly Step[];

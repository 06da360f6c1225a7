import type { Step } from './contract-cases.mjs';

/** A docker to run steps on. */
export interface Host {
  readonly docker: string;
  readonly env: Record<string, string>;
  readonly words: Record<string, string>;
  /** Lets so many milliseconds go by. */
  readonly pass: (ms: number) => void;
  /** How long between two looks at something that will come. */
  readonly poll?: number;
}
export interface SimulatedHost extends Host {
  readonly simctl: (...args: string[]) => string;
  /** It becomes the manager of a swarm, with the furniture of swarm-cases.mjs. */
  readonly enterSwarm: () => void;
  readonly state: string;
  readonly remove: () => void;
}
/** What a call did, without what differs from host to host. */
export interface Outcome {
  readonly call: string;
  readonly status: number;
  readonly stdout?: string[];
  readonly stderr?: string[] | boolean;
}
export const simulator: string;
export function runSteps(steps: readonly Step[], host: Host): Outcome[];
export function makeFiles(): string;
export function simulatedHost(folder: string, programs?: string): SimulatedHost;

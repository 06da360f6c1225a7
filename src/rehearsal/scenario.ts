import type { Run, SimulatedHost } from './simulated-host.js';

/** What the app's port answers, and the history. */
export interface State {
  readonly serves: string | undefined;
  readonly history: readonly string[];
}

/** A run of auto.sh on a host with a past. */
export interface Scenario<H extends SimulatedHost = SimulatedHost> {
  readonly name: string;
  readonly kind: 'deploy' | 'rollback';
  /** Of auto.sh, as Jenkins gives them. */
  readonly args: readonly string[];
  /** State of the host before it, and after it if all goes well. */
  readonly before: State;
  readonly wanted: State;
  /** How many versions are parked before it, and after it if all goes well. */
  readonly parked: readonly [before: number, after: number];
  /** What a rollback by the next build leads to when a deploy has succeeded. */
  readonly undone: State;
  /** The host is in the middle of a swap: a fault may hit the recovery, and then nothing may serve until the next run. */
  readonly isInterrupted: boolean;
  /** The version that a deploy tries, or that an interrupted one has tried. */
  readonly attempted: string | undefined;
  /** Faults that docs/reliability.md does not promise anything for here. */
  readonly except: readonly string[];
  /** Killed, it may leave both versions running, or one that was only to be checked. */
  readonly runsBoth?: boolean;
  /** The app is a service of a swarm. */
  readonly isSwarm?: boolean;
  /** The version that `deployNext` deploys. */
  readonly next: string;
  /** How many lines a history has at most; undefined where it never gets there. */
  readonly keep?: number;
  /** Nothing is promised for faults here: only the run without one is played. */
  readonly isPathOnly?: boolean;
  /** Exit code if all goes well. With 11 every fault is a second one: it may hit the way back. */
  readonly code: number;
  /** Brings the host to `before`; the run's own scripts are not shipped yet. */
  prepare(host: H): void;
  /** As Jenkins does before each try. */
  ship(host: H): void;
  /** A deploy of another version, or a rollback, by the next build. */
  deployNext(host: H): Run;
  rollBackNext(host: H): Run;
}

export const state = (serves: string | undefined, ...history: string[]): State => ({ serves, history });

/** The registry's, wherever a scenario needs one: it must appear nowhere else. */
export const PASSWORD = 'canary-5ecret';

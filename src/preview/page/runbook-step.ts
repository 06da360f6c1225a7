import type { Strategy } from '../../parameters/parameters.js';
import { formatDuration } from '../../parameters/values/durations.js';

/** What auto.sh of one build does on a host: its steps in order, and where each may end instead of going on. */
export interface Runbook {
  /** How it replaces what runs; `swarm`: Swarm does. */
  readonly strategy: Way;
  /** Why auto chose it; empty where nobody had to choose. */
  readonly why: string;
  readonly script: 'repull.sh' | 'rollback.sh';
  readonly steps: readonly RunbookStep[];
}

export type Way = Strategy | 'swarm';

export interface RunbookStep {
  readonly id: StepId;
  readonly phase: Phase;
  /** What its words need: a command, a limit. */
  readonly facts: Facts;
  /** docker's sub-commands that it calls, in order. */
  readonly docker: readonly string[];
  readonly ends: readonly RunbookEnd[];
}

/**
 * `safe`: the old container has not been stopped; `swap`: it has, or with a handover its ports are gone; `after`: the new one serves,
 * and stays.
 */
export type Phase = 'safe' | 'swap' | 'after';

export interface RunbookEnd {
  readonly code: ExitCode;
  readonly why: EndReason;
  /** On a host on which nothing ran before. */
  readonly first?: ExitCode;
}

export type ExitCode = 0 | 10 | 11 | 12 | 13 | 64 | 75;

/** Words of src/preview/page/words.ts. */
export type EndReason =
  | 'untouched'
  | 'back'
  | 'portBack'
  | 'noWayBack'
  | 'warning'
  | 'unsettled'
  | 'busy'
  | 'otherBuild'
  | 'unchanged'
  | 'nothing'
  | 'stays'
  | 'unrepaired'
  | 'serviceKept'
  | 'serviceBack'
  | 'serviceLost';

export type StepId =
  | 'credentials'
  | 'check'
  | 'lock'
  | 'begun'
  | 'engine'
  | 'recover'
  | 'current'
  | 'login'
  | 'pull'
  | 'unchanged'
  | 'target'
  | 'fetch'
  | 'hookBefore'
  | 'prepare'
  | 'way'
  | 'checkNew'
  | 'create'
  | 'stage'
  | 'enterStage'
  | 'startBeside'
  | 'gateBeside'
  | 'policies'
  | 'release'
  | 'halt'
  | 'stop'
  | 'start'
  | 'gateUrl'
  | 'gateImage'
  | 'leave'
  | 'join'
  | 'gateMoved'
  | 'leaveStage'
  | 'commit'
  | 'drain'
  | 'putAway'
  | 'name'
  | 'dropStage'
  | 'dropCheck'
  | 'hookAfter'
  | 'retire'
  | 'removeOld'
  | 'manager'
  | 'service'
  | 'nodeLogin'
  | 'wayBack'
  | 'changeService'
  | 'converge'
  | 'done';

export type Facts = Readonly<Record<string, string>>;

/** The codes of a step, with those of a first deploy. */
export function codesOf({ ends }: RunbookStep): ExitCode[] {
  return [...new Set(ends.flatMap(({ code, first }) => (first === undefined ? [code] : [code, first])))];
}

/** One that changes nothing that serves, unless the caller says otherwise. */
export function step(
  id: StepId,
  docker: readonly string[],
  ends: readonly RunbookEnd[],
  facts: Facts = {},
): RunbookStep {
  return { id, phase: 'safe', facts, docker, ends };
}

export function when(condition: boolean, one: RunbookStep): RunbookStep[] {
  return condition ? [one] : [];
}

/** As the scripts have it, for people. */
export function secondsOf(seconds: string): string {
  return formatDuration(Number(seconds) * 1000);
}

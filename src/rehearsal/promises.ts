import type { Fault } from './faults.js';
import { type Scenario, type State, state } from './scenario.js';

/** What may be true of a host after a run. */
export interface Expectation {
  /** Exit codes that may come, each with the states of the host that it stands for; null: killed. */
  readonly allowed: Allowed;
  /** How many versions are parked once nothing is left half-made. */
  readonly parked: { readonly least: number; readonly most: number };
  /** Exit code 10 found the host in the middle of a swap, and left it so. */
  readonly isInterrupted: boolean;
  /** Both versions may run. */
  readonly mayRunBoth: boolean;
  /** The app is a service of a swarm. */
  readonly isSwarm: boolean;
  /** Nobody could read what it said. */
  readonly isSilent: boolean;
  /** A second run came meanwhile. */
  readonly isRival: boolean;
  /** A network that was only needed for a while could not be removed, and that was said. */
  readonly mayLeaveStage: boolean;
  /** What could not be written or removed stays. */
  readonly mayLeaveFiles: boolean;
  /** The version whose container must still be there after a 12. */
  readonly attempted: string | undefined;
  /** Restart policy of a container that we did not make, as it was. */
  readonly adoptedPolicy: string;
  /** The neighbour's container and files before. */
  readonly bystanders: string;
}

export type Allowed = ReadonlyMap<number | null, readonly State[]>;

/** What a run of the scenario may end with, given that one thing went wrong; undefined: nothing did. */
export function allowedAfter(scenario: Scenario, fault: Fault | undefined): Allowed {
  const { before, wanted, isInterrupted, code } = scenario;
  const allowed = new Map<number | null, readonly State[]>();
  if (fault === undefined) return allowed.set(code, [wanted]);
  if (fault.isFatal) return allowed.set(null, mixed(scenario)).set(code, [wanted]);
  const nothing = { serves: undefined, history: before.history };
  const kept = isFinishedBySwarm(scenario) ? [before, scenario.undone] : [before];
  allowed.set(code, [wanted]);
  allowed.set(11, kept);
  if (before.serves === undefined) return allowed.set(12, [nothing]).set(10, [nothing]);
  // With the folder gone nothing tells that there is something to recover.
  allowed.set(10, isInterrupted && fault.name === 'missing folder' ? mixed(scenario) : kept);
  // Before it could recover, nobody knows what serves.
  if (isInterrupted) allowed.set(12, mixed(scenario));
  else if (code === 11) allowed.set(12, [nothing, before]);
  return allowed;
}

/** The first fault made it go back, the second one hit the way. 12 promises nothing but that the old one was not seen healthy. */
export function allowedAfterTwo(scenario: Scenario, isFatal: boolean): Allowed {
  const { before, wanted, runsBoth } = scenario;
  const nothing = { serves: undefined, history: before.history };
  // Where docker does nothing any more, the new one may have the port and nobody be able to tell.
  const either = runsBoth ? [{ ...before, serves: wanted.serves }] : [];
  const allowed = new Map<number | null, readonly State[]>([
    [10, [before]],
    [11, [before]],
    [12, [nothing, before, ...either]],
    [0, [wanted]],
  ]);
  if (!isFatal) return allowed;
  return allowed.set(null, runsBoth ? mixed(scenario) : [nothing, before]);
}

/** After a deploy, a rollback by the next build: what ran before serves, wherever the deploy ended. */
export function allowedAfterRollback(scenario: Scenario, code: number | null, fault: Fault): Allowed {
  const { before, wanted, undone } = scenario;
  if (before.serves === undefined) {
    const left = code === 0 ? [wanted] : code === null ? [before, wanted] : [before];
    return new Map([[13, left]]);
  }
  // Where the result could not be written down, it says that the deploy failed, and stays.
  if (code === 0) return new Map([[0, fault.isOfFiles ? [undone, before] : [undone]]]);
  return new Map([[0, code === null || isFinishedBySwarm(scenario) ? [before, undone] : [before]]]);
}

/** After a rollback, a deploy by the next build: what served, before or after it, is the last line. */
export function allowedAfterDeploy(
  { before, wanted, next, isSwarm, keep = Number.MAX_SAFE_INTEGER }: Scenario,
  history: readonly string[],
  code: number | null,
): Allowed {
  const after = ({ serves = '', history: lines }: State) => state(next, ...[...lines, serves].slice(-keep));
  // A swarm goes on by itself with what it was told: the next run finds it done, and writes it down.
  if (isSwarm && code !== 0) return new Map([[0, [after(before), after(wanted)]]]);
  return new Map([[0, [after(wanted.history.join() === history.join() ? wanted : before)]]]);
}

/** What a swarm has finished by itself stays, unless it cannot be written down: then the next run undoes it. */
function isFinishedBySwarm({ isSwarm = false, isInterrupted }: Scenario): boolean {
  return isSwarm && isInterrupted;
}

/** Killed anywhere, the history is the old or the new one as a whole; what serves is up to the next run. */
function mixed(scenario: Scenario): State[] {
  const { before, wanted, attempted, undone } = scenario;
  const ends = isFinishedBySwarm(scenario) ? [before, wanted, undone] : [before, wanted];
  const versions = [...ends.map(({ serves }) => serves), attempted, undefined];
  return ends.flatMap(({ history }) => versions.map((serves) => ({ serves, history })));
}

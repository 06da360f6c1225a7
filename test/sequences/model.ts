import { type Fault, isFatal, isGood, type Strategy } from './actions.js';

/**
 * What a host should be like, in the few words of the contract: no containers, files or steps, but what serves, what the
 * history holds, and what a bare rollback may do. Whatever nobody can know, a run that was killed somewhere, is a
 * set of worlds; the next look at the host leaves those of them that are still possible.
 */
export interface World {
  /** What answers; of an interrupted swap one of `mayServe`. */
  readonly serves: string | undefined;
  /** The version of the container that is the app's, running or not. */
  readonly current: string | undefined;
  /** Versions, oldest first; a line that nobody can go back to as it is. */
  readonly history: readonly string[];
  /** What a bare rollback looks at: how the last action ended; a number: the build that rolled back. */
  readonly last: 'nothing' | 'deployed' | 'failed' | number;
  /** The newest build whose deploy was done. */
  readonly deployed: number;
  /** What the next run has to do first. */
  readonly swap: 'none' | 'undo deploy' | 'undo rollback' | 'finish';
  readonly mayServe: readonly (string | undefined)[];
}

export interface Outcome {
  readonly code: number | null;
  readonly world: World;
  /** A new version took over: retention has run. */
  readonly isSwap?: boolean;
}

export type Request = {
  readonly build: number;
  readonly fault: Fault | undefined;
  readonly strategy: Strategy;
} & (
  | { readonly kind: 'deploy'; readonly version: string; readonly isForced: boolean }
  | {
      readonly kind: 'rollback';
      readonly steps: number | undefined;
      readonly to: string | undefined;
      /** By options of the command: somebody knows what he wants. */
      readonly isByOption: boolean;
    }
);

/** What the model does not follow, and is told: the things that a run has at hand. */
export interface Means {
  readonly daemonIsUp: boolean;
  canPull(version: string): boolean;
  /** Is there a parked container or an image of this line of the history, or can it be pulled? */
  canGet(line: string): boolean;
  /** Has the app's container just these settings? */
  readonly hasSettings: boolean;
}

export const EMPTY: World = {
  serves: undefined,
  current: undefined,
  history: [],
  last: 'nothing',
  deployed: 0,
  swap: 'none',
  mayServe: [],
};

/** Everything that a run may end with. */
export function outcomesOf(world: World, request: Request, means: Means): Outcome[] {
  const clean = cleanOutcomes(world, request, means);
  const { fault } = request;
  if (fault === undefined || fault.is === 'hup') return clean;
  return [...clean, ...(isFatal(fault) ? killed(world, request, clean) : failed(world, request, clean))];
}

// --- without a fault ---

function cleanOutcomes(world: World, request: Request, means: Means): Outcome[] {
  if (!means.daemonIsUp) return withoutDaemon(world, request);
  const undone = world.swap === 'undo deploy';
  const host = recovered(world);
  if (request.kind === 'rollback') return rollBack(host, request, means, undone);
  // In the middle of a swap the container that has these settings may be the one that goes.
  const isSure = world.swap === 'none';
  const isSame = host.current === request.version && means.hasSettings;
  return [
    ...deploy(host, request, means, isSame),
    ...(isSure || host.current !== request.version ? [] : deploy(host, request, means, !isSame)),
  ];
}

/** Nothing can be asked, so nothing is done; but a deploy has begun. */
function withoutDaemon(world: World, { kind }: Request): Outcome[] {
  const last = kind === 'deploy' ? 'failed' : world.last;
  return [10, 12].map((code) => ({ code, world: { ...world, last } }));
}

/** The host after the interrupted run was finished or undone: what was the app's container is started. */
export function recovered(world: World): World {
  if (world.swap === 'none') return world;
  const last = world.swap === 'undo deploy' ? 'failed' : world.last;
  return { ...world, swap: 'none', mayServe: [], serves: world.current, last };
}

function deploy(
  host: World,
  { version, build, isForced, strategy }: Extract<Request, { kind: 'deploy' }>,
  means: Means,
  isSame: boolean,
): Outcome[] {
  const lost: World = { ...host, last: 'failed' };
  // A retry of what this build has deployed needs no registry.
  const isRetry = host.deployed === build && host.current === version;
  if (!means.canPull(version) && !isRetry) return [{ code: untouched(host), world: lost }];
  if (isSame && !isForced && host.serves !== undefined)
    return [{ code: 0, world: { ...host, last: 'deployed' } }];
  if (!isGood(version)) return wayBack(lost, strategy);
  const history = host.current === undefined || isSame ? host.history : [...host.history, host.current];
  return [
    {
      code: 0,
      world: { ...host, serves: version, current: version, history, last: 'deployed', deployed: build },
      isSwap: true,
    },
  ];
}

function rollBack(
  host: World,
  request: Extract<Request, { kind: 'rollback' }>,
  means: Means,
  undone: boolean,
): Outcome[] {
  const { steps, to, build, strategy } = request;
  if (host.serves !== undefined && isThereAlready(host, request, undone)) return [{ code: 0, world: host }];
  const at = to === undefined ? host.history.length - (steps ?? 1) : host.history.lastIndexOf(to);
  // What is no image is not counted as a version, nor passed over.
  const isStopped = to === undefined && host.history.slice(Math.max(0, at)).some(isNonsense);
  if (isStopped) return [{ code: untouched(host), world: host }];
  const target = host.history[at];
  if (target === undefined) return [{ code: 13, world: host }];
  if (!means.canGet(target)) return [{ code: untouched(host), world: host }];
  if (!isGood(target)) return wayBack(host, strategy);
  const history = host.history.slice(0, at);
  return [
    { code: 0, world: { ...host, serves: target, current: target, history, last: build }, isSwap: true },
  ];
}

/** Once for a build; and one that names no target does not go past what a failed deploy left. */
function isThereAlready(
  { last, current }: World,
  { steps, to, build, isByOption }: Extract<Request, { kind: 'rollback' }>,
  undone: boolean,
): boolean {
  if (to !== undefined && to === current) return true;
  const isBare = steps === undefined && to === undefined;
  return (!isByOption && last === build) || (isBare && (undone || last === 'failed'));
}

export function isNonsense(line: string): boolean {
  return !/^[a-z]\w*$/.test(line);
}

/** A failure that stopped nothing. */
function untouched({ serves }: World): number {
  return serves === undefined ? 12 : 10;
}

/** The new version does not get well: the one before serves, also if somebody had stopped it. */
function wayBack(host: World, strategy: Strategy): Outcome[] {
  const back = { code: host.current === undefined ? 12 : 11, world: { ...host, serves: host.current } };
  const isAside = host.serves !== undefined && strategy !== 'recreate';
  if (!isAside) return [back];
  // Where one of the two was not made for it, this once as `recreate` does it.
  return [{ code: 10, world: host }, ...(strategy === 'beside' ? [back] : [])];
}

// --- with one ---

/** One docker call failed, or a signal came: the host is as before, or what it was to be. */
function failed(world: World, request: Request, clean: readonly Outcome[]): Outcome[] {
  const host = recovered(world);
  const before = { ...host, last: lastAfter(host, request) };
  const isDown = host.serves === undefined || clean.some(({ code }) => code === 11 || code === 12);
  const outcomes: Outcome[] = [
    { code: 10, world: before },
    ...(host.current === undefined ? [] : [{ code: 11, world: { ...before, serves: host.current } }]),
    ...(isDown || world.swap !== 'none' ? downs(before, request) : []),
  ];
  // Met in the recovery itself, it may leave it to the next run.
  const waiting = { ...world, last: lastAfter(world, request) };
  return world.swap === 'none'
    ? outcomes
    : [...outcomes, ...[10, 11, 12].map((code) => ({ code, world: waiting }))];
}

/** 12: nothing was there, or the way back failed as well; then the next run takes it. */
function downs(before: World, { kind }: Request): Outcome[] {
  const mayServe = [undefined, before.current];
  const swap = kind === 'deploy' ? 'undo deploy' : 'undo rollback';
  return [
    { code: 12, world: before },
    { code: 12, world: { ...before, serves: undefined } },
    { code: 12, world: { ...before, swap, mayServe } },
    { code: 11, world: { ...before, swap, mayServe } },
  ];
}

/** Killed somewhere: before it began, before the commit or after it. */
function killed(world: World, request: Request, clean: readonly Outcome[]): Outcome[] {
  const host = recovered(world);
  const attempted = request.kind === 'deploy' ? request.version : clean[0]?.world.current;
  const mayServe = [undefined, host.current, attempted];
  const swap = request.kind === 'deploy' ? 'undo deploy' : 'undo rollback';
  const before = [world, host].map((one) => ({ ...one, last: lastAfter(one, request) }));
  const during = { ...host, swap, mayServe } as const;
  const after = clean.flatMap(({ world: done, isSwap = false }) => [
    done,
    ...(isSwap ? [{ ...done, swap: 'finish' as const, mayServe }] : []),
  ]);
  return [...before, during, ...after].map((one) => ({ code: null, world: one }));
}

/** A deploy says that it begins before it asks docker for anything. */
function lastAfter({ last }: World, { kind }: Request): World['last'] {
  return kind === 'deploy' ? 'failed' : last;
}

export function describeWorld({ serves, history, last, swap, mayServe }: World): string {
  const what =
    swap === 'none' ? (serves ?? 'nothing') : `${swap}; ${mayServe.map((one) => one ?? 'nothing').join('/')}`;
  return `${what} serves, history [${history.join(', ')}], last: ${last}`;
}

import { checkHost } from '../../src/rehearsal/invariants.js';
import type { Host, Run } from '../support/host.js';
import { isFatal } from './actions.js';
import { describeWorld, EMPTY, type Outcome, type Request, type World } from './model.js';
import { describeSeen, isLike, type Seen } from './sight.js';

/** A run, and the host before and after it. */
export interface Trial {
  readonly host: Host;
  readonly request: Request;
  readonly run: Run;
  readonly before: Seen;
  readonly now: Seen;
  /** How many versions are kept parked. */
  readonly retain: number;
  readonly bystanders: string;
}

export interface Verdict {
  readonly violations: readonly string[];
  /** What the host may be like now; undefined: nobody knows. */
  readonly worlds: readonly World[] | undefined;
}

/** `allowed` undefined: somebody has meddled with a swap, and only the truth of the exit code can be asked for. */
export function judge(trial: Trial, allowed: readonly Outcome[] | undefined): Verdict {
  const { run, now } = trial;
  const code = run.signal === 'SIGKILL' ? null : run.code;
  const outcomes = allowed ?? trueOutcomes(trial, code);
  const fitting = outcomes.filter((one) => one.code === code && isLike(one.world, now));
  const surprise = `exit ${code}, ${describeSeen(now)}\nallowed:\n  ${[...new Set(outcomes.map(describeOutcome))].join('\n  ')}`;
  return {
    violations: [...(fitting.length === 0 ? [surprise] : []), ...checkRest(trial, fitting)],
    worlds: allowed === undefined ? afterMeddling(trial, code) : unique(fitting.map(({ world }) => world)),
  };
}

function describeOutcome({ code, world }: Outcome): string {
  return `${code}: ${describeWorld(world)}`;
}

/** The model has judged what serves and what the history holds; this is what is true of every run. */
function checkRest(trial: Trial, fitting: readonly Outcome[]): string[] {
  const { host, request, run, before, now, retain, bystanders } = trial;
  const hasRetired =
    request.kind === 'deploy' && request.fault === undefined && fitting.some(({ isSwap }) => isSwap);
  const { violations } = checkHost(host, run, {
    allowed: new Map([[run.code, [{ serves: now.serves, history: host.versions() }]]]),
    parked: { least: 0, most: hasRetired ? retain : Number.POSITIVE_INFINITY },
    isInterrupted: before.swap !== 'none' || now.swap !== 'none',
    // Of a strategy that has both for a while, an interrupted run leaves both.
    mayRunBoth: run.signal === 'SIGKILL' || now.swap !== 'none',
    mayLeaveStage: false,
    isSwarm: false,
    isSilent: isFatal(request.fault),
    mayLeaveFiles: false,
    adoptedPolicy: 'no',
    attempted: undefined,
    isRival: false,
    bystanders,
  });
  // A line that somebody else left without its end may stay so.
  const isForeign = now.text === before.text;
  return violations.filter((text) => !isForeign || !text.startsWith('the history ends'));
}

/** An exit code tells the truth, whatever happened before. */
function trueOutcomes({ request, now }: Trial, code: number | null): Outcome[] {
  const world = worldOf(now);
  if (code === null) return isFatal(request.fault) ? [{ code, world }] : [];
  const wanted = request.kind === 'deploy' ? now.serves === request.version : now.serves !== undefined;
  const isTrue = code === 0 ? wanted : code === 11 ? now.serves !== undefined : [10, 12, 13].includes(code);
  return isTrue ? [{ code, world }] : [];
}

function worldOf({ serves, history, swap }: Seen): World {
  const name = swap === 'undo' ? 'undo deploy' : swap;
  return { ...EMPTY, serves, history, current: serves, swap: name, mayServe: [serves] };
}

/** A deploy that was done is a new beginning. */
function afterMeddling({ request, now }: Trial, code: number | null): World[] | undefined {
  const { kind, fault, build } = request;
  if (kind !== 'deploy' || code !== 0 || fault !== undefined) return undefined;
  return [{ ...worldOf(now), last: 'deployed', deployed: build }];
}

function unique(worlds: readonly World[]): World[] {
  return [...new Map(worlds.map((world) => [JSON.stringify(world), world])).values()];
}

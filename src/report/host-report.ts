import { judge } from './judge.js';
import type { ShippedManifest } from './manifests.js';
import { NOTHING_TOLD, parseOutcome, toldOf } from './outcome.js';
import type { HostReport, HostState, Reason } from './report.js';
import { isSameVersion } from './version-of.js';

/** What came back from one server for one app. */
export interface Answer {
  readonly server: string;
  readonly app: string;
  /** Null if it has not been asked; empty if it has, and there is no answer. */
  readonly outcome: string | null;
  /** Nothing was executed there: for whoever can tell. */
  readonly isUnreached?: boolean;
  /** Of the way back, if the fleet went back. */
  readonly undo?: string | undefined;
}

export function toHostReport(answer: Answer, manifest: ShippedManifest): HostReport {
  const { server, app, isUnreached, undo } = answer;
  if (isUnreached) return without(server, app, 'unreached', '');
  return undo === undefined ? ofUpdate(answer, manifest) : ofRevert(answer, undo, manifest);
}

/** The state of a host that was to go back: whether it did, or what is wrong. */
function ofRevert(answer: Answer, undo: string, manifest: ShippedManifest): HostReport {
  const back: ShippedManifest = { ...manifest, mode: 'rollback', image: '', target: null };
  const report = ofUpdate({ ...answer, outcome: undo }, back);
  const { state, now } = report;
  if (state === 'down' || state === 'unknown') return report;
  // Unchanged: what this build brought is not what runs there any more, unless rollback.sh was not even begun.
  const { to } = ofUpdate(answer, manifest);
  const isBack = state === 'done' || (state === 'unchanged' && !isSameVersion(now.reference, to));
  return { ...report, canGoBack: false, state: isBack ? 'reverted' : 'stuck' };
}

function ofUpdate({ server, outcome }: Answer, manifest: ShippedManifest): HostReport {
  const { app, build, auto } = manifest;
  if (outcome === null) return without(server, app, 'skipped', '');
  const parsed = parseOutcome(outcome, { build: build.number, auto });
  if (typeof parsed === 'string') return without(server, app, 'unknown', parsed);
  const { exit, now, history } = parsed;
  const { state, reason } = judge(parsed, manifest);
  // An exit that left no line in the journal: what another run wrote there is not its result.
  const { from, to, seconds } = JOURNALLED.has(state) ? toldOf(parsed, manifest.mode) : NOTHING_TOLD;
  const wanted = state === 'absent' ? manifest.target : manifest.image;
  // What was only made anew has left no line of its own: a step back would lead past it.
  const canGoBack = state === 'done' && from !== '' && isSameVersion(history[0] ?? '', from);
  return {
    server,
    app,
    state,
    reason,
    exit,
    from,
    to: to || (wanted ?? ''),
    now,
    history,
    canGoBack,
    seconds,
  };
}

function without(server: string, app: string, state: HostState, reason: Reason): HostReport {
  const now = { reference: '', state: '' };
  const nothing = { from: '', to: '', now, history: [], canGoBack: false, seconds: null };
  return { server, app, state, reason, exit: null, ...nothing };
}

const JOURNALLED: ReadonlySet<HostState> = new Set<HostState>([
  'done',
  'unchanged',
  'kept',
  'restored',
  'down',
]);

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
  const isBack = GONE_BACK.has(state) && !isSameVersion(now.reference, manifest.image);
  return { ...report, state: isBack ? 'reverted' : 'stuck' };
}

/** `unchanged`: the version of this build was not what ran there any more. */
const GONE_BACK: ReadonlySet<HostState> = new Set<HostState>(['done', 'unchanged']);

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
  return { server, app, state, reason, exit, from, to: to || (wanted ?? ''), now, history, seconds };
}

function without(server: string, app: string, state: HostState, reason: Reason): HostReport {
  const nothing = { from: '', to: '', now: { reference: '', state: '' }, history: [], seconds: null };
  return { server, app, state, reason, exit: null, ...nothing };
}

const JOURNALLED: ReadonlySet<HostState> = new Set<HostState>([
  'done',
  'unchanged',
  'kept',
  'restored',
  'down',
]);

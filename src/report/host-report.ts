import { judge } from './judge.js';
import type { ShippedManifest } from './manifests.js';
import { NOTHING_TOLD, parseOutcome, toldOf } from './outcome.js';
import type { HostReport, HostState, Reason } from './report.js';

/** What came back from one server for one app; `outcome` is null if it has not been asked. */
export interface Answer {
  readonly server: string;
  readonly app: string;
  readonly outcome: string | null;
}

export function toHostReport({ server, outcome }: Answer, manifest: ShippedManifest): HostReport {
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

import type { ShippedManifest } from './manifests.js';
import { type Outcome, parseOutcome } from './outcome.js';
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
  const state = stateOf(parsed);
  // An exit that left no line in the journal: what an earlier run of the same build wrote there is not its result.
  const told = JOURNALLED.has(state) ? parsed : { from: '', to: '', seconds: null };
  const to = told.to || (manifest.mode === 'rollback' ? '' : manifest.image);
  return { server, app, state, reason: '', exit, from: told.from, to, now, history, seconds: told.seconds };
}

function without(server: string, app: string, state: HostState, reason: Reason): HostReport {
  const nothing = { from: '', to: '', now: { reference: '', state: '' }, history: [], seconds: null };
  return { server, app, state, reason, exit: null, ...nothing };
}

const STATES: Readonly<Record<number, HostState>> = {
  10: 'kept',
  11: 'restored',
  12: 'down',
  13: 'nothing',
  64: 'refused',
  75: 'locked',
};

const JOURNALLED: ReadonlySet<HostState> = new Set<HostState>([
  'done',
  'unchanged',
  'kept',
  'restored',
  'down',
]);

/** The exit code is the state of the host; any other is none that the scripts use, as of a killed run. */
function stateOf({ exit, result, now }: Outcome): HostState {
  const isGone = now.state !== 'running' && now.state !== 'unknown';
  // Healthy when the script looked, and gone since.
  if (isGone && (exit === 0 || exit === 11)) return 'down';
  if (exit !== 0) return STATES[exit] ?? 'unknown';
  return result === 'done' ? 'done' : 'unchanged';
}

import { judge } from './judge.js';
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
  const { state, reason } = judge(parsed, manifest);
  const { from, to, seconds } = toldBy(parsed, state, manifest);
  return { server, app, state, reason, exit, from, to, now, history, seconds };
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

/** An exit that left no line in the journal: what another run wrote there is not its result. */
function toldBy(outcome: Outcome, state: HostState, { mode, image, target }: ShippedManifest) {
  const isTold = JOURNALLED.has(state) && outcome.action === (mode === 'rollback' ? 'rollback' : 'deploy');
  const told = isTold ? outcome : { from: '', to: '', seconds: null };
  const wanted = mode === 'rollback' ? (state === 'absent' ? (target ?? '') : '') : image;
  return { from: told.from, to: told.to || wanted, seconds: told.seconds };
}

import type { ShippedManifest } from './manifests.js';
import { type Outcome, type Told, toldOf } from './outcome.js';
import type { HostState, Reason } from './report.js';
import { isSameVersion } from './version-of.js';

export interface Judgement {
  readonly state: HostState;
  /** Why the state is `unknown`; empty for any other. */
  readonly reason: Reason;
}

const STATES: Readonly<Record<number, HostState>> = {
  10: 'kept',
  11: 'restored',
  12: 'down',
  13: 'nothing',
  64: 'refused',
  75: 'locked',
};

/**
 * The exit code is the state of the host; any other is none that the scripts use, as of a killed run. But one that says
 * "healthy" counts only if what runs now agrees: it was healthy when the script looked, and may be gone or replaced since.
 */
export function judge(outcome: Outcome, manifest: ShippedManifest): Judgement {
  const { exit, now, history } = outcome;
  if (exit === 13 && manifest.target !== null && history.length > 0) return as('absent');
  if (exit !== 0 && exit !== 11) return as(STATES[exit] ?? 'unknown');
  if (now.state !== 'running' && now.state !== 'unknown') return as('down');
  if (exit === 11) return as('restored');
  if (now.state === 'unknown') return as('unknown', 'unseen');
  const told = toldOf(outcome, manifest.mode);
  if (!isSameVersion(now.reference, wantedNow(told, now.reference, manifest))) return as('unknown', 'other');
  // A rollback that had nothing to do leaves no line in the journal.
  const isChange = manifest.mode === 'rollback' ? told.result === 'done' : told.result !== 'unchanged';
  return as(isChange ? 'done' : 'unchanged');
}

/** What should run after exit code 0. */
function wantedNow({ result, from, to }: Told, now: string, { mode, image }: ShippedManifest): string {
  // The same image under another tag stays as it is, with the name that it had.
  if (result === 'unchanged') return from;
  if (mode !== 'rollback') return image;
  return result === 'done' ? to : now;
}

function as(state: HostState, reason: Reason = ''): Judgement {
  return { state, reason };
}

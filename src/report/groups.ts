import type { HostReport, HostState } from './report.js';
import { versionOf } from './version-of.js';

/** Hosts of which the same is to be said. */
export interface Group {
  readonly state: HostState;
  readonly reason: HostReport['reason'];
  readonly app: string;
  /** Versions as people name them; empty if not known. */
  readonly from: string;
  readonly to: string;
  readonly now: string;
  readonly isRunning: boolean;
  readonly servers: readonly string[];
}

/** Worst first: what has to be done at once, what failed, what went well, what was not tried. */
const ORDER: readonly HostState[] = [
  'down',
  'unknown',
  'stuck',
  'restored',
  'kept',
  'unreached',
  'refused',
  'locked',
  'absent',
  'reverted',
  'nothing',
  'done',
  'unchanged',
  'skipped',
];

export function groupHosts(hosts: readonly HostReport[]): Group[] {
  const groups = new Map<string, Group>();
  for (const host of hosts) {
    const group = toGroup(host);
    const key = JSON.stringify({ ...group, servers: [] });
    groups.set(key, { ...group, servers: [...(groups.get(key)?.servers ?? []), host.server] });
  }
  return [...groups.values()].sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
}

function toGroup({ state, reason, app, from, to, now }: HostReport): Group {
  return {
    state,
    reason,
    app,
    from: versionOf(from),
    to: versionOf(to),
    now: versionOf(now.reference),
    isRunning: now.state === 'running',
    servers: [],
  };
}

/**
 * States that end a build as FAILURE; `nothing` makes it UNSTABLE, and one that was skipped or went back adds nothing: another host has
 * failed then.
 */
export const FAILED: ReadonlySet<HostState> = new Set<HostState>([
  'down',
  'unknown',
  'stuck',
  'restored',
  'kept',
  'unreached',
  'refused',
  'locked',
  'absent',
]);

import type { Parameters, Rollout } from '../parameters/parameters.js';
import { FAILED } from '../report/groups.js';
import type { HostState } from '../report/report.js';
import { planBatches, sizeOfBatch } from './batches.js';

/** What is known of one app on one host; `skipped`: not asked yet, or left out after another of its apps failed. */
export interface Known {
  readonly server: string;
  readonly app: string;
  readonly state: HostState;
  /** It was updated, and one step back leads to what ran before. */
  readonly canGoBack: boolean;
}

/** What comes next: these hosts at the same time. */
export interface Step {
  /** `update`: auto.sh; `revert`: rollback.sh, for what this rollout has updated. */
  readonly action: 'update' | 'revert';
  readonly servers: readonly string[];
  /** To wait before it. */
  readonly seconds: number;
}

/**
 * The rollout as a function of what is known, so that whoever carries it out remembers nothing: ask for the step, do it, ask again.
 * @param known every app on every host, in order of the hosts
 * @returns undefined at the end
 */
export function nextStep(
  known: readonly Known[],
  rollout: Rollout,
  mode: Parameters['mode'],
): Step | undefined {
  const hosts = byServer(known);
  const failures = hosts.filter(({ states }) => states.some((state) => FAILED.has(state))).length;
  if (failures <= rollout.failures) return nextBatch(hosts, rollout);
  // What a rollback leaves is gone from its host: there is no way back from it.
  return rollout.onFailure === 'rollback' && mode !== 'rollback' ? nextRevert(hosts, rollout) : undefined;
}

interface KnownHost {
  readonly server: string;
  readonly states: readonly HostState[];
  readonly canGoBack: boolean;
}

function byServer(known: readonly Known[]): KnownHost[] {
  const servers = [...new Set(known.map(({ server }) => server))];
  return servers.map((server) => {
    const apps = known.filter((one) => one.server === server);
    return { server, states: apps.map(({ state }) => state), canGoBack: apps.some((one) => one.canGoBack) };
  });
}

function nextBatch(hosts: readonly KnownHost[], rollout: Rollout): Step | undefined {
  const waiting = new Set(hosts.filter(isWaiting).map(({ server }) => server));
  const batches = planBatches(
    hosts.map(({ server }) => server),
    rollout,
  );
  const index = batches.findIndex((batch) => batch.some((server) => waiting.has(server)));
  const batch = batches[index];
  if (batch === undefined) return undefined;
  const before = new Set(batches[index - 1] ?? []);
  // Where nothing was changed there is nothing to watch: a rollout that goes on after a failure is soon where it stopped.
  const isChanged = hosts.some(({ server, states }) => before.has(server) && states.includes('done'));
  return {
    action: 'update',
    servers: batch.filter((server) => waiting.has(server)),
    seconds: isChanged ? Math.ceil(rollout.wait / 1000) : 0,
  };
}

function isWaiting({ states }: KnownHost): boolean {
  return states.every((state) => state === 'skipped');
}

/** As many at a time as were updated at a time, and without a pause. */
function nextRevert(hosts: readonly KnownHost[], rollout: Rollout): Step | undefined {
  const updated = hosts.filter(({ canGoBack }) => canGoBack).map(({ server }) => server);
  if (updated.length === 0) return undefined;
  const servers = updated.slice(0, sizeOfBatch(rollout.batch, hosts.length));
  return { action: 'revert', servers, seconds: 0 };
}

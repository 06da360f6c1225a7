import type { Rehearsed } from '../rehearsed.js';
import { scenariosOf } from '../scenarios.js';
import { isRunning, KnownHost } from './known-host.js';
import type { RealContainer } from './read-host.js';

/** Where a rehearsal on a real host's containers is not quite that host. */
export function notesOfHost(rehearsed: Rehearsed): string[] {
  const { real, parameters, history } = rehearsed;
  if (real === undefined) return [];
  const host = new KnownHost(real, parameters);
  const isPathOnly = scenariosOf(rehearsed).some((scenario) => scenario.isPathOnly);
  return [
    ...(history === undefined ? ['without --history the history is made up from the parked containers'] : []),
    ...host.containers.flatMap(describeState),
    ...(host.leftOut > 0
      ? [`${host.leftOut} containers are left out: no name, image or port of theirs is this app's`]
      : []),
    ...(isPathOnly
      ? ['nothing of this app serves on this host: only the run without a fault is played']
      : []),
  ];
}

function describeState(one: RealContainer): string[] {
  const { name, state, health } = one;
  if (['paused', 'restarting', 'removing', 'dead'].includes(state))
    return [`'${name}' is ${state} on the host: here it ${isRunning(one) ? 'runs' : 'has exited'}`];
  return isRunning(one) && health === 'unhealthy'
    ? [`'${name}' is unhealthy on the host: here it is well`]
    : [];
}

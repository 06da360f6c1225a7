import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { versionOf } from '../report/version-of.js';
import type { Call } from './faults.js';
import { isNeighbour } from './neighbour.js';
import type { SimulatedHost } from './simulated-host.js';
import { containersOf } from './simulated-state.js';
import { toVersions } from './versions.js';

/** What a host is like when one of its docker calls is made. */
export interface Step extends Call {
  /** The call as it is logged: `docker`, arguments. */
  readonly line: string;
  /** Simulated milliseconds. */
  readonly clock: number;
  /** The version in the container that runs; undefined: none does. */
  readonly runs: string | undefined;
  readonly history: readonly string[];
  /** State, name, policy and reference of the containers of others, a line each. */
  readonly others: string;
}

/** SIM_FAULT for a run without a fault in which all of this is noted before each call (simulator/lib/faults.sh). */
export const NOTE_STEPS = 'at=1+ do=note';

/** @param calls lines of the simulator's log, `STATUS docker ARGUMENTS` */
export function readSteps(host: SimulatedHost, calls: readonly string[]): Step[] {
  if (calls.length === 0) return [];
  const notes = readFileSync(join(host.folder, 'sim', 'notes'), 'utf8').split('\v');
  return calls.map((call, index) => readStep(host, call, notes[index] ?? ''));
}

/** A line of the log is `STATUS docker ARGUMENTS`. Some of what these do are questions, so their second word counts. */
function commandOf(call: string): string {
  const [, , first = '', second = ''] = call.split(' ');
  return ['network', 'service'].includes(first) ? `${first} ${second}` : first;
}

/** What there is now, as if another call were made. */
export function lookNow(host: SimulatedHost): Step {
  const containers = containersOf(host).map(
    ({ state, name, policy, reference }) => `${state} ${name} ${policy} ${reference}\n`,
  );
  const history = host.lines('').map((line) => `${line}\n`);
  return readStep(
    host,
    '0 docker',
    ['', host.sim('clock'), history.join(''), containers.join('')].join('\f'),
  );
}

function readStep(host: SimulatedHost, call: string, note: string): Step {
  const [files = '', clock = '', history = '', containers = ''] = note.split('\f');
  const all = containers.split('\n').filter(Boolean);
  const others = all.filter((line) => isNeighbour(host, { name: line.split(' ')[1] ?? '' }));
  const running = all.find((line) => line.startsWith('running ') && !others.includes(line));
  const name = basename(host.history);
  return {
    command: commandOf(call),
    files: files.split('\n').flatMap((file) => (file.startsWith(name) ? [file.slice(name.length)] : [])),
    line: call.slice(call.indexOf(' ') + 1).replaceAll(dirname(dirname(host.history)), ''),
    clock: Number(clock),
    runs: running && versionOf(running.split(' ')[3] ?? ''),
    others: others.join('\n'),
    history: toVersions(history.split('\n').filter(Boolean), host.subject.repository),
  };
}

import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { versionOf } from '../report/version-of.js';
import type { Call } from './faults.js';
import { isNeighbour } from './neighbour.js';
import type { SimulatedHost } from './simulated-host.js';
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
}

/** SIM_FAULT for a run without a fault in which all of this is noted before each call (simulator/lib/faults.sh). */
export const NOTE_STEPS = 'at=1+ do=note';

/** @param calls lines of the simulator's log, `STATUS docker ARGUMENTS` */
export function readSteps(host: SimulatedHost, calls: readonly string[]): Step[] {
  if (calls.length === 0) return [];
  const notes = readFileSync(join(host.folder, 'sim', 'notes'), 'utf8').split('\v');
  return calls.map((call, index) => readStep(host, call, notes[index] ?? ''));
}

function readStep(host: SimulatedHost, call: string, note: string): Step {
  const [files = '', clock = '', history = '', containers = ''] = note.split('\f');
  const running = containers
    .split('\n')
    .map((line) => line.split(' '))
    .find(([name = '']) => name !== '' && !isNeighbour(host, { name }));
  const name = basename(host.history);
  return {
    command: call.split(' ')[2] ?? '',
    files: files.split('\n').flatMap((file) => (file.startsWith(name) ? [file.slice(name.length)] : [])),
    line: call.slice(call.indexOf(' ') + 1).replaceAll(dirname(dirname(host.history)), ''),
    clock: Number(clock),
    runs: running && versionOf(running[1] ?? ''),
    history: toVersions(history.split('\n').filter(Boolean), host.subject.repository),
  };
}

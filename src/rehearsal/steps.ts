import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { versionOf } from '../report/version-of.js';
import type { Call } from './faults.js';
import { neighbourOf } from './neighbour.js';
import type { SimulatedHost } from './simulated-host.js';
import { readContainers } from './simulated-state.js';
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

/** A hook of the simulator that notes all of this before each call; $HOME is the host's folder. */
export const NOTE_STEP =
  '{ ls "$HOME/data"; printf "\\f"; cat "$SIM_STATE/clock"; printf "\\f"; cat "$SIM_HISTORY"; printf "\\f"; ' +
  'cat "$SIM_STATE/state"; printf "\\v"; } >>"$HOME/steps" 2>/dev/null';

/** @param calls lines of the simulator's log, `STATUS docker ARGUMENTS` */
export function readSteps(host: SimulatedHost, calls: readonly string[]): Step[] {
  if (calls.length === 0) return [];
  const notes = readFileSync(join(host.folder, 'steps'), 'utf8').split('\v');
  return calls.map((call, index) => readStep(host, call, notes[index] ?? ''));
}

/** A line of the log is `STATUS docker ARGUMENTS`. Some of what `network` does are questions, so its second word counts. */
function commandOf(call: string): string {
  const [, , first = '', second = ''] = call.split(' ');
  return first === 'network' ? `${first} ${second}` : first;
}

function readStep(host: SimulatedHost, call: string, note: string): Step {
  const [files = '', clock = '', history = '', state = ''] = note.split('\f');
  const other = neighbourOf(host);
  const running = readContainers(state).find((one) => one.state === 'running' && one.name !== other);
  const name = basename(host.history);
  return {
    command: commandOf(call),
    files: files.split('\n').flatMap((file) => (file.startsWith(name) ? [file.slice(name.length)] : [])),
    line: call.slice(call.indexOf(' ') + 1).replaceAll(dirname(dirname(host.history)), ''),
    clock: Number(clock),
    runs: running && versionOf(running.reference),
    history: toVersions(history.split('\n').filter(Boolean), host.subject.repository),
  };
}

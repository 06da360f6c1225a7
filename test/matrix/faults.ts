import { spawnSync } from 'node:child_process';
import type { RunOptions } from '../support/host.js';

/** What can happen at one docker call; the words are the simulator's (simulator/lib/faults.sh). */
export interface Fault {
  readonly name: string;
  /** The script cannot end by itself: its exit code says nothing. */
  readonly isFatal: boolean;
  /** Files are touched: the run may stop before it changes anything, or with a warning after it did. */
  readonly isOfFiles: boolean;
  /** How the script has to be started for it. */
  readonly through?: readonly string[];
}

/** Its output goes to a process that the simulator can end. */
const WITH_READER = [
  'sh',
  '-c',
  'mkfifo "$HOME/pipe" || exit 70; cat "$HOME/pipe" >/dev/null & echo $! >"$HOME/reader"; ' +
    '"$@" >"$HOME/pipe" 2>&1; code=$?; rm -f "$HOME/pipe" "$HOME/reader"; exit "$code"',
  'sh',
];

/** A full disk is a limit on the size of its files; without this the signal for it would come first. */
const WITHOUT_SIGXFSZ = ['sh', '-c', 'trap "" XFSZ; exec "$@"', 'sh'];

const ALL: readonly Fault[] = [
  ...['fail-before', 'fail-after', 'hang-before', 'hang-after', 'term', 'int', 'hup'].map((name) => ({
    name,
    isFatal: false,
    isOfFiles: false,
  })),
  ...['kill-before', 'kill-after', 'kill-during'].map((name) => ({ name, isFatal: true, isOfFiles: false })),
  { name: 'pipe', isFatal: false, isOfFiles: false, through: WITH_READER },
  { name: 'full', isFatal: false, isOfFiles: true, through: WITHOUT_SIGXFSZ },
];

/** Only a Linux kernel lets one process limit another. */
const canFill = spawnSync('prlimit', ['--version']).status === 0;

export const FAULTS: readonly Fault[] = ALL.filter(({ name }) => name !== 'full' || canFill);
export const MISSING_FAULTS: readonly string[] = canFill ? [] : ['full (needs prlimit)'];

/** A run with this fault at the docker call of this number, from 1. */
export function withFault({ name, through }: Fault, at: number, options: RunOptions): RunOptions {
  const env = { ...options.env, SIM_FAULT: `at=${at} do=${name}` };
  return { ...options, env, ...(through ? { through } : {}) };
}

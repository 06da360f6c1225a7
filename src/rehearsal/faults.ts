import { spawnSync } from 'node:child_process';
import { FILE_FAULTS } from './file-faults.js';
import type { SimulatedHost } from './simulated-host.js';

/** What can happen at one docker call. */
export interface Fault {
  readonly name: string;
  /** The simulator's word for it (simulator/lib/faults.sh). */
  readonly action: string;
  /** Shell text that runs on the host at that moment; $HOME is the host's folder. */
  readonly hook?: string | ((host: SimulatedHost) => string);
  /** ... and what ends it before anybody looks: the disk is back, the owner is put right. */
  readonly undo?: string;
  /** What happens to the host after the run. */
  readonly afterwards?: (host: SimulatedHost) => void;
  /** ... and after the run that follows, before anybody looks. */
  readonly later?: (host: SimulatedHost) => void;
  /** The script cannot end by itself: its exit code says nothing. */
  readonly isFatal?: boolean;
  /** Files are touched: the run may stop before it changes anything, or with a warning after it did. */
  readonly isOfFiles?: boolean;
  /** How the script has to be started for it. */
  readonly through?: readonly string[];
  /** Shells that nothing is promised for with this fault. */
  readonly notUnder?: readonly string[];
  /** Whether it is another fault than those before it at this call; everywhere if left out. */
  readonly appliesTo?: (call: Call) => boolean;
}

export const WITHOUT_FAULT: Fault = { name: 'none', action: '' };

/** A docker call of a scenario without a fault. */
export interface Call {
  /** docker's sub-command: of `container inspect` the first word, of `network connect` and `service update` both. */
  readonly command: string;
  /** The suffixes of the files beside the history, and '' for itself, that are there when it is made. */
  readonly files: readonly string[];
}

/** A question has no effect, so there is no time after it. */
const QUESTIONS = [
  ...['version', 'info', 'context', 'ps', 'container', 'image', 'logs'],
  ...['network inspect', 'network ls'],
  ...['service ls', 'service inspect', 'service ps', 'service logs'],
];
const hasEffect = ({ command }: Call) => !QUESTIONS.includes(command);

/** Its output goes to a process that can be ended. */
const WITH_READER = [
  'sh',
  '-c',
  'mkfifo "$HOME/pipe" || exit 70; cat "$HOME/pipe" >/dev/null & echo $! >"$HOME/reader"; ' +
    '"$@" >"$HOME/pipe" 2>&1; code=$?; rm -f "$HOME/pipe" "$HOME/reader"; exit "$code"',
  'sh',
];

const DOCKER_FAULTS: readonly Fault[] = [
  ...['fail-before', 'hang-before'].map((name) => ({ name, action: name })),
  ...['fail-after', 'hang-after'].map((name) => ({ name, action: name, appliesTo: hasEffect })),
];

const SCRIPT_FAULTS: readonly Fault[] = [
  ...['term', 'int', 'hup'].map((name) => ({ name, action: name })),
  { name: 'kill-before', action: 'kill-before', isFatal: true },
  { name: 'kill-after', action: 'kill-after', isFatal: true, appliesTo: hasEffect },
  {
    name: 'kill-during',
    action: 'kill-during',
    isFatal: true,
    // What the daemon was still about has happened by then.
    later: (host) => host.sim('advance', '60000'),
    appliesTo: ({ command }) => command === 'stop',
  },
  { name: 'power-cut', action: 'kill-after', isFatal: true, afterwards: (host) => host.sim('power-cut') },
  { name: 'pipe', action: 'hook', hook: 'kill -s KILL "$(cat "$HOME/reader")"', through: WITH_READER },
  { name: 'rival', action: 'hook', hook: rival },
];

/** Another run of the same app, which finds the lock held; what it ends with is left in two files. */
function rival(host: SimulatedHost): string {
  const command = `'${host.shell.command.join("' '")}' "$HOME/inbox/auto.sh"`;
  return `${command} </dev/null >"$HOME/rival" 2>&1; echo "$?" >"$HOME/rival.code"`;
}

const isLinux = process.platform === 'linux';
const canLimit =
  isLinux && ['prlimit', 'setpriv'].every((name) => spawnSync(name, ['--version']).status === 0);

export const FAULTS: readonly Fault[] = [
  ...DOCKER_FAULTS,
  ...SCRIPT_FAULTS,
  ...(canLimit ? FILE_FAULTS : []),
];
export const MISSING_FAULTS: readonly string[] = canLimit
  ? []
  : ['faults of files (Linux, prlimit and setpriv)'];

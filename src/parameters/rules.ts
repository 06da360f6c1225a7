import { posix } from 'node:path';
import type { Problem } from '../problems/problem.js';
import { hostBudget, pullLimitSeconds, SHORTEST_PULL_SECONDS } from './budget.js';
import {
  findClashes,
  networksFit,
  optionsContradictNothing,
  portsDiffer,
  portsNeedNetwork,
  volumesDiffer,
} from './container-rules.js';
import { belongsToHistory } from './history-files.js';
import type { Parameters } from './parameters.js';
import { strategyFits } from './strategy.js';
import { SWARM_RULES } from './swarm-rules.js';
import type { Name } from './table.js';
import type { Path } from './tree.js';
import { formatDuration } from './values/durations.js';
import { normalisePath } from './values/volumes.js';

/** What a rule found; `at` is the setting, or a part of it, to point at. */
export interface RuleFinding extends Omit<Problem, 'source' | 'excerpt'> {
  readonly at: Path;
}

/** Whether the user said it, or a part of it. */
export type IsGiven = (name: Name) => boolean;

/** A rule about several values. It is not asked when one of those that it reads is wrong in itself. */
export interface CrossRule {
  readonly reads: readonly Name[];
  readonly check: (p: Parameters, isGiven: IsGiven) => readonly RuleFinding[];
}

const execTimeoutCoversAll: CrossRule = {
  reads: ['publish.execTimeout', 'lockWait', 'stopTimeout', 'health.timeout', 'health.settle'],
  check(p) {
    if (pullLimitSeconds(p) >= SHORTEST_PULL_SECONDS) return [];
    const parts = [...hostBudget(p), { name: 'pull', milliseconds: SHORTEST_PULL_SECONDS * 1000 }];
    const sum = parts.reduce((total, { milliseconds }) => total + milliseconds, 0);
    const list = parts.map(({ name, milliseconds }) => `${name} ${formatDuration(milliseconds)}`).join(' + ');
    const value = formatDuration(p.publish.execTimeout);
    return [
      {
        at: ['publish', 'execTimeout'],
        code: 'GS080',
        value,
        expected: `${formatDuration(sum)} at least: ${list}`,
      },
    ];
  },
};

const historyOutsideShipped: CrossRule = {
  reads: ['history.file', 'publish.remoteRoot', 'publish.remoteDirectory', 'app'],
  check({ history, publish }) {
    if (publish.remoteRoot === '') return [];
    const folder = normalisePath(posix.join(publish.remoteRoot, publish.remoteDirectory));
    if (!`${normalisePath(history.file)}`.startsWith(folder === '/' ? '/' : `${folder}/`)) return [];
    return [
      {
        at: ['history', 'file'],
        code: 'GS081',
        value: history.file,
        detail: `the shipped folder is ${folder}`,
      },
    ];
  },
};

const loginIsComplete: CrossRule = {
  reads: ['registry.login', 'registry.username', 'registry.passwordFile'],
  check({ registry }) {
    if (registry.login !== 'file') return [];
    return (['username', 'passwordFile'] as const)
      .filter((key) => registry[key] === '')
      .map((key) => ({
        at: ['registry', 'login'],
        code: 'GS082',
        expected: `registry.${key} with login: file`,
      }));
  },
};

const urlCanBeReached: CrossRule = {
  reads: ['health.url', 'container.network'],
  check({ health, container }) {
    if (health.url === '' || container.network !== 'none') return [];
    return [{ at: ['health', 'url'], code: 'GS084', value: health.url, detail: 'container.network is none' }];
  },
};

const filesDiffer: CrossRule = {
  reads: ['history.file', 'container.envFile', 'registry.passwordFile', 'app'],
  check({ history, container, registry }) {
    const files = [
      { path: history.file, at: ['history', 'file'] },
      { path: container.envFile, at: ['container', 'envFile'] },
      { path: registry.passwordFile, at: ['registry', 'passwordFile'] },
    ].filter(({ path }) => path !== '');
    const isSame = (a: (typeof files)[number], b: (typeof files)[number]) =>
      a.path === history.file
        ? belongsToHistory(b.path, a.path)
        : normalisePath(a.path) === normalisePath(b.path);
    return findClashes(files, isSame).map(([first, second]) => ({
      at: second.at,
      code: 'GS087',
      value: second.path,
      detail: `${first.at.join('.')} uses it too`,
    }));
  },
};

const intervalFitsTimeout: CrossRule = {
  reads: ['health.interval', 'health.timeout'],
  check({ health: { interval, timeout } }) {
    if (interval < timeout) return [];
    const expected = `less than health.timeout, which is ${formatDuration(timeout)}`;
    return [{ at: ['health', 'interval'], code: 'GS088', value: formatDuration(interval), expected }];
  },
};

export const CROSS_RULES: readonly CrossRule[] = [
  execTimeoutCoversAll,
  historyOutsideShipped,
  loginIsComplete,
  networksFit,
  portsNeedNetwork,
  urlCanBeReached,
  portsDiffer,
  volumesDiffer,
  optionsContradictNothing,
  filesDiffer,
  intervalFitsTimeout,
  strategyFits,
  ...SWARM_RULES,
];

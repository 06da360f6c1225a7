import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Host, Run } from '../support/host.js';
import type { Changes } from '../support/parameters.js';

/** What the app's port answers, and the history. */
export interface State {
  readonly serves: string | undefined;
  readonly history: readonly string[];
}

/** A run of auto.sh on a host with a past. */
export interface Scenario {
  readonly name: string;
  readonly kind: 'deploy' | 'rollback';
  /** Of the run, for Jenkins. */
  readonly build: number;
  /** State of the host before it, and after it if all goes well. */
  readonly before: State;
  readonly wanted: State;
  /** How many versions are parked before it, and after it if all goes well. */
  readonly parked: readonly [before: number, after: number];
  /** What a rollback by the next build leads to when a deploy has succeeded. */
  readonly undone: State;
  /** The host is in the middle of a swap: a fault may hit the recovery, and then nothing may serve until the next run. */
  readonly isInterrupted: boolean;
  /** The version that a deploy tries, or that an interrupted one has tried. */
  readonly attempted: string | undefined;
  /** Faults that docs/reliability.md does not promise anything for here. */
  readonly except: readonly string[];
  /** Exit code if all goes well. With 11 every fault is a second one: it may hit the way back. */
  readonly code: number;
  /** Brings the host to `before`; the run's own scripts are not shipped yet. */
  prepare(host: Host): void;
  /** As Jenkins does before each try. */
  ship(host: Host): void;
  /** A deploy of another version, or a rollback, by the next build. */
  deployNext(host: Host): Run;
  rollBackNext(host: Host): Run;
}

export type Deploy = (tag: string, build: number, changes?: Changes, fault?: string) => Run;

/** What distinguishes a scenario. The parameters come from `settings`, those of its own run also from `act`. */
export interface Story {
  readonly build: number;
  readonly before: State;
  readonly wanted: State;
  readonly parked: Scenario['parked'];
  readonly undone?: State;
  readonly attempted?: string;
  readonly except?: readonly string[];
  readonly isInterrupted?: boolean;
  readonly code?: number;
  readonly settings?: (host: Host) => Changes;
  readonly files?: Readonly<Record<string, string>>;
  readonly act?: Changes;
  prepare(host: Host, deploy: Deploy): void;
}

export const PASSWORD = 'canary-5ecret';
/** Another app of the same host, whose name begins like ours. */
export const NEIGHBOUR = 'citest2';
/** The version of the deploy that comes after a scenario. */
export const NEXT = 'v5';

const VERSIONS = ['v1', 'v2', 'v3', 'v4', NEXT];
/** Short waits: they cost a simulated process each. */
export const QUICK: Changes = { health: { settle: 500, timeout: 2000 }, lockWait: 1000 };

export const state = (serves: string | undefined, ...history: string[]): State => ({ serves, history });

export function deployOf(name: string, story: Story): Scenario {
  return makeScenario(name, 'deploy', { tag: story.wanted.serves ?? '' }, story);
}

export function rollbackOf(name: string, story: Story): Scenario {
  return makeScenario(name, 'rollback', ROLLBACK, story);
}

const ROLLBACK: Changes = { mode: 'rollback', tag: '' };

function makeScenario(name: string, kind: Scenario['kind'], mode: Changes, story: Story): Scenario {
  const { build, before, wanted, undone = before, isInterrupted = false, code = 0 } = story;
  const { parked, except = [], files = {}, act = {} } = story;
  const ship = (host: Host, number: number, ...changes: Changes[]) => {
    const all = [QUICK, story.settings?.(host) ?? {}, ...changes];
    host.ship(Object.assign({ jenkins: { buildNumber: String(number) } }, ...all), files);
  };
  const run = (host: Host, number: number, fault = '') =>
    host.run({ args: ['--build', String(number)], env: { SIM_FAULT: fault } });
  const deploy =
    (host: Host): Deploy =>
    (tag, number, changes = {}, fault = '') => {
      ship(host, number, { tag }, changes);
      return run(host, number, fault);
    };
  return {
    ...{ name, kind, build, before, wanted, parked, undone, except, isInterrupted, code },
    attempted: story.attempted ?? act.tag ?? wanted.serves,
    prepare(host) {
      // A slow stop gives a killed `docker stop` time to be under way while the next run begins.
      for (const tag of VERSIONS) host.image(tag, 'stop=5000');
      host.image('bad', 'crash=1');
      story.prepare(host, deploy(host));
      addNeighbour(host);
    },
    ship: (host) => ship(host, build, mode, act),
    deployNext: (host) => deploy(host)(NEXT, build + 1),
    rollBackNext(host) {
      ship(host, build + 1, ROLLBACK);
      return run(host, build + 1);
    },
  };
}

export function addNeighbour(host: Host): void {
  const image = `registry.example.com/team/${NEIGHBOUR}`;
  host.sim('local', `${image}:1`);
  host.command(
    'docker',
    'run',
    '-d',
    '--name',
    NEIGHBOUR,
    '--restart',
    'always',
    '-p',
    '9090:80',
    `${image}:1`,
  );
  writeFileSync(join(host.folder, 'data', `${NEIGHBOUR}_history`), `${image}:0\n`);
}

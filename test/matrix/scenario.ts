import { existsSync, statSync } from 'node:fs';
import { addNeighbour } from '../../src/rehearsal/neighbour.js';
import type { Scenario, State } from '../../src/rehearsal/scenario.js';
import { setWritten } from '../../src/rehearsal/snapshot.js';
import type { Host, Run } from '../support/host.js';
import type { Changes } from '../support/parameters.js';

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
  readonly runsBoth?: boolean;
  /** The host is the manager of a swarm, and the app a service. */
  readonly isSwarm?: boolean;
  /** No registry answers, until the deploy that comes afterwards. */
  readonly isOffline?: boolean;
  /** The app has no port of the host. */
  readonly isPortless?: boolean;
  readonly code?: number;
  readonly settings?: (host: Host) => Changes;
  readonly files?: Readonly<Record<string, string>>;
  readonly act?: Changes;
  prepare(host: Host, deploy: Deploy): void;
}

/** The version of the deploy that comes after a scenario. */
const NEXT = 'v5';

const VERSIONS = ['v1', 'v2', 'v3', 'v4', NEXT];
/** Short waits: they cost a simulated process each. */
export const QUICK: Changes = { health: { settle: 500, timeout: 2000 }, lockWait: 1000 };

export function deployOf(name: string, story: Story): Scenario<Host> {
  return makeScenario(name, 'deploy', { tag: story.wanted.serves ?? '' }, story);
}

export function rollbackOf(name: string, story: Story): Scenario<Host> {
  return makeScenario(name, 'rollback', ROLLBACK, story);
}

const ROLLBACK: Changes = { mode: 'rollback', tag: '' };

function makeScenario(name: string, kind: Scenario['kind'], mode: Changes, story: Story): Scenario<Host> {
  const { build, before, wanted, undone = before, isInterrupted = false, code = 0 } = story;
  const { parked, except = [], files = {}, act = {}, runsBoth = false, isSwarm = false } = story;
  const ship = (host: Host, number: number, ...changes: Changes[]) => {
    const all = [QUICK, story.settings?.(host) ?? {}, ...changes];
    host.ship(Object.assign({ jenkins: { buildNumber: String(number) } }, ...all), files);
  };
  const run = (host: Host, number: number, fault = '') =>
    host.run({ args: ['--build', String(number)], env: { SIM_FAULT: fault } });
  const deploy =
    (host: Host): Deploy =>
    (tag, number, changes = {}, fault = '') => {
      if (existsSync(host.history)) setWritten(host.history, Math.round(statSync(host.history).mtimeMs));
      ship(host, number, { tag }, changes);
      return run(host, number, fault);
    };
  return {
    ...{
      name,
      kind,
      before,
      wanted,
      parked,
      undone,
      except,
      isInterrupted,
      runsBoth,
      isSwarm,
      code,
      next: NEXT,
    },
    args: ['--build', String(build)],
    attempted: story.attempted ?? act.tag ?? wanted.serves,
    prepare(host) {
      // A slow stop gives a killed `docker stop` time to be under way while the next run begins.
      if (isSwarm) host.sim('swarm');
      for (const tag of VERSIONS) host.image(tag, 'stop=5000', ...(isSwarm ? ['healthcheck'] : []));
      host.image('bad', 'crash=1');
      if (story.isPortless) host.publishNothing();
      story.prepare(host, deploy(host));
      addNeighbour(host, isSwarm);
      if (story.isOffline) host.sim('registry', 'down');
    },
    ship: (host) => ship(host, build, mode, act),
    deployNext(host) {
      if (story.isOffline) host.sim('registry', 'up');
      return deploy(host)(NEXT, build + 1);
    },
    rollBackNext(host) {
      ship(host, build + 1, ROLLBACK);
      return run(host, build + 1);
    },
  };
}

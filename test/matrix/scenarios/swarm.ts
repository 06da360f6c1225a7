import { type Scenario, state } from '../../../src/rehearsal/scenario.js';
import type { Host } from '../../support/host.js';
import type { Changes } from '../../support/parameters.js';
import { deployOf, QUICK, rollbackOf, type Story } from '../scenario.js';
import { inOrder } from './past.js';

/** Few and long looks at what the swarm does: each is two simulated processes. */
const SETTINGS: Changes = {
  engine: 'swarm',
  strategy: 'auto',
  health: { url: '', settle: 1000, timeout: 30_000, interval: 2000 },
  swarm: { monitor: 1000 },
};

const KILLED = 'call=service-update nth=1 do=kill-after';

type Told = Omit<Story, 'isSwarm' | 'settings' | 'parked'>;

/** A service has no parked versions. */
const inSwarm = (told: Told): Story => ({ ...told, isSwarm: true, settings: () => SETTINGS, parked: [0, 0] });
const deploy = (name: string, told: Told) => deployOf(`swarm: ${name}`, inSwarm(told));
const rollback = (name: string, told: Told) => rollbackOf(`swarm: ${name}`, inSwarm(told));

const deployed =
  (...tags: string[]): Story['prepare'] =>
  (_, deployNow) =>
    inOrder(deployNow, ...tags);

export const SWARM: readonly Scenario<Host>[] = [
  deploy('first deploy', {
    build: 1,
    before: state(undefined),
    wanted: state('v1'),
    prepare: () => undefined,
  }),
  deploy('update', {
    build: 3,
    before: state('v2', 'v1'),
    wanted: state('v3', 'v1', 'v2'),
    prepare: deployed('v1', 'v2'),
  }),
  deploy('an update that never gets healthy', {
    build: 3,
    before: state('v2', 'v1'),
    wanted: state('v2', 'v1'),
    code: 11,
    act: { tag: 'sick' },
    prepare(host, deployNow) {
      host.image('sick', 'healthcheck', 'unhealthy');
      inOrder(deployNow, 'v1', 'v2');
    },
  }),
  deploy('a tag that does not exist', {
    build: 2,
    before: state('v1'),
    wanted: state('v1'),
    code: 10,
    act: { tag: 'none' },
    prepare: deployed('v1'),
  }),
  // The swarm has finished it meanwhile.
  deploy('update after an interrupted update', {
    build: 3,
    before: state('v3', 'v1', 'v2'),
    wanted: state('v3', 'v1', 'v2'),
    undone: state('v2', 'v1'),
    isInterrupted: true,
    prepare(_, deployNow) {
      inOrder(deployNow, 'v1', 'v2');
      deployNow('v3', 3, {}, KILLED);
    },
  }),
  rollback('rollback', {
    build: 3,
    before: state('v2', 'v1'),
    wanted: state('v1'),
    prepare: deployed('v1', 'v2'),
  }),
  rollback('rollback with the registry down', {
    build: 3,
    before: state('v2', 'v1'),
    wanted: state('v1'),
    isOffline: true,
    prepare: deployed('v1', 'v2'),
  }),
  rollback('a second rollback', {
    build: 5,
    before: state('v2', 'v1'),
    wanted: state('v1'),
    prepare(host, deployNow) {
      inOrder(deployNow, 'v1', 'v2', 'v3');
      host.rollback(4, { ...QUICK, ...SETTINGS });
    },
  }),
  rollback('rollback after an interrupted update', {
    build: 4,
    before: state('v3', 'v1', 'v2'),
    wanted: state('v2', 'v1'),
    undone: state('v2', 'v1'),
    attempted: 'v3',
    isInterrupted: true,
    prepare(_, deployNow) {
      inOrder(deployNow, 'v1', 'v2');
      deployNow('v3', 3, {}, KILLED);
    },
  }),
];

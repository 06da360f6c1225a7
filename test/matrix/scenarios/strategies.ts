import type { Strategy } from '../../../src/parameters/parameters.js';
import { type Scenario, state } from '../../../src/rehearsal/scenario.js';
import type { Host } from '../../support/host.js';
import type { Changes } from '../../support/parameters.js';
import { deployOf, QUICK, rollbackOf, type Story } from '../scenario.js';
import { inOrder, removeParked } from './past.js';

/** What an app needs so that two versions of it can be there at once. */
const SETTINGS: Readonly<Record<Exclude<Strategy, 'recreate'>, Changes>> = {
  preflight: { strategy: 'preflight' },
  handover: { strategy: 'handover', health: { ...QUICK.health, url: 'http://127.0.0.1:8080/health' } },
  'start-first': {
    strategy: 'start-first',
    drain: 1000,
    container: { ports: [], network: 'web', options: ['--network-alias=citest.web'] },
    health: { ...QUICK.health, url: 'http://citest.web/health' },
  },
};

/** Three networks, of which one has no way out. */
const NETWORKS: Changes = {
  ...SETTINGS.handover,
  container: { network: 'web', networks: ['inner', 'metrics'] },
};
const STOPPED_FIRST: Changes = { ...SETTINGS.handover, handover: { stop: 'before' } };

const KILLED = 'call=start nth=1 do=kill-after';

type Common = Pick<Story, 'settings' | 'runsBoth' | 'isPortless'>;
/** What a host needs before its past. */
type Place = (past: Story['prepare']) => Story['prepare'];

function update(name: string, common: Common, place: Place): Scenario<Host> {
  return deployOf(`${name}: update`, {
    ...common,
    build: 3,
    before: state('v2', 'v1'),
    wanted: state('v3', 'v1', 'v2'),
    parked: [1, 2],
    prepare: place((_, deploy) => inOrder(deploy, 'v1', 'v2')),
  });
}

function rollbackFromParked(name: string, common: Common, place: Place): Scenario<Host> {
  return rollbackOf(`${name}: rollback from a parked container`, {
    ...common,
    build: 4,
    before: state('v3', 'v1', 'v2'),
    wanted: state('v2', 'v1'),
    parked: [2, 1],
    prepare: place((_, deploy) => inOrder(deploy, 'v1', 'v2', 'v3')),
  });
}

function scenariosOf(strategy: keyof typeof SETTINGS): Scenario<Host>[] {
  const common = {
    settings: () => SETTINGS[strategy],
    runsBoth: true,
    isPortless: strategy === 'start-first',
  };
  const withNetwork =
    (prepare: Story['prepare']): Story['prepare'] =>
    (host, deploy) => {
      host.sim('network', 'web');
      // It must not answer for a moment before it ends: a probe that comes just then would be right to pass.
      host.image('bad', 'crash=1', 'http=503');
      prepare(host, deploy);
    };
  return [
    update(strategy, common, withNetwork),
    deployOf(`${strategy}: a version that does not get healthy`, {
      ...common,
      build: 3,
      before: state('v2', 'v1'),
      wanted: state('v2', 'v1'),
      parked: [1, 1],
      code: 10,
      act: { tag: 'bad' },
      prepare: withNetwork((_, deploy) => inOrder(deploy, 'v1', 'v2')),
    }),
    deployOf(`${strategy}: update after an interrupted deploy`, {
      ...common,
      build: 3,
      before: state('v2', 'v1'),
      wanted: state('v3', 'v1', 'v2'),
      parked: [1, 2],
      isInterrupted: true,
      prepare: withNetwork((_, deploy) => {
        inOrder(deploy, 'v1', 'v2');
        deploy('v3', 3, {}, KILLED);
      }),
    }),
    rollbackFromParked(strategy, common, withNetwork),
    rollbackOf(`${strategy}: rollback from a local image`, {
      ...common,
      build: 3,
      before: state('v2', 'v1'),
      wanted: state('v1'),
      parked: [0, 0],
      prepare: withNetwork((host, deploy) => {
        inOrder(deploy, 'v1', 'v2');
        removeParked(host);
      }),
    }),
  ];
}

function addNetworks(host: Host): void {
  host.command('docker', 'network', 'create', '--internal', 'inner');
  host.command('docker', 'network', 'create', 'metrics');
}

/** What of a handover depends on more than the strategy: its update, and its rollback from a parked container. */
function variantOf(name: string, changes: Changes): Scenario<Host>[] {
  const common = { settings: () => changes, runsBoth: true };
  const prepare =
    (past: Story['prepare']): Story['prepare'] =>
    (host, deploy) => {
      host.sim('network', 'web');
      addNetworks(host);
      past(host, deploy);
    };
  return [update(name, common, prepare), rollbackFromParked(name, common, prepare)];
}

export const STRATEGIES: readonly Scenario<Host>[] = [
  ...scenariosOf('preflight'),
  ...scenariosOf('handover'),
  ...scenariosOf('start-first'),
  ...variantOf('handover on three networks', NETWORKS),
  ...variantOf('handover, the old one stopped first', STOPPED_FIRST),
];

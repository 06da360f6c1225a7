import { type Scenario, state } from '../../../src/rehearsal/scenario.js';
import type { Host } from '../../support/host.js';
import { QUICK, rollbackOf } from '../scenario.js';
import { byPasswordFile, closeRegistry, inOrder, keepPassword, removeImage, removeParked } from './past.js';

export const ROLLBACKS: readonly Scenario<Host>[] = [
  rollbackOf('rollback from a parked container', {
    build: 4,
    before: state('v3', 'v1', 'v2'),
    wanted: state('v2', 'v1'),
    parked: [2, 1],
    prepare: (_, deploy) => inOrder(deploy, 'v1', 'v2', 'v3'),
  }),
  rollbackOf('rollback from a local image', {
    build: 3,
    before: state('v2', 'v1'),
    wanted: state('v1'),
    parked: [0, 0],
    prepare(host, deploy) {
      inOrder(deploy, 'v1', 'v2');
      removeParked(host);
    },
  }),
  rollbackOf('rollback that must pull', {
    build: 3,
    before: state('v2', 'v1'),
    wanted: state('v1'),
    parked: [0, 0],
    prepare(host, deploy) {
      inOrder(deploy, 'v1', 'v2');
      removeParked(host);
      removeImage(host, 'v1');
    },
  }),
  rollbackOf('rollback with a password file, that must pull', {
    build: 3,
    before: state('v2', 'v1'),
    wanted: state('v1'),
    parked: [0, 0],
    settings: byPasswordFile,
    prepare(host, deploy) {
      keepPassword(host);
      closeRegistry(host);
      inOrder(deploy, 'v1', 'v2');
      removeParked(host);
      removeImage(host, 'v1');
    },
  }),
  rollbackOf('rollback to a version by name', {
    build: 5,
    before: state('v4', 'v1', 'v2', 'v3'),
    wanted: state('v2', 'v1'),
    parked: [3, 1],
    act: { rollback: { to: 'v2', steps: 0 } },
    prepare: (_, deploy) => inOrder(deploy, 'v1', 'v2', 'v3', 'v4'),
  }),
  rollbackOf('rollback by two steps', {
    build: 4,
    before: state('v3', 'v1', 'v2'),
    wanted: state('v1'),
    parked: [2, 0],
    act: { rollback: { to: '', steps: 2 } },
    prepare: (_, deploy) => inOrder(deploy, 'v1', 'v2', 'v3'),
  }),
  rollbackOf("the same build's rollback once more", {
    build: 4,
    before: state('v2', 'v1'),
    wanted: state('v2', 'v1'),
    parked: [1, 1],
    prepare(host, deploy) {
      inOrder(deploy, 'v1', 'v2', 'v3');
      host.rollback(4, QUICK);
    },
  }),
  rollbackOf('rollback after a failed deploy', {
    build: 4,
    before: state('v2', 'v1'),
    wanted: state('v2', 'v1'),
    parked: [1, 1],
    prepare: (_, deploy) => inOrder(deploy, 'v1', 'v2', 'bad'),
  }),
  rollbackOf('rollback after an interrupted deploy', {
    build: 3,
    before: state('v2', 'v1'),
    wanted: state('v2', 'v1'),
    parked: [2, 1],
    attempted: 'v3',
    isInterrupted: true,
    prepare(_, deploy) {
      inOrder(deploy, 'v1', 'v2');
      deploy('v3', 3, {}, 'call=start nth=1 do=kill-after');
    },
  }),
  rollbackOf('rollback after an interrupted rollback', {
    build: 3,
    before: state('v2', 'v1'),
    wanted: state('v1'),
    parked: [1, 0],
    isInterrupted: true,
    except: ['cut swap file'],
    prepare(host, deploy) {
      inOrder(deploy, 'v1', 'v2');
      host.rollback(3, QUICK, { env: { SIM_FAULT: 'call=start nth=1 do=kill-after' } });
    },
  }),
];

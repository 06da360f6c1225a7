import { type Scenario, state } from '../../../src/rehearsal/scenario.js';
import { deployByRecipe, deployToStay } from '../../hosts/recipe.js';
import type { Host } from '../../support/host.js';
import { deployOf } from '../scenario.js';
import { byPasswordFile, byShippedFile, closeRegistry, inOrder, keepPassword } from './past.js';

export const DEPLOYS: readonly Scenario<Host>[] = [
  deployOf('first deploy', {
    build: 1,
    before: state(undefined),
    wanted: state('v1'),
    parked: [0, 0],
    prepare: () => undefined,
  }),
  deployOf('update', {
    build: 3,
    before: state('v2', 'v1'),
    wanted: state('v3', 'v1', 'v2'),
    parked: [1, 2],
    prepare: (_, deploy) => inOrder(deploy, 'v1', 'v2'),
  }),
  deployOf('update on a host of the old recipe', {
    build: 1,
    before: state('v2', 'v1'),
    wanted: state('v3', 'v1', 'v2'),
    parked: [0, 1],
    prepare(host) {
      deployByRecipe(host, 'v1');
      deployToStay(host, 'v2');
    },
  }),
  deployOf('update with more versions than are kept', {
    build: 5,
    before: state('v4', 'v1', 'v2', 'v3'),
    wanted: state('v5', 'v1', 'v2', 'v3', 'v4'),
    parked: [3, 1],
    settings: () => ({ retain: 1 }),
    prepare(_, deploy) {
      for (const [index, tag] of ['v1', 'v2', 'v3', 'v4'].entries()) deploy(tag, index + 1, { retain: 5 });
    },
  }),
  deployOf('update with a password file', {
    build: 2,
    before: state('v1'),
    wanted: state('v2', 'v1'),
    parked: [0, 1],
    settings: byPasswordFile,
    prepare(host, deploy) {
      keepPassword(host);
      closeRegistry(host);
      deploy('v1', 1);
    },
  }),
  deployOf('update with shipped credentials', {
    build: 2,
    before: state('v1'),
    wanted: state('v2', 'v1'),
    parked: [0, 1],
    settings: () => ({ registry: { login: 'shipped' } }),
    files: byShippedFile,
    prepare(host, deploy) {
      closeRegistry(host);
      deploy('v1', 1);
    },
  }),
  deployOf('a version that does not get healthy', {
    build: 3,
    before: state('v2', 'v1'),
    wanted: state('v2', 'v1'),
    parked: [1, 1],
    code: 11,
    act: { tag: 'bad' },
    prepare: (_, deploy) => inOrder(deploy, 'v1', 'v2'),
  }),
  deployOf('the same version once more', {
    build: 2,
    before: state('v2', 'v1'),
    wanted: state('v2', 'v1'),
    parked: [1, 1],
    undone: state('v1'),
    prepare: (_, deploy) => inOrder(deploy, 'v1', 'v2'),
  }),
  deployOf('update after an interrupted deploy', {
    build: 2,
    before: state('v1'),
    wanted: state('v2', 'v1'),
    parked: [0, 1],
    isInterrupted: true,
    prepare(_, deploy) {
      deploy('v1', 1);
      deploy('v2', 2, {}, 'call=start nth=1 do=kill-after');
    },
  }),
];

import assert from 'node:assert/strict';
import { ended, everything, stands } from '../checks.mjs';
import { figure } from '../figures.mjs';
import { underLoad, unnoticed } from '../stack/load.mjs';
import { withNetwork } from '../stack/network.mjs';

/** How long nothing answers while one version replaces another on a fixed port, and what a broken one costs. */
export const strategies = {
  async 'recreate, preflight, handover: the gap of an update and of a rollback'(lane) {
    await measure(lane, 'recreate', [quick]);
    await measure(lane, 'preflight', [quick, slow]);
    const gaps = await measure(lane, 'handover', [quick, slow, back]);
    handsOver(Object.values(gaps));
  },

  async 'an app that asks something outside before it is healthy: preflight updates it, handover keeps the old one'(
    lane,
  ) {
    await measure(lane, 'preflight', [needy]);
    await costsNothing(lane, 'handover', ['needy']);
  },

  async 'auto: what publishes a port is checked first'(lane) {
    await costsNothing(lane, 'auto', ['sick']);
    const next = await lane.deploy('v2', { GEN_SCRIPTS_ENV: 'auto' });
    ended(next, 0);
    assert.match(next.output, /repull: strategy preflight\n/);
    await stands(lane, 'v2', ['v1']);
  },

  async 'a broken version under load, with preflight and with handover: nobody notices'(lane) {
    for (const strategy of ['preflight', 'handover']) await costsNothing(lane, strategy, ['sick', 'crash']);
  },
};

/** Not of a container on an internal network, which has no way out. */
const needy = [
  'update that asks a database first',
  'needy',
  ['v1'],
  (lane, env) => lane.job.build('needy', env),
];
const quick = ['update', 'v2', ['v1'], (lane, env) => lane.job.build('v2', env)];
const again = ['update again', 'v3', ['v1', 'v2'], (lane, env) => lane.job.build('v3', env)];
const slow = [
  'update that boots for 2 s',
  'slow2',
  ['v1', 'v2'],
  (lane, env) => lane.job.build('slow2', env),
];
const back = ['rollback', 'v2', ['v1'], (lane, env) => lane.job.rollback(env)];

/** A version that does not get healthy is given up, and whoever asks is answered by v1 as before. */
async function costsNothing(lane, strategy, versions) {
  await lane.reset();
  const env = { GEN_SCRIPTS_ENV: strategy };
  ended(await lane.deploy('v1', env), 0);
  const before = await everything(lane);
  for (const broken of versions) {
    await lane.job.build(broken, env);
    await lane.job.ship(lane.host);
    const seen = await underLoad(lane.host, () => lane.exec());
    figure(`${lane.app}, ${strategy}: ${broken}`, seen);
    ended(seen.result, 10);
    await unnoticed(lane, seen);
    await stands(lane, 'v1', []);
    assert.deepEqual(await everything(lane), before);
  }
}

/** From v1 on, one step after the other; of each the gap in ms. */
async function measure(lane, environment, steps) {
  await lane.reset();
  const env = { GEN_SCRIPTS_ENV: environment };
  ended(await lane.deploy('v1', env), 0);
  const gaps = {};
  for (const [name, version, history, build] of steps) {
    await build(lane, env);
    await lane.job.ship(lane.host);
    const seen = await underLoad(lane.host, () => lane.exec());
    figure(`${lane.app}, ${environment}: ${name}`, seen);
    ended(seen.result, 0);
    await stands(lane, version, history);
    gaps[name] = seen.gap;
  }
  return gaps;
}

/** Within half a second at best, and never as long as a version takes to boot. */
function handsOver(gaps) {
  assert.ok(Math.min(...gaps) < 500 && Math.max(...gaps) < 1000, `handover: ${gaps} ms`);
}

/** The same on both lanes. */
export const withoutNeighbours = {
  async 'an update of the only container on its network'(lane) {
    await withNetwork(lane.host, 'alone', async () => {
      const best = {};
      for (const strategy of ['recreate', 'preflight', 'handover']) {
        const gaps = await measure(lane, `alone-${strategy}`, [quick, again]);
        best[strategy] = Math.min(...Object.values(gaps));
      }
      handsOver([best.handover]);
      // What is checked stays on the network until the new version is there: no second is lost to ARP.
      assert.ok(best.preflight < best.recreate, JSON.stringify(best));
    });
  },
};

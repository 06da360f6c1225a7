import assert from 'node:assert/strict';
import { ended, everything, nothingServes, stands } from '../checks.mjs';

export const failures = {
  async 'a version that never becomes healthy'(lane) {
    ended(await lane.deploy('v1'), 0);
    const [{ id }] = await everything(lane);
    ended(await lane.deploy('sick'), 11);
    await stands(lane, 'v1', []);
    assert.deepEqual(await everything(lane).then((all) => all.map((one) => one.id)), [id]);
    ended(await lane.deploy('v2'), 0);
    await stands(lane, 'v2', ['v1']);
  },

  async 'a version that ends at once shows its last words'(lane) {
    ended(await lane.deploy('v1'), 0);
    const result = await lane.deploy('crash');
    ended(result, 11);
    assert.match(result.output, /version crash cannot start/);
    await stands(lane, 'v1', []);
  },

  async 'a first deploy that fails leaves nothing'(lane) {
    ended(await lane.deploy('sick'), 12);
    await nothingServes(lane);
    assert.deepEqual(await everything(lane), []);
    ended(await lane.deploy('v1'), 0);
    await stands(lane, 'v1', []);
  },

  async 'a version that takes its time is waited for'(lane) {
    ended(await lane.deploy('v1'), 0);
    ended(await lane.deploy('slow'), 0);
    await stands(lane, 'slow', ['v1']);
  },

  async 'a version that is restarted again and again'(lane) {
    ended(await lane.deploy('v1'), 0);
    ended(await lane.deploy('flap'), 11);
    await stands(lane, 'v1', []);
  },

  async 'the parked container is gone: the rollback pulls its image'(lane) {
    for (const tag of ['v1', 'v2']) ended(await lane.deploy(tag), 0);
    const parked = (await everything(lane)).filter(({ name }) => name !== lane.app);
    await lane.host.docker('rm', ...parked.map(({ id }) => id));
    const [reference] = lane.host.read(`/data/jenkins/${lane.app}_history`).split('\n');
    await lane.host.docker(
      'rmi',
      '--force',
      await lane.host.docker('inspect', '--format', '{{.Id}}', reference),
    );
    ended(await lane.undo(), 0);
    await stands(lane, 'v1', []);
  },
};

/** Too slow to be tried on both lanes. */
export const patience = {
  async 'a version that is healthy every other moment: deployed, brought back, and left'(lane) {
    ended(await lane.deploy('v1'), 0);
    ended(await lane.deploy('moody'), 0);
    await stands(lane, 'moody', ['v1']);
    ended(await lane.deploy('sick'), 11);
    await stands(lane, 'moody', ['v1']);
    ended(await lane.undo({ ROLLBACK_STEPS: '1' }), 0);
    await stands(lane, 'v1', []);
  },

  async 'versions that do not hear SIGTERM: stopped after their grace, new and old'(lane) {
    ended(await lane.deploy('deaf'), 0);
    ended(await lane.deploy('grim'), 11);
    await stands(lane, 'deaf', []);
    const result = await lane.deploy('v1');
    ended(result, 0);
    assert.ok(result.ms > 2000, `a stop that takes its grace of 2 s, not ${result.ms} ms`);
    await stands(lane, 'v1', ['deaf']);
    ended(await lane.undo(), 0);
    await stands(lane, 'deaf', []);
  },

  async 'a version that is healthy after 20 s: too late, and with a longer timeout in time'(lane) {
    ended(await lane.deploy('v1'), 0);
    ended(await lane.deploy('late'), 11);
    await stands(lane, 'v1', []);
    const result = await lane.deploy('late', { GEN_SCRIPTS_ENV: 'patient' });
    ended(result, 0);
    assert.ok(result.ms > 20_000, `healthy after ${result.ms} ms`);
    await stands(lane, 'late', ['v1']);
  },
};

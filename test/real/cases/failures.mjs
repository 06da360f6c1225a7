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

  async 'the registry is down during a deploy'(lane) {
    ended(await lane.deploy('v1'), 0);
    await lane.job.build('v2');
    await lane.job.ship(lane.host);
    await withoutRegistry(lane, async () => ended(await lane.exec(), 10));
    await stands(lane, 'v1', []);
    ended(await lane.deploy('v2'), 0);
    await stands(lane, 'v2', ['v1']);
  },

  async 'the registry is down during a rollback'(lane) {
    ended(await lane.deploy('v1'), 0);
    ended(await lane.deploy('v2'), 0);
    await withoutRegistry(lane, async () => ended(await lane.undo(), 0));
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

async function withoutRegistry(lane, action) {
  await lane.registry.stop();
  try {
    await action();
  } finally {
    await lane.registry.start();
  }
}

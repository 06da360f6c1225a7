import assert from 'node:assert/strict';
import { ended, everything, journal, stands } from '../checks.mjs';

export const deploys = {
  async 'deploy v1, deploy v2, roll back'(lane) {
    ended(await lane.deploy('v1'), 0);
    await stands(lane, 'v1', []);
    ended(await lane.deploy('v2'), 0);
    await stands(lane, 'v2', ['v1']);
    ended(await lane.undo(), 0);
    await stands(lane, 'v1', []);
    assert.equal(journal(lane).length, 3);
  },

  async 'a manual build has a tag of its own'(lane) {
    ended(await lane.deploy('v1', { CTRL_BUILD: 'true' }), 0);
    const tag = `v1_manual_${lane.job.buildNumber}`;
    ended(await lane.deploy('v2'), 0);
    await stands(lane, 'v2', [tag]);
  },

  async 'deploy v1, v2, roll back, v3, roll back: v1, never v2'(lane) {
    for (const tag of ['v1', 'v2']) ended(await lane.deploy(tag), 0);
    ended(await lane.undo(), 0);
    ended(await lane.deploy('v3'), 0);
    ended(await lane.undo(), 0);
    await stands(lane, 'v1', []);
  },

  async 'the same build again changes nothing'(lane) {
    ended(await lane.deploy('v1'), 0);
    ended(await lane.deploy('v2'), 0);
    const before = await everything(lane);
    ended(await lane.exec(), 0);
    assert.deepEqual(await everything(lane), before);
    ended(await lane.undo(), 0);
    ended(await lane.exec(), 0);
    await stands(lane, 'v1', []);
  },

  async 'nothing to roll back to'(lane) {
    ended(await lane.deploy('v1'), 0);
    const before = await everything(lane);
    const result = await lane.undo();
    ended(result, 13);
    assert.match(result.output, /nothing to rollback/);
    assert.deepEqual(await everything(lane), before);
    await stands(lane, 'v1', []);
  },
};

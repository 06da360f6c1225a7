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

  async 'a script made by another build refuses'(lane) {
    ended(await lane.deploy('v1'), 0);
    await lane.job.build('v2');
    await lane.job.ship(lane.host);
    lane.job.buildNumber += 1; // Jenkins counts on, but transfers nothing
    ended(await lane.exec(), 64);
    await stands(lane, 'v1', []);
  },

  async 'dry run, list and status change nothing'(lane) {
    ended(await lane.deploy('v1'), 0);
    ended(await lane.deploy('v2'), 0);
    const before = [await everything(lane), journal(lane)];
    await lane.job.build('v3');
    await lane.job.ship(lane.host);
    ended(await lane.exec('--dry-run'), 0);
    ended(await lane.exec('--dry-run', 'rollback.sh'), 0);
    const list = await lane.exec('--list', 'rollback.sh');
    assert.match(list.output, /:v1\b/);
    assert.equal((await lane.exec('--status')).status, 0);
    assert.deepEqual([await everything(lane), journal(lane)], before);
    await stands(lane, 'v2', ['v1']);
  },

  async 'go back two steps, or to a named version'(lane) {
    for (const tag of ['v1', 'v2', 'v3']) ended(await lane.deploy(tag), 0);
    ended(await lane.exec('--steps 2', 'rollback.sh'), 0);
    await stands(lane, 'v1', []);
    for (const tag of ['v2', 'v3']) ended(await lane.deploy(tag), 0);
    ended(await lane.undo({ ROLLBACK_TO: 'v2' }), 0);
    await stands(lane, 'v2', ['v1']);
  },
};

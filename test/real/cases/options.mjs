import assert from 'node:assert/strict';
import { ended, everything, journal, stands } from '../checks.mjs';

export const options = {
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
    assert.equal((await lane.exec('--status', 'rollback.sh')).status, 0);
    assert.deepEqual([await everything(lane), journal(lane)], before);
    await stands(lane, 'v2', ['v1']);
  },

  async 'a version that docker checks every 30 s is gated when it can answer'(lane) {
    const rarely = { GEN_SCRIPTS_ENV: 'rarely' };
    ended(await lane.deploy('v1', rarely), 0);
    const result = await lane.deploy('slow2', rarely);
    ended(result, 0);
    // It boots for two seconds; docker itself has not looked yet.
    const [, gap] = result.output.match(/between the old and the new one: ([\d.]+) s/);
    assert.ok(Number(gap) < 10, `gated after ${gap} s`);
    lane.say(`gated after ${gap} s`);
    const [{ State, Config }] = JSON.parse(await lane.host.docker('inspect', lane.app));
    assert.equal(State.Health.Status, 'starting');
    assert.equal(Config.Healthcheck.Interval, 30_000_000_000);
    await stands(lane, 'slow2', ['v1']);
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

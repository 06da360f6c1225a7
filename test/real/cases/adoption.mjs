import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { ended, everything, historyFile, remembers, serves, stands } from '../checks.mjs';

export const adoption = {
  async 'the old recipe’s container is adopted, and comes back by a rollback'(lane) {
    const old = await runAsRecipe(lane, 'v2', ['--publish', '8080:80']);
    await lane.job.build('v1');
    await serves(lane, 'v2');
    writeFileSync(lane.host.path(historyFile(lane)), `${lane.repository}:v1\n`);
    await giveToUser(lane, historyFile(lane));
    ended(await lane.deploy('v3'), 0);
    await stands(lane, 'v3', ['v1', 'v2']);
    ended(await lane.undo(), 0);
    await serves(lane, 'v2');
    remembers(lane, ['v1']);
    const running = (await everything(lane)).filter(({ state }) => state === 'running');
    assert.deepEqual(
      running.map(({ id }) => id),
      [old],
    );
    ended(await lane.undo(), 0);
    await serves(lane, 'v1');
    remembers(lane, []);
  },

  async 'two containers could be meant: nothing is touched until one is named'(lane) {
    const first = await runAsRecipe(lane, 'v1', ['--publish', '8080:80']);
    const second = await runAsRecipe(lane, 'v1', []);
    ended(await lane.deploy('v2'), 10);
    assert.equal((await everything(lane)).filter(({ state }) => state === 'running').length, 2);
    await lane.job.ship(lane.host);
    ended(await lane.exec(`--adopt ${first}`), 0);
    await serves(lane, 'v2');
    const other = (await everything(lane)).find(({ id }) => id === second);
    assert.equal(other.state, 'running');
  },
};

/** `docker login; docker pull; docker run -d IMAGE`, as the script of the old recipe had it. Returns the container's id. */
async function runAsRecipe(lane, tag, options) {
  await lane.job.build(tag);
  await lane.host.docker('--config', lane.loginFolder, 'pull', `${lane.repository}:${tag}`);
  return lane.host.docker('run', '-d', ...options, `${lane.repository}:${tag}`);
}

/** The old recipe ran as the same SSH user. */
const giveToUser = (lane, path) => lane.host.inside('chown', [lane.host.user, path]);

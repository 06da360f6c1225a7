import assert from 'node:assert/strict';
import { ended, get, isTidyOnDisk, remembers } from './checks.mjs';
import { until } from './stack/process.mjs';
import { patience } from './stack/swarm.mjs';

/**
 * What stands in the swarm after a run: whoever asks is answered by this version, as many tasks run as are wanted and all of them are
 * this version, the history is exactly these versions (oldest first), no trace of a swap is left, and the neighbour is as it was.
 */
export async function standsInSwarm(cluster, version, history, replicas = 2) {
  await runs(cluster, version, replicas);
  await answers(cluster, version);
  remembers(cluster, history);
  isTidyOnDisk(cluster);
  assert.deepEqual(await cluster.service(cluster.neighbour), cluster.neighbourAsItWas, 'the neighbour');
}

/** As `keeps` for one host: the swarm is what the exit code says. Returns the code. */
export async function keepsInSwarm(result, cluster, { before, wanted }) {
  const { status } = result;
  ended(result, status);
  assert.ok([0, 11].includes(status), `exit status ${status}`);
  const { version, history } = status === 0 ? wanted : before;
  await standsInSwarm(cluster, version, history);
  return status;
}

/** Swarm says that an update is complete some time before the last task is. */
async function runs(cluster, version, replicas) {
  let seen = [];
  const look = async () => {
    seen = await cluster.tasks();
    return seen.length === replicas && seen.every(({ state, image }) => state === 'Running' && isOf(image));
  };
  const isOf = (image) => image.replace(/@.*/, '') === `${cluster.repository}:${version}`;
  await until(`${replicas} tasks of ${version}`, look, patience).catch(() =>
    assert.fail(`not ${replicas} tasks of ${version}: ${JSON.stringify(seen)}`),
  );
}

/** nginx knows for a second or two the addresses of before; from then on every answer is of this version. */
async function answers(cluster, version) {
  let last = [];
  const ask = async () => {
    last = [];
    for (let count = 0; count < 10; count += 1) last.push(await get(cluster.host, '/version'));
    return last.every((answer) => answer === version);
  };
  const isLost = () => last.every((answer) => answer === 'TimeoutError');
  await until(`HTTP says ${version}`, ask).catch(async () => {
    if (isLost()) await cluster.renewProxy();
    await until(`HTTP says ${version}`, ask, patience).catch(() =>
      assert.fail(`HTTP says ${last}, not ${version}`),
    );
  });
}

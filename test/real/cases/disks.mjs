import assert from 'node:assert/strict';
import { arrive, openChain, placeOf } from '../chain.mjs';
import { ended, keeps, stands, state } from '../checks.mjs';
import { during } from '../during.mjs';
import { fullDisk, readOnlyDisk } from '../stack/disk.mjs';
import { count } from '../tally.mjs';

const v1 = state('v1', []);
const v2 = state('v2', ['v1']);

export const disks = {
  async 'the history’s disk is full or read-only: nothing is begun'(lane) {
    await openChain(lane);
    for (const [index, trouble] of troublesOfHistory(lane).entries()) {
      if (index !== lane.parity) continue;
      await during(lane, trouble, async () => ended(await lane.run('repull'), 10));
      await stands(lane, 'v1', []);
      await arrive(lane, 'repull');
      await during(lane, trouble, async () => ended(await lane.run('rollback'), 10));
      await stands(lane, 'v2', ['v1']);
      await arrive(lane, 'rollback');
    }
  },

  async 'the history’s disk becomes full or read-only in the middle of a swap'(lane) {
    const { repull } = await openChain(lane);
    for (const [number, trouble] of troublesOfHistory(lane).entries())
      for (const [index, verb] of ['create', 'stop', 'start'].entries()) {
        if ((number + index) % 2 !== lane.parity) continue;
        for (const next of ['repull', 'rollback'])
          await strikeAfter(lane, trouble, placeOf(repull, verb), next);
      }
  },

  async 'docker’s disk is full: before the pull, the candidate, and the start'(lane) {
    if (!lane.host.disk) return;
    const { repull } = await openChain(lane);
    const trouble = fullDisk('docker', `${lane.host.base}/docker`);
    await during(lane, trouble, async () => {
      const result = await lane.run('repull');
      ended(result, 10);
      assert.match(result.output, /no space left on device[\s\S]* GS133 /);
    });
    await stands(lane, 'v1', []);
    for (const [verb, next] of [
      ['pull', 'repull'],
      ['stop', 'repull'],
      ['stop', 'rollback'],
    ])
      await strikeAfter(lane, trouble, placeOf(repull, verb), next);
  },
};

const troublesOfHistory = ({ host }) => [
  fullDisk('the history', `${host.base}/history`),
  readOnlyDisk('the history', host, '/data/jenkins'),
];

/** A deploy whose disk fails after its `place`-th change and stays like that to its end; then, on a good disk, `next`. */
async function strikeAfter(lane, trouble, place, next) {
  lane.say(`=== ${trouble.name} after change ${place + 1}, then ${next}.sh`);
  try {
    const result = await lane.held('repull', place, () => trouble.begin());
    count(trouble.name);
    await keeps(result, lane, { before: v1, wanted: v2, isTidy: false });
  } finally {
    await trouble.end();
  }
  await arrive(lane, next);
  if (next === 'repull') await arrive(lane, 'rollback');
}

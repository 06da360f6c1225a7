import assert from 'node:assert/strict';
import { arrive, openChain, placeOf } from '../chain.mjs';
import { ended, everything, running, stands } from '../checks.mjs';
import { openThief } from '../stack/thief.mjs';
import { count } from '../tally.mjs';

/** A process that has nothing to do with docker listens on the port. */
export const ports = {
  async 'the port is taken in the middle of a swap: neither can start until it is free'(lane) {
    const { repull } = await openChain(lane);
    const next = ['repull', 'rollback'][lane.parity];
    let thief;
    const result = await lane.held('repull', placeOf(repull, 'stop'), async () => {
      thief = await take(lane, 8080);
    });
    isDown(result);
    isDown(await lane.run(next)); // the port is taken still
    assert.deepEqual(await running(lane), []);
    await thief.leave();
    await arrive(lane, next);
  },
};

/** The same on every host. */
export const takenPorts = {
  async 'a first deploy whose port is taken'(lane) {
    const thief = await take(lane, 8080);
    ended(await lane.deploy('v1'), 12);
    assert.deepEqual(await everything(lane), []);
    await thief.leave();
    ended(await lane.deploy('v1'), 0);
    await stands(lane, 'v1', []);
  },

  async 'a version whose new port is taken: the old one serves again'(lane) {
    ended(await lane.deploy('v1'), 0);
    const thief = await take(lane, 8081);
    ended(await lane.deploy('v2', { GEN_SCRIPTS_ENV: 'moved' }), 11);
    await stands(lane, 'v1', []);
    await thief.leave();
  },
};

function take(lane, port) {
  count('port taken');
  return openThief(lane.host, port);
}

/** 12, and a word on how to bring the old one back. */
function isDown(result) {
  ended(result, 12);
  assert.match(result.output, /address already in use/);
  assert.match(result.output, / GS15[12] /);
  assert.match(result.output, /\n +docker logs [0-9a-f]{64}; docker start [0-9a-f]{64}/);
}

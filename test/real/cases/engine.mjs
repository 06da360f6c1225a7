import assert from 'node:assert/strict';
import { arrive, openChain, placeOf } from '../chain.mjs';
import { keeps, state } from '../checks.mjs';
import { count } from '../tally.mjs';

const signals = { SIGTERM: 'engine stopped', SIGKILL: 'kill -9 of the engine' };

/** After which call it ends, or during the gate, and whether it is back before the script goes on. */
const moments = [
  ['create', true],
  ['stop', true],
  ['start', true],
  ['gate', true],
  ['create', false],
  ['gate', false],
];

/** Each followed by both scripts. */
export const engine = {
  async 'the engine is stopped or killed in the middle of a swap, and started again'(lane) {
    const { repull } = await openChain(lane);
    for (const [number, signal] of Object.keys(signals).entries())
      for (const [index, [moment, isBackSoon]] of moments.entries())
        if ((number + index) % 2 === lane.parity)
          await tryBothWays(lane, repull, { signal, moment, isBackSoon });
  },
};

async function tryBothWays(lane, changes, { signal, moment, isBackSoon }) {
  for (const next of ['repull', 'rollback']) {
    lane.say(`=== ${signals[signal]} at ${moment}, back ${isBackSoon ? 'soon' : 'late'}, then ${next}.sh`);
    const place = placeOf(changes, moment === 'gate' ? 'start' : moment);
    const result = await lane.held('repull', place, async () => {
      if (moment === 'gate') lane.faults.release();
      await lane.host.stopEngine(signal);
      if (isBackSoon) await lane.host.startEngine();
    });
    count(signals[signal]);
    await lane.host.startEngine();
    if (isBackSoon) await keeps(result, lane, { before: state('v1', []), wanted: state('v2', ['v1']) });
    else assert.ok([0, 12].includes(result.status), `without an engine: ${result.status}`);
    await arrive(lane, next);
    if (next === 'repull') await arrive(lane, 'rollback');
  }
}

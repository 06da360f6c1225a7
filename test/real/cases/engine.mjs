import assert from 'node:assert/strict';
import { arrive, openChain, placeOf } from '../chain.mjs';
import { keeps, state } from '../checks.mjs';
import { count } from '../tally.mjs';

const signals = { SIGTERM: 'engine stopped', SIGKILL: 'kill -9 of the engine' };

/** Once the engine is back before the script goes on, once only after the script has ended, and each from both sides. */
export const engine = {
  async 'the engine is stopped or killed in the middle of a swap, and started again'(lane) {
    const { repull } = await openChain(lane);
    let number = 0;
    for (const signal of Object.keys(signals))
      for (const moment of ['create', 'stop', 'start', 'gate'])
        for (const isBackSoon of [true, false])
          if (number++ % 2 === lane.parity) await tryBothWays(lane, repull, { signal, moment, isBackSoon });
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

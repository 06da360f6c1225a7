import assert from 'node:assert/strict';
import { interruptOnce, openChain } from '../chain.mjs';
import { get, serves } from '../checks.mjs';
import { behindProxy } from '../stack/proxy.mjs';
import { count } from '../tally.mjs';
import { cutPower, wasKilled } from './interruptions.mjs';

/** Otherwise a part of the places must do: it takes minutes. */
const isThorough = process.argv.includes('--thorough');

/** As `interruptions`, for the other strategies. A handover is interrupted the most: the others do much as `recreate` does it. */
export const survival = {
  'preflight: killed before changes': (lane) => atPlaces(lane, 'preflight', killed, 4),
  'preflight: a power cut after changes': (lane) => atPlaces(lane, 'preflight', withoutPower, 4),
  'handover: killed before changes': (lane) => atPlaces(lane, 'handover', killed, 2),
  'handover: a power cut after changes': (lane) => atPlaces(lane, 'handover', withoutPower, 3),
  'start-first: killed before changes': (lane) =>
    behindProxy(lane, () => atPlaces(lane, 'start-first', killed, 3)),
  'start-first: a power cut after changes': (lane) =>
    behindProxy(lane, () => atPlaces(lane, 'start-first', withoutPower, 4)),
};

/** At every `step`-th change of a deploy and of a rollback, on the lanes in turns. */
async function atPlaces(lane, strategy, interrupt, step) {
  const changes = await openChain(lane, strategy);
  const most = Math.max(changes.repull.length, changes.rollback.length);
  for (let turn = lane.parity, place; ; turn += 2) {
    place = turn * (isThorough ? 1 : step);
    if (place >= most) return;
    const isSame = Math.floor(turn / 2) % 2 === lane.parity;
    await interruptOnce(lane, changes, { place, isSame }, (script) =>
      interrupt(lane, { strategy, script, place, changes: changes[script] }),
    );
  }
}

async function killed(lane, { script, place }) {
  lane.faults.plan('kill', 'before', place + 1);
  wasKilled(await lane.run(script));
  count('kill -9 of the script');
}

async function withoutPower(lane, { strategy, script, place, changes }) {
  await lane.held(script, place, (exec) => cutPower(lane, exec));
  const [old, fresh] = script === 'repull' ? ['v1', 'v2'] : ['v2', 'v1'];
  const back = whatComesBack[strategy](changes.slice(0, place + 1));
  if (back === 'old') await serves(lane, old);
  if (back === 'fresh') await serves(lane, fresh);
  if (back === 'nothing') assert.equal(await get(lane.host, '/version'), 'ECONNREFUSED');
}

/**
 * The engine brings back what had a restart policy, on the network where it was: a version that gets healthy on an internal
 * network serves nobody. By what was changed until then.
 */
const whatComesBack = {
  preflight: (changes) => afterStop(changes, /^start /),
  handover: (changes) => afterStop(changes, /^network connect bridge /),
  'start-first': (changes) => (changes.some(isLetGo) ? 'fresh' : 'one of both'),
};

function afterStop(changes, begins) {
  const end = changes.findIndex(isLetGo);
  if (end < 0) return 'old';
  return changes.slice(end).some((line) => begins.test(line)) ? 'fresh' : 'nothing';
}

const isLetGo = (line) => line.startsWith('update --restart=no ');

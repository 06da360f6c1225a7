import assert from 'node:assert/strict';
import { ended, stands } from './checks.mjs';

/**
 * v1 runs, and both scripts of v2's build are on the host, of one environment of gen-scripts.yml. Returns what each of them
 * changes, docker call by docker call.
 */
export async function openChain(lane, environment) {
  const env = environment === undefined ? {} : { GEN_SCRIPTS_ENV: environment };
  ended(await lane.deploy('v1', env), 0);
  await lane.job.build('v2', env);
  await lane.job.ship(lane.host);
  const changes = {};
  for (const script of ['repull', 'rollback']) {
    lane.faults.clear();
    await arrive(lane, script);
    changes[script] = lane.faults.changes();
    assert.ok(changes[script].length > 4, `${script}.sh makes more changes than ${changes[script]}`);
  }
  return changes;
}

/** Runs a script of v2's build to its good end: after repull.sh v2 stands, after rollback.sh v1. */
export async function arrive(lane, script) {
  ended(await lane.run(script), 0);
  if (script === 'repull') await stands(lane, 'v2', ['v1']);
  else await stands(lane, 'v1', []);
}

/**
 * Interrupts both scripts at the `place`-th of their changes, and each twice: then runs the same again, and then the other.
 * Every run begins where the one before ended, so that nothing is set up anew:
 *   v1 - repull, interrupted - repull - v2 - rollback, interrupted - repull - v2 - rollback, interrupted - rollback - v1
 *   v1 - repull, interrupted - rollback - v1
 */
export async function interruptBoth(lane, changes, place, interrupt) {
  const hurt = async (script) => {
    if (place >= changes[script].length) return;
    lane.say(`=== ${script}.sh at change ${place + 1}: docker ${changes[script][place]}`);
    await interrupt(script, place);
  };
  await hurt('repull');
  await arrive(lane, 'repull');
  await hurt('rollback');
  await arrive(lane, 'repull');
  await hurt('rollback');
  await arrive(lane, 'rollback');
  await hurt('repull');
  await arrive(lane, 'rollback');
}

/** Interrupts both scripts once at the `place`-th of their changes; then runs the same again (`isSame`) or the other one. */
export async function interruptOnce(lane, changes, { place, isSame }, interrupt) {
  for (const [script, other] of [
    ['repull', 'rollback'],
    ['rollback', 'repull'],
  ]) {
    if (place < changes[script].length) {
      lane.say(`=== ${script}.sh at change ${place + 1}: docker ${changes[script][place]}`);
      await interrupt(script);
      await arrive(lane, isSame ? script : other);
      if (isSame) continue;
    }
    await arrive(lane, script);
  }
}

/** Number of the first `docker VERB` among changes, from 0. */
export function placeOf(changes, verb) {
  const place = changes.findIndex((line) => line.startsWith(`${verb} `));
  assert.ok(place >= 0, `docker ${verb} is among ${changes}`);
  return place;
}

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { ended, historyFile, journal, serves, stands } from '../checks.mjs';
import { until } from '../stack/process.mjs';

export const interruptions = {
  /** Lanes share the places: one takes the odd ones, the other the even ones. */
  async 'killed after any change to the host, then run again'(lane) {
    const changes = await changesOfDeploy(lane);
    for (const place of changes.keys()) {
      if (place % 2 !== lane.parity) continue;
      lane.say(`=== kill after change ${place + 1}: docker ${changes[place]}`);
      lane.faults.plan('kill', 'after', place + 1);
      wasKilled(await lane.deploy('v2'));
      ended(await lane.deploy('v2'), 0);
      await stands(lane, 'v2', ['v1']);
      ended(await lane.undo(), 0);
      await stands(lane, 'v1', []);
    }
  },

  async 'killed in the middle of a swap, then rolled back'(lane) {
    await swapStoppedAt(lane, 'kill', lane.parity ? 'stop' : 'start');
    ended(await lane.undo(), 0);
    await stands(lane, 'v1', []);
  },

  async 'a power cut in the middle of a swap'(lane) {
    const held = await swapStoppedAt(lane, 'hold', lane.parity ? 'start' : 'stop');
    await lane.host.crash();
    held.child.kill('SIGKILL'); // nobody closed its connection
    lane.faults.release();
    await lane.host.start();
    ended(await lane.deploy('v2'), 0);
    await stands(lane, 'v2', ['v1']);
    ended(await lane.undo(), 0);
    await stands(lane, 'v1', []);
  },

  async 'the SSH client vanishes: the script goes on to its end'(lane) {
    const held = await swapStoppedAt(lane, 'hold', 'stop');
    const lines = journal(lane).length;
    held.child.kill('SIGKILL');
    await held.ended;
    lane.faults.release();
    await until('the swap to end', () => !existsSync(lane.host.path(`${historyFile(lane)}.swap`)));
    await serves(lane, 'v2');
    await until('one more line in the journal', () => journal(lane).length === lines + 1);
    await stands(lane, 'v2', ['v1']);
  },

  async 'two runs at once: one waits, an impatient one gives up'(lane) {
    ended(await lane.deploy('v1'), 0);
    await lane.job.build('v2');
    await lane.job.ship(lane.host);
    lane.faults.plan('hold', 'before', 1);
    const first = lane.job.startExec(lane.host);
    await lane.faults.reached();
    // The next build's files replace the script that runs.
    ended(await lane.deploy('v3', { GEN_SCRIPTS_ENV: 'impatient' }), 75);
    await lane.job.build('v3');
    await lane.job.ship(lane.host);
    const second = lane.job.startExec(lane.host);
    lane.faults.release();
    ended(await first.ended, 0);
    ended(await second.ended, 0);
    await stands(lane, 'v3', ['v1', 'v2']);
  },
};

/** v1 runs, v2's script is ready; returns the changes that a deploy of v2 makes, after taking it back. */
async function changesOfDeploy(lane) {
  ended(await lane.deploy('v1'), 0);
  lane.faults.clear();
  ended(await lane.deploy('v2'), 0);
  const changes = lane.faults.changes();
  ended(await lane.undo(), 0);
  assert.ok(changes.length > 4, `a deploy makes more changes than ${changes}`);
  return changes;
}

/** A deploy of v2 over v1 that is killed or held right after its first `docker <verb>`. Returns the running exec. */
async function swapStoppedAt(lane, action, verb) {
  const place = (await changesOfDeploy(lane)).findIndex((line) => line.startsWith(`${verb} `));
  assert.ok(place >= 0, `a deploy calls docker ${verb}`);
  await lane.job.build('v2');
  await lane.job.ship(lane.host);
  lane.faults.plan(action, 'after', place + 1);
  const exec = lane.job.startExec(lane.host);
  if (action === 'kill') wasKilled(await exec.ended);
  else await lane.faults.reached();
  return exec;
}

/** 137 from a login shell that waited for the script, 255 from ssh where the script had taken the shell's place. */
function wasKilled({ status, output }) {
  assert.ok([137, 255].includes(status), `the script is killed, but it ended with ${status}`);
  assert.doesNotMatch(output, /^RESULT/m);
}

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { interruptBoth, openChain, placeOf } from '../chain.mjs';
import { ended, historyFile, journal, nothingServes, running, serves, stands } from '../checks.mjs';
import { until } from '../stack/process.mjs';
import { count } from '../tally.mjs';

/** What happens at each step is tried on one of the lanes only; both have their share of the steps. */
export const interruptions = {
  async 'killed before and after every change, of a deploy and of a rollback'(lane) {
    const changes = await openChain(lane);
    await atEveryPlace(lane, changes, ['before', 'after'], async (script, place, when) => {
      lane.faults.plan('kill', when, place + 1);
      wasKilled(await lane.run(script));
      count('kill -9 of the script');
    });
  },

  async 'a power cut after every change, of a deploy and of a rollback'(lane) {
    const changes = await openChain(lane);
    await atEveryPlace(lane, changes, ['after'], async (script, place) => {
      await lane.held(script, place, (exec) => cutPower(lane, exec));
      await cameBack(lane, script, changes[script].slice(0, place + 1));
    });
  },

  async 'the SSH client vanishes: the script goes on to its end'(lane) {
    const { repull } = await openChain(lane);
    let lines = 0;
    await lane.held('repull', placeOf(repull, 'stop'), async (exec) => {
      lines = journal(lane).length;
      exec.child.kill('SIGKILL');
      await exec.ended;
    });
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
    await lane.faults.reached(first);
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

async function atEveryPlace(lane, changes, whens, interrupt) {
  const places = Math.max(changes.repull.length, changes.rollback.length);
  for (let place = 0; place < places; place += 1)
    for (const [index, when] of whens.entries()) {
      if ((place + index) % 2 !== lane.parity) continue;
      await interruptBoth(lane, changes, place, (script) => interrupt(script, place, when));
    }
}

export async function cutPower(lane, exec) {
  await lane.host.crash();
  exec.child.kill('SIGKILL'); // nobody closed its connection
  await lane.host.start();
  count('power cut');
}

/**
 * The engine brings back what ran and had a restart policy. The old container has none from the moment on that the swap may
 * stop it: then nothing serves until the next run.
 */
async function cameBack(lane, script, changes) {
  const [old, fresh] = script === 'repull' ? ['v1', 'v2'] : ['v2', 'v1'];
  const did = (verb) => changes.some((line) => line.startsWith(`${verb} `));
  if (did('start')) await serves(lane, fresh);
  else if (did('update')) await nothingServes(lane);
  else await serves(lane, old);
  assert.ok((await running(lane)).length <= 1, 'at most one container of the app runs');
}

/** 137 from a login shell that waited for the script, 255 from ssh where the script had taken the shell's place. */
export function wasKilled({ status, output }) {
  assert.ok([137, 255].includes(status), `the script is killed, but it ended with ${status}`);
  assert.doesNotMatch(output, /^RESULT/m);
}

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { stands } from '../checks.mjs';
import { during } from '../during.mjs';
import { fullDisk } from '../stack/disk.mjs';
import { until } from '../stack/process.mjs';
import { noServer, otherHostKey, refusedKey, silentServer, unplugged } from '../stack/ssh-faults.mjs';

/** `gen-scripts ship` on the agent, to three docker hosts, with what an administrator's ~/.ssh has. */
export const fleet = {
  async 'three hosts by one command, each at its turn; once more, and they are passed over'(all) {
    await all.introduce(all.agent);
    await ship(all, 'v1', 'ship', { states: ['done', 'done', 'done'], status: 0 });
    await ship(all, 'v1', 'ship', { states: ['unchanged', 'unchanged', 'unchanged'], status: 0 });
    await everywhere(all, 'v1', []);
  },

  async 'one broken host of three: by one command all three are on the old version'(all) {
    await all.introduce(all.agent);
    await ship(all, 'v1', 'ship', { states: ['done', 'done', 'done'], status: 0 });
    const { output } = await ship(all, 'v2', 'broken', {
      states: ['reverted', 'reverted', 'restored'],
      status: 1,
    });
    assert.match(output, /web3: v2 failed and v1 runs again; web1 and web2 were rolled back to v1/);
    await everywhere(all, 'v1', []);
    await ship(all, 'v3', 'ship', { states: ['done', 'done', 'done'], status: 0 });
    await everywhere(all, 'v3', ['v1']);
  },

  async 'a host that cannot be reached: the others get the version, and the same command repairs it'(all) {
    await all.introduce(all.agent);
    await ship(all, 'v1', 'tolerant', { states: ['done', 'done', 'done'], status: 0 });
    const [, web2] = all.hosts;
    const troubles = [
      [noServer(web2), /Connection refused/],
      [refusedKey(web2), /Permission denied/],
      [otherHostKey(web2), /REMOTE HOST IDENTIFICATION HAS CHANGED|Host key verification failed/],
      [silentServer(web2), /timed out/],
      [unplugged(web2), /timed out|No route to host/],
      [fullDisk('a home', join(web2.base, 'home')), /Failure|No space/],
    ];
    let [now, before] = ['v1', []];
    for (const [trouble, says] of troubles) {
      const next = now === 'v1' ? 'v2' : 'v1';
      await during(all, trouble, async () => {
        const { output } = await ship(all, next, 'tolerant', {
          states: ['done', 'unreached', 'done'],
          status: 1,
        });
        assert.match(output, says);
      });
      await stands(all.places[1], now, before);
      await again(all, { states: ['unchanged', 'done', 'unchanged'], status: 0 });
      [now, before] = [next, [...before, now]];
      await everywhere(all, now, before);
    }
  },

  async 'a connection that is lost while the script runs: the answer is fetched when the host is back'(all) {
    await all.introduce(all.agent);
    await ship(all, 'v1', 'tolerant', { states: ['done', 'done', 'done'], status: 0 });
    await all.job.build('v2', { GEN_SCRIPTS_ENV: 'tolerant' });
    const [, place] = all.places;
    place.faults.plan('hold', 'after', 2);
    const shipping = all.job.generate(['ship', '--verbose']);
    await place.faults.reached({ ended: shipping });
    await during(all, unplugged(place.host), async () => {
      await place.faults.release();
      // ssh notices after half a minute.
      await until(
        'the script to end',
        () => place.host.read(`${place.host.home}/${all.app}/outcome`).endsWith('end\n'),
        60_000,
      );
      await until('ssh to give up', async () => (await sessionsTo(all, place.host)) === 0, 60_000);
    });
    check(await shipping, await report(all), { states: ['done', 'done', 'done'], status: 0 });
    await everywhere(all, 'v2', ['v1']);
  },

  async 'hosts with another past go back, each to its own, from the version that is to go'(all) {
    await all.introduce(all.agent);
    await ship(all, 'v1', 'tolerant', { states: ['done', 'done', 'done'], status: 0 });
    await all.job.build('v2', { GEN_SCRIPTS_ENV: 'tolerant' });
    check(await all.job.generate(['ship', 'web3']), await report(all), { states: ['done'], status: 0 });
    await all.job.build('v3', { GEN_SCRIPTS_ENV: 'tolerant' });
    check(await all.job.generate(['ship', 'web2', 'web3']), await report(all), {
      states: ['done', 'done'],
      status: 0,
    });
    for (const _ of [1, 2]) {
      await all.job.rollback({ GEN_SCRIPTS_ENV: 'tolerant', ROLLBACK_FROM: 'v3' });
      assert.equal((await all.job.generate(['ship'])).status, 0);
      for (const [index, version, past] of [
        [0, 'v1', []],
        [1, 'v1', []],
        [2, 'v2', ['v1']],
      ])
        await stands(all.places[index], version, past);
    }
  },
};

/** A build of this tag with the settings of an environment, and its rollout. */
async function ship(all, tag, environment, expected) {
  await all.job.build(tag, { GEN_SCRIPTS_ENV: environment });
  return again(all, expected);
}

/** The same release once more. */
async function again(all, expected) {
  const said = await all.job.generate(['ship', '--verbose']);
  check(said, await report(all), expected);
  return said;
}

function check({ status, output }, { hosts }, expected) {
  assert.deepEqual({ states: hosts.map(({ state }) => state), status }, expected, output);
}

const report = async ({ agent, job }) =>
  JSON.parse(agent.read(join(job.workspace, '.gen-scripts/report.json')));

async function everywhere(all, version, past) {
  for (const place of all.places) await stands(place, version, past);
}

/** ssh processes on the agent that are for this host. */
async function sessionsTo({ agent }, { name }) {
  const { stdout } = await agent.inside('pgrep', ['--full', `^ssh .* ${name} exec sh`]);
  return stdout.split('\n').filter(Boolean).length;
}

import assert from 'node:assert/strict';
import { nothingServes, stands } from '../checks.mjs';

/** What the shared library brings back from a host, and what `gen-scripts report` makes of it. */
export const outcomes = {
  async 'the library: deploys, one that fails, a rollback, and one that has nowhere to go'(lane) {
    await lane.job.build('v1');
    assert.deepEqual(await published(lane), ['done', '', 'v1 running', []]);
    await lane.job.build('v2');
    assert.deepEqual(await published(lane), ['done', 'v1', 'v2 running', ['v1']]);
    await stands(lane, 'v2', ['v1']);
    await lane.job.build('sick');
    assert.deepEqual(await published(lane), ['restored', 'v2', 'v2 running', ['v1']]);
    await lane.job.rollback({ ROLLBACK_TO: 'v1' });
    assert.deepEqual(await published(lane), ['done', 'v2', 'v1 running', []]);
    await lane.job.rollback();
    assert.deepEqual(await published(lane), ['nothing', '', 'v1 running', []]);
    await stands(lane, 'v1', []);
  },

  async 'the library: a first deploy that fails'(lane) {
    await lane.job.build('sick');
    assert.deepEqual(await published(lane), ['down', '', ' none', []]);
    await nothingServes(lane);
  },

  async 'the library: a script that is killed, and one that does not arrive'(lane) {
    await lane.job.build('v1');
    await published(lane);
    await lane.job.build('v2');
    lane.faults.plan('kill', 'after', 1);
    assert.deepEqual(await published(lane, 255), ['unknown: silent', '', ' ', []]);
    await lane.job.build('v2');
    assert.deepEqual(await told(lane), ['unknown: build', '', ' ', []]);
    assert.deepEqual(await published(lane), ['done', 'v1', 'v2 running', ['v1']]);
    await stands(lane, 'v2', ['v1']);
  },
};

async function published(lane, status) {
  await lane.job.ship(lane.host);
  return told(lane, status);
}

/**
 * State, before, now, history of the lane's host; of references the versions only. The command ends with 0, whatever
 * auto.sh says.
 */
async function told({ host, job }, wanted = 0) {
  const { status, outcome } = await job.ask(host);
  assert.equal(status, wanted, 'exit status of the command');
  const { hosts, build } = await job.report(host, outcome);
  assert.equal(build.number, String(job.buildNumber));
  const [{ state, reason, from, now, history }] = hosts;
  const what = reason === '' ? state : `${state}: ${reason}`;
  return [what, version(from), `${version(now.reference)} ${now.state}`, history.map(version)];
}

const version = (reference) => reference.replace(/@.*/, '').replace(/^.*:/, '');

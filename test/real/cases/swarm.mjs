import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { placeOf } from '../chain.mjs';
import { ended, get, state } from '../checks.mjs';
import { figure } from '../figures.mjs';
import { underLoad } from '../stack/load.mjs';
import { until } from '../stack/process.mjs';
import { keepsInSwarm, standsInSwarm } from '../swarm-checks.mjs';
import { count } from '../tally.mjs';
import { wasKilled } from './interruptions.mjs';

/** Enough to believe in none that is lost. */
const enough = 10_000;
const every = 10;

const v1 = state('v1', []);
const v2 = state('v2', ['v1']);

export const swarm = {
  async 'updates, a broken version and rollbacks under load: no request is lost'(cluster) {
    ended(await cluster.deploy('v1'), 0);
    await standsInSwarm(cluster, 'v1', []);
    const seen = [];
    for (const step of steps) seen.push(await under(cluster, step, seen));
    const requests = sum(seen);
    assert.ok(requests >= enough, `only ${requests} requests`);
    for (const { lost, errors } of seen) assert.equal(lost, 0, `${lost} requests lost: ${errors}`);
  },

  async 'a tag that does not exist, a worker, no swarm at all: nothing is touched'(cluster) {
    ended(await cluster.deploy('v1'), 0);
    const before = await cluster.service();
    for (const host of [cluster.hosts[1], cluster.agent]) {
      await cluster.job.ship(host);
      const result = await cluster.job.exec(host);
      ended(result, 10);
      assert.match(result.output, / GS180 .*\n +docker /);
    }
    await cluster.job.generate([], { GIT_TAG: 'absent' });
    await cluster.job.ship(cluster.host);
    const result = await cluster.exec();
    ended(result, 10);
    assert.match(result.output, / GS133 /);
    assert.deepEqual(await cluster.service(), before);
    await standsInSwarm(cluster, 'v1', []);
  },

  async 'a first deploy that fails leaves nothing'(cluster) {
    ended(await cluster.deploy('crash'), 12);
    const services = await cluster.host.docker('service', 'ls', '--format', '{{.Name}}');
    assert.equal(services, cluster.neighbour);
  },

  async 'settings that are new or gone, and as they were after a rollback'(cluster) {
    writeFileSync(join(cluster.folder, 'word'), 'swordfish');
    await cluster.host.docker('secret', 'create', 'site_secret', join(cluster.folder, 'word'));
    ended(await cluster.deploy('v1'), 0);
    const before = await settingsOf(cluster);
    ended(await cluster.deploy('v2', { GEN_SCRIPTS_ENV: 'changed' }), 0);
    await standsInSwarm(cluster, 'v2', ['v1'], 3);
    const changed = await settingsOf(cluster);
    const { Env, Mounts, Labels, Secrets } = changed;
    assert.deepEqual([...Env].sort(), ['COLOUR=blue', 'LINGER=2']);
    assert.deepEqual(Mounts, [{ Type: 'bind', Source: '/srv', Target: '/data', ReadOnly: true }]);
    assert.deepEqual(Labels, { team: 'web' });
    assert.deepEqual(
      Secrets.map(({ SecretName, File }) => [SecretName, File.Name]),
      [['site_secret', 'word']],
    );
    ended(await cluster.deploy('v3'), 0);
    assert.deepEqual(await settingsOf(cluster), before);
    await standsInSwarm(cluster, 'v3', ['v1', 'v2']);
    ended(await cluster.undo(), 0);
    assert.deepEqual(await settingsOf(cluster), changed);
    await standsInSwarm(cluster, 'v2', ['v1'], 3);
  },

  async 'a port of every node: there with a version, and gone with the next'(cluster) {
    const env = { GEN_SCRIPTS_ENV: 'open' };
    const answer = async (wanted) => {
      const ask = () => Promise.all(cluster.hosts.map((host) => get(host, '/version', 8090)));
      await until(`${wanted} on port 8090`, async () => (await ask()).every((text) => text === wanted));
    };
    for (const [tag, history] of [
      ['v1', []],
      ['v2', ['v1']],
    ]) {
      ended(await cluster.deploy(tag, env), 0);
      await standsInSwarm(cluster, tag, history, 3);
      await answer(tag);
    }
    ended(await cluster.deploy('v3'), 0);
    await standsInSwarm(cluster, 'v3', ['v1', 'v2']);
    await answer('ECONNREFUSED');
  },

  async 'with the registry down, two rollbacks in a row go further and further back'(cluster) {
    const env = { GEN_SCRIPTS_ENV: 'everywhere' };
    for (const tag of ['v1', 'v2', 'v3']) ended(await cluster.deploy(tag, env), 0);
    await standsInSwarm(cluster, 'v3', ['v1', 'v2'], 3);
    await cluster.registry.stop();
    ended(await cluster.undo(env), 0);
    await standsInSwarm(cluster, 'v2', ['v1'], 3);
    ended(await cluster.undo(env), 0);
    await standsInSwarm(cluster, 'v1', [], 3);
  },

  async 'a worker loses its power in the middle of an update'(cluster) {
    const place = await openUpdate(cluster, { GEN_SCRIPTS_ENV: 'impatient' });
    let gone;
    const lose = async () => {
      gone = await workerOf(cluster, 'v2');
      await gone.crash();
      count('power cut of a worker');
    };
    const seen = await underLoad(cluster.host, () => cluster.held('repull', place, lose), { limit: 10_000 });
    figure(`swarm, start-first: a worker lost (${seen.versions})`, seen);
    await keepsInSwarm(seen.result, cluster, { before: v1, wanted: v2 });
    await gone.start();
    await cluster.settle();
    ended(await cluster.run('repull'), 0);
    await standsInSwarm(cluster, 'v2', ['v1']);
  },

  async 'the manager’s engine ends in the middle of an update, and is back soon'(cluster) {
    const place = await openUpdate(cluster);
    const result = await cluster.held('repull', place, () => restartManager(cluster, 'SIGTERM'));
    await keepsInSwarm(result, cluster, { before: v1, wanted: v2 });
    ended(await cluster.run('repull'), 0);
    await standsInSwarm(cluster, 'v2', ['v1']);
  },

  async 'the script is killed in the middle of an update, then the manager’s engine: the next run recovers'(
    cluster,
  ) {
    const place = await openUpdate(cluster);
    await killed(cluster, place);
    await restartManager(cluster, 'SIGKILL');
    ended(await cluster.run('rollback'), 0);
    await standsInSwarm(cluster, 'v1', []);
    await killed(cluster, place);
    ended(await cluster.run('repull'), 0);
    await standsInSwarm(cluster, 'v2', ['v1']);
  },
};

/** Of each container; without the image. A health check that says nothing is the image's, as when there is none. */
async function settingsOf({ host, app }) {
  const format = '{{json .Spec.TaskTemplate.ContainerSpec}}';
  const seen = JSON.parse(await host.docker('service', 'inspect', '--format', format, app));
  const { Image: _, Healthcheck: check = {}, ...settings } = seen;
  return { ...settings, check };
}

/** From v1 on: what is tried, the version then, its history, the exit code, and how the build is made. */
const steps = [
  ['update', 'v2', ['v1'], 0, (job) => job.build('v2')],
  ['sick', 'v2', ['v1'], 11, (job) => job.build('sick')],
  ['update again', 'v3', ['v1', 'v2'], 0, (job) => job.build('v3')],
  ['rollback', 'v2', ['v1'], 0, (job) => job.rollback()],
  ['rollback again', 'v1', [], 0, (job) => job.rollback()],
];

/** One step of them under load; the last one goes on until enough have been asked. */
async function under(cluster, [what, version, history, code, build], before) {
  await build(cluster.job);
  await cluster.job.ship(cluster.host);
  const missing = before.length < steps.length - 1 ? 0 : enough - sum(before);
  const after = Math.max(2500, missing * every);
  const seen = await underLoad(cluster.host, () => cluster.exec(), { every, limit: 10_000, after });
  figure(`swarm, start-first: ${what} (${seen.versions})`, seen);
  ended(seen.result, code);
  if (code === 11) assert.match(seen.result.output, / GS151 .*: Swarm went back by itself/);
  await standsInSwarm(cluster, version, history);
  return seen;
}

const sum = (seen) => seen.reduce((total, { requests }) => total + requests, 0);

/**
 * v1 stands and v2's scripts are shipped. Returns which of the changes of repull.sh begins the update: the one that made the
 * service on the first day.
 */
async function openUpdate(cluster, env) {
  cluster.faults.clear();
  ended(await cluster.deploy('v1', env), 0);
  const place = placeOf(cluster.faults.changes(), 'service create');
  await standsInSwarm(cluster, 'v1', []);
  await cluster.job.build('v2', env);
  await cluster.job.ship(cluster.host);
  return place;
}

async function killed(cluster, place) {
  cluster.faults.plan('kill', 'after', place + 1);
  wasKilled(await cluster.run('repull'));
  count('kill -9 of the script');
}

/** The worker that first gets a task of a version, so that the update cannot end without it. */
function workerOf(cluster, version) {
  return until(`a task of ${version} on a worker`, async () => {
    const found = (await cluster.tasks()).find(
      ({ node, image }) =>
        node !== cluster.host.name && image.startsWith(`${cluster.repository}:${version}@`),
    );
    return cluster.hosts.find(({ name }) => name === found?.node);
  });
}

async function restartManager(cluster, signal) {
  await cluster.host.stopEngine(signal);
  await cluster.host.startEngine();
  await cluster.settle();
  count(`${signal} to the engine of the manager`);
}

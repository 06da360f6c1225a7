import assert from 'node:assert/strict';
import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { allPlaces, findSecret, placesOf } from './secrets.mjs';
import { must, until } from './stack/process.mjs';
import { execute } from './stack/ssh.mjs';

/**
 * Proof that the search for the password is not blind: it leaks, in every way that there is, and each leak must be found
 * where it is.
 */
export async function findsPlantedLeaks(bench) {
  const [lane] = bench.lanes;
  for (const [name, { plant, remove, found }] of Object.entries(leaks(bench, lane))) {
    const places = name.startsWith('agent') ? allPlaces(bench) : placesOf(lane);
    await plant();
    const paths = await findSecret(bench, places);
    await remove();
    assert.ok(
      paths.some((path) => found.test(path)),
      `${name}: found only [${paths}]`,
    );
    assert.deepEqual(await findSecret(bench, places), [], `${name}: still there`);
  }
  for (const [name, begin] of Object.entries(exposures(bench, lane))) {
    bench.watch.take();
    const end = await begin();
    await until(`${name}: nothing was seen`, () => bench.watch.take().length > 0, 3000);
    await end();
  }
  bench.watch.take();
}

/** Kinds of files. */
function leaks(bench, lane) {
  const { host, agent, job, folder, app } = lane;
  const [password] = bench.secrets;
  const file = (path, text = password) => ({
    plant: () => appendFileSync(path, `x ${text} y\n`),
    remove: () => rmSync(path),
    found: new RegExp(`^${path}$`),
  });
  const log = `${host.base}/upper/var/log/leak`;
  const header = (username) => Buffer.from(JSON.stringify({ username, password })).toString('base64');
  const image = `leak:${app}`;
  return {
    'a log beside the history': file(`${host.base}/history/${app}_history.out`),
    'a file in /tmp of the host': file(`${host.base}/tmp/leak`),
    'a file in /run of the host': file(`${host.base}/run/leak`),
    'a file below the home': file(`${host.base}/upper${host.home}/.leak`),
    'docker’s header in base64': file(log, header('ci')),
    'the same, where it begins one byte later': file(log, header('cid')),
    'the same, two bytes later': file(log, header('cide')),
    'a password file anywhere else': file(`${host.base}/upper${host.home}/registry.password`),
    'the workspace': file(`${agent.base}/upper${job.workspace}/leak`),
    'what Jenkins shows': sayIn(lane, password),
    'the output of a container': {
      plant: async () => {
        const repository = `${lane.registry.address}/team/${app}2:v1`;
        // In two parts, so that it is in the output and not in the command.
        const parts = [password.slice(0, 9), password.slice(9)];
        await host.docker('run', '--name', 'leak', repository, 'sh', '-c', `echo ${parts.join("''")}`);
      },
      remove: () => host.docker('rm', 'leak'),
      found: new RegExp(`^${host.base}/docker/containers/`),
    },
    'a login that stays': {
      plant: () =>
        must('cp', [`${lane.loginFolder}/config.json`, `${host.base}/upper${host.home}/config.json`]),
      remove: () => rmSync(`${host.base}/upper${host.home}/config.json`),
      found: /\/upper\/.*\/config\.json$/,
    },
    'agent: an image': {
      plant: () => buildImage(agent, image, password),
      remove: () => agent.docker('rmi', image),
      found: new RegExp(`^${agent.base}/docker/`),
    },
    'agent: a file in /tmp': file(`${agent.base}/tmp/leak`),
    'agent: a log of the registry': file(`${folder}/registry-${lane.port}/leak`),
  };
}

/** A line in a transcript, without which the rest of it stays as it is. */
function sayIn(lane, password) {
  const path = `${lane.folder}/transcript-${lane.app}`;
  const said = lane.transcript;
  return {
    plant: () => lane.say(`leak ${password}`),
    remove: async () => {
      lane.transcript = said;
      await must('sed', ['-i', '/^leak /d', path]);
    },
    found: new RegExp(`^${path}$`),
  };
}

async function buildImage(agent, image, password) {
  const archive = `${agent.base}/tmp/empty.tar`;
  writeFileSync(archive, Buffer.alloc(1024));
  await agent.docker('import', '--change', `ENV LEAK=${password}`, archive, image);
  rmSync(archive);
}

/** Kinds of processes; each is begun and ended. */
function exposures({ secrets: [password] }, { host }) {
  const whileRunning = (command) => async () => {
    const ended = execute(host, command);
    return () => ended;
  };
  return {
    'an argument on the host': whileRunning(`sh -c 'sleep 0.5; :' ${password}`),
    'the environment of a process on the host': whileRunning(`LEAK=${password} sleep 0.5`),
  };
}

/**
 * Inside the sandbox: deploys and rollbacks under load on a real engine. usage: inside.mjs --measured FILE
 * FILE gets JSON: { gaps: { NAME: [ms] }, lost: { NAME: [requests] }, rollbacks: { NAME: [ms] }, pulled: { NAME: [bytes] } }
 */
import { writeFileSync } from 'node:fs';
import { get } from '../../test/real/checks.mjs';
import { underLoad } from '../../test/real/stack/load.mjs';
import { withNetwork } from '../../test/real/stack/network.mjs';
import { sleep, until } from '../../test/real/stack/process.mjs';
import { enter, insideFolder } from '../../test/real/stack/sandbox.mjs';
import { execute } from '../../test/real/stack/ssh.mjs';
import { sendRecipe } from './recipe.mjs';
import { addNeighbour, clear, openScene } from './scene.mjs';

/** Bytes a second of 100 Mbit/s. */
const SLOW = 100e6 / 8;
const ROUNDS = 3;
const figures = { gaps: {}, lost: {}, rollbacks: {}, pulled: {} };
process.env.PATH += ':/usr/sbin:/sbin';
await enter(insideFolder);
const scene = await openScene(insideFolder);
const { host, job, cable, image } = scene;
for (const tag of ['v1', 'v2', 'v3', 'slow2', 'sick']) await job.build(tag, { GEN_SCRIPTS_ENV: 'recreate' });

await withNetwork(host, 'alone', async () => {
  await floor('floor, alone', ['--network', 'alone'], ['v1', 'v2']);
  for (const strategy of ['recreate', 'preflight', 'handover'])
    await strategyGaps(`${strategy}, alone`, `alone-${strategy}`, ['v2', 'v3']);
});
await addNeighbour(scene);
await floor('floor', [], ['v1', 'v2']);
await floor('floor, boots 2 s', [], ['v1', 'slow2']);
for (const strategy of ['recreate', 'preflight', 'handover']) {
  await strategyGaps(strategy, strategy, ['v2', 'v3']);
  await strategyGaps(`${strategy}, boots 2 s`, strategy, ['slow2']);
  if (strategy !== 'recreate') await strategyGaps(`${strategy}, broken`, strategy, ['sick']);
}
await recipeGap('recipe, cached', ['v2', 'v3'], false);
await recipeGap('recipe, pull', ['v2'], true);
cable.rate = SLOW;
await recipeGap('recipe, pull at 100 Mbit/s', ['v2'], true);
await strategyGaps('recreate, pull at 100 Mbit/s', 'recreate', ['v2'], true);
await strategyGaps('handover, pull at 100 Mbit/s', 'handover', ['v2'], true);
await rollbacks();

writeFileSync(process.argv[3], JSON.stringify(figures));
process.exit();

function note(kind, name, value) {
  figures[kind][name] = [...(figures[kind][name] ?? []), value];
}

/** Both containers are there; the engine stops one and starts the other. What no tool of this kind that stops first can undercut. */
async function floor(name, options, [old, fresh]) {
  for (let round = 0; round < ROUNDS; round += 1) {
    await clear(scene);
    const create = (tag) =>
      host.docker('create', '--publish', '8080:80', ...options, '--name', tag, `${image}:${tag}`);
    for (const tag of [old, fresh])
      await host.inside('docker', ['pull', '--quiet', `${image}:${tag}`], await login());
    await create(old);
    await create(fresh);
    await host.docker('start', old);
    await serves(old);
    const seen = await underLoad(host, async () => {
      await execute(host, `docker stop -t 2 ${old} && docker start ${fresh}`);
      await serves(fresh);
    });
    note('gaps', name, seen.gap);
  }
}

/** From v1 on, one version after the other. `mustPull`: only v1 is on the host. */
async function strategyGaps(name, environment, versions, mustPull = false) {
  await clear(scene, { images: mustPull });
  const env = { GEN_SCRIPTS_ENV: environment };
  await deploy('v1', env);
  for (const version of versions) {
    if (!mustPull) await host.inside('docker', ['pull', '--quiet', `${image}:${version}`], await login());
    await job.build(version, env);
    await job.ship(host);
    const seen = await underLoad(host, () => job.exec(host));
    const wanted = version === 'sick' ? 10 : 0;
    if (seen.result.status !== wanted)
      throw new Error(`${name}: exit ${seen.result.status}\n${seen.result.output}`);
    note('gaps', name, seen.gap);
    note('lost', name, seen.lost);
  }
}

async function recipeGap(name, versions, mustPull) {
  await clear(scene, { images: true });
  await recipe('deploy', 'v1');
  for (const version of versions) {
    // The recipe removes what it can of its images, so there is always something to pull; cached: all of its layers are here.
    if (!mustPull) await keepLayers(version);
    const seen = await underLoad(host, () => recipe('deploy', version), { limit: 30_000 });
    note('gaps', name, seen.gap);
    note('lost', name, seen.lost);
  }
}

/** Under a name that the recipe does not look for. */
async function keepLayers(version) {
  await host.inside('docker', ['pull', '--quiet', `${image}:${version}`], await login());
  await host.docker('tag', `${image}:${version}`, `kept:${version}`);
}

async function recipe(kind, version) {
  const result = await execute(host, sendRecipe(scene, kind, `${image}:${version}`));
  if (result.status !== 0) throw new Error(`recipe: exit ${result.status}\n${result.output}`);
  await serves(version);
  return result;
}

/** From the SSH exec to the old version's first answer. */
async function rollbacks() {
  cable.rate = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round += 1) {
    await clear(scene);
    for (const version of ['v1', 'v2']) await deploy(version, { GEN_SCRIPTS_ENV: 'recreate' });
    await job.rollback({ GEN_SCRIPTS_ENV: 'recreate' });
    await job.ship(host);
    const before = cable.passed;
    await timed('parked', () => job.exec(host));
    note('pulled', 'parked', cable.passed - before);
  }
  for (const [name, rate, isCached] of [
    ['recipe, cached', Number.POSITIVE_INFINITY, true],
    ['recipe, pull at 100 Mbit/s', SLOW, false],
  ]) {
    cable.rate = Number.POSITIVE_INFINITY;
    await clear(scene, { images: true });
    await host.inside('sh', ['-c', 'docker images --quiet kept | sort -u | xargs -r docker rmi -f']);
    for (const version of ['v1', 'v2']) await recipe('deploy', version);
    // What the recipe leaves behind keeps the layers, until somebody cleans up.
    await host.docker('container', 'prune', '--force');
    if (isCached) await keepLayers('v1');
    cable.rate = rate;
    const command = sendRecipe(scene, 'rollback');
    await timed(name, () => execute(host, command));
  }
}

async function timed(name, action) {
  const began = performance.now();
  const ended = action();
  await until('v1 answers', async () => (await answer()) === 'v1', 120_000);
  note('rollbacks', name, Math.round(performance.now() - began));
  const { status, output } = await ended;
  if (status !== 0) throw new Error(`${name}: exit ${status}\n${output}`);
}

async function deploy(version, env) {
  const { status, output } = await job.deploy(host, version, env);
  if (status !== 0) throw new Error(`deploy of ${version}: exit ${status}\n${output}`);
}

async function serves(version) {
  await until(`${version} answers`, async () => (await answer()) === version, 60_000);
  await sleep(200);
}

function answer() {
  return get(host, '/version');
}

/** Options for `inside`: who has logged in at the registry. */
async function login() {
  const env = { DOCKER_CONFIG: '/tmp/bench-login' };
  const args = ['login', '--username', 'ci', '--password-stdin', scene.registry.address];
  await host.inside('docker', args, { env, input: scene.password });
  return { env };
}

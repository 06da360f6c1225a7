import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './process.mjs';
import { ROOT } from './surroundings.mjs';

const CLI = join(ROOT, 'resources/gen-scripts.cjs');

/**
 * One build of a freestyle job: check out, render, build.sh if there is one, send release/*, execute.
 * A generator of what was done, as it is done: { where, command, status, output }. Only the last, auto.sh, may fail.
 */
export async function* runBuild(world, { number, tag, parameters }) {
  const { workspace, agent, app } = world;
  const release = join(workspace, 'release');
  const jenkins = { BUILD_NUMBER: String(number), JOB_NAME: app, ...parameters };
  const onAgent = (command, program, args) =>
    act('agent', command, program, args, { cwd: workspace, env: { ...agent, ...jenkins } });

  if (tag) yield await onAgent(`git checkout ${tag}`, 'git', ['checkout', '--quiet', '--force', tag]);
  yield await onAgent('node gen-scripts.cjs', process.execPath, [CLI]);
  if (readdirSync(release).includes('build.sh')) {
    yield await onAgent('sh release/build.sh', 'sh', ['release/build.sh']);
  }
  yield send(release, join(world.inbox, app));
  const script = join(world.inbox, app, 'auto.sh');
  yield await act('host', `sh auto.sh --build ${number}`, 'sh', [script, '--build', String(number)], {
    env: world.host,
    mayFail: true,
  });
}

async function act(where, command, program, args, { mayFail = false, ...options }) {
  const { status, output } = await run(program, args, options);
  if (status !== 0 && !mayFail) throw new Error(`${command}: exit ${status}\n${output}`);
  return { where, command, status, output };
}

/** In Jenkins Publish over SSH does it; here the host is a folder. */
function send(release, target) {
  const names = readdirSync(release).sort();
  mkdirSync(target, { recursive: true });
  for (const name of names) copyFileSync(join(release, name), join(target, name));
  return { where: 'agent', command: 'send release/* to the host', status: 0, output: names.join(' ') };
}

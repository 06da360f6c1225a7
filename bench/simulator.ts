import { spawnSync } from 'node:child_process';
import { Host } from '../test/support/host.js';
import { installedShells } from '../test/support/shells.js';

/** Calls in one go: the loop is a shell's, so that starting it from here does not count. */
export const CALLS = 200;

/**
 * A simulated host with two deployed versions; `docker` runs one call of the simulated docker again and again, `nothing` starts a
 * shell that does nothing as often: a program that is a shell script cannot be quicker. Both return milliseconds a call.
 */
export function prepareCalls() {
  const [shell] = installedShells();
  if (shell === undefined) throw new Error('no shell to run the scripts');
  const host = new Host(shell);
  for (const [index, tag] of ['v1', 'v2'].entries()) {
    host.image(tag);
    host.deploy(tag, index + 1);
  }
  const env = environmentOf(host);
  const run = (command: string) => () => {
    const loop = `i=0; while [ $i -lt ${CALLS} ]; do ${command} >/dev/null || exit; i=$((i + 1)); done`;
    const begin = process.hrtime.bigint();
    const { status, stderr } = spawnSync('sh', ['-c', loop], { env, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${command}: ${status}\n${stderr}`);
    return Number(process.hrtime.bigint() - begin) / 1e6 / CALLS;
  };
  return {
    docker: run('docker container inspect --format "{{.State.Status}}" citest'),
    nothing: run('sh -c :'),
    remove: () => host.remove(),
  };
}

/** As its scripts have it. */
function environmentOf(host: Host): NodeJS.ProcessEnv {
  const lines = host.capture('env').split('\n').filter(Boolean);
  return Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]));
}

import { mkdirSync, symlinkSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isInPath } from './process.mjs';

export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const SIMULATOR = join(ROOT, 'simulator');
const STAND_INS = ['flock', 'sha256sum', 'timeout'];

/**
 * The environment of everything the demo runs: nothing of the user's but PATH and the way to docker, so that no git
 * setting, hook or signing key has a say, and all temporary files end up in `folder`.
 */
export function makeEnvironment(folder) {
  for (const name of ['bin', 'home', 'tmp']) mkdirSync(join(folder, name));
  return {
    PATH: [linkStandIns(join(folder, 'bin')), process.env.PATH].join(delimiter),
    HOME: join(folder, 'home'),
    TMPDIR: join(folder, 'tmp'),
    LOCKS: join(folder, 'tmp'),
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
  };
}

/** What leads the docker client to the engine that the user has chosen, though HOME is another. */
export function wayToDocker() {
  const chosen = Object.entries(process.env).filter(([name]) => /^(DOCKER|BUILDX)_/.test(name));
  return { DOCKER_CONFIG: join(homedir(), '.docker'), ...Object.fromEntries(chosen) };
}

/** macOS lacks some of the programs that the host's scripts use. */
function linkStandIns(bin) {
  for (const name of STAND_INS) {
    if (!isInPath(name)) symlinkSync(join(SIMULATOR, 'stand-ins', name), join(bin, name));
  }
  return bin;
}

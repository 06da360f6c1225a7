import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isInstalled, type Shell } from './shells.js';

/**
 * bash, which alone can tell where a script is: of each command the line, and behind it the line of each call that led there. The
 * script itself stays byte for byte. (PS4 is set here because bash takes none from the environment of root.)
 */
const TRACING_BASH: Shell = {
  name: 'bash',
  command: [
    ...(['bash', '--posix', '-c'] as const),
    'PS4="+ \\${LINENO} \\${BASH_LINENO[*]} "; exec 19>"$HOME/trace"; BASH_XTRACEFD=19; set -x; . "$0"',
  ],
};

/** Undefined where there is no bash. */
export function tracingShell(): Shell | undefined {
  return isInstalled({ name: 'bash', command: ['bash', '--posix'] }) ? TRACING_BASH : undefined;
}

const DOCKER_CALL = /^\++ ((?:\d+ )+)\S*timeout .*?\bdocker (.*)$/;

/** Of each docker call the lines of the script, from 1: where it is made, where the function around it is called, and so on. */
export function readTrace(folder: string): number[][] {
  const file = join(folder, 'trace');
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  return lines.flatMap((line) => {
    const [, numbers] = DOCKER_CALL.exec(line) ?? [];
    // The last one is that of the line that reads the script.
    return numbers === undefined ? [] : [numbers.trim().split(' ').map(Number).slice(0, -1)];
  });
}

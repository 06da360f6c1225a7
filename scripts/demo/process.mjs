import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Something that this machine lacks, or a mistyped option: a line for the user, exit 2. */
export class Missing extends Error {}

/**
 * Runs a program to its end, with nothing on stdin.
 * -> { status, output, stdout }: output is both streams as they came. A program that is not there is status 127, as in a shell.
 */
export function run(program, args, { cwd = '/', env }) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const text = { output: '', stdout: '' };
    for (const name of ['stdout', 'stderr']) {
      child[name].setEncoding('utf8').on('data', (chunk) => {
        text.output += chunk;
        if (name === 'stdout') text.stdout += chunk;
      });
    }
    child.on('error', (error) =>
      error.code === 'ENOENT' ? resolve({ status: 127, ...text }) : reject(error),
    );
    child.on('close', (status) => resolve({ status: status ?? 128, ...text }));
  });
}

/** As `run`, for what must succeed. -> what it printed to stdout. */
export async function must(program, args, options) {
  const { status, output, stdout } = await run(program, args, options);
  if (status === 0) return stdout;
  throw new Error(`${[program, ...args].join(' ')}: exit ${status}\n${output}`);
}

export function isInPath(name, path = process.env.PATH ?? '') {
  return path.split(delimiter).some((folder) => isExecutable(join(folder, name)));
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

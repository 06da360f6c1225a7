import { realpath } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { type Surroundings, say } from '../output/terminal.js';
import { withdrawAuto } from '../output/withdraw.js';
import { UserError } from '../problems/problem.js';
import { COMMANDS, type CommandName, DEFAULT_OUT, type Request } from './command.js';

/**
 * Refuses the project's folder, or one around it, as the place for scripts: a repository has a build.sh of its own
 * more often than not. A symbolic link is judged by where it leads.
 */
export async function checkOut(out: string, cwd: string): Promise<void> {
  if (await isAround(out, cwd)) throw new UserError([{ code: 'GS004', source: '--out', value: out }]);
}

/** ... and as the place for a report, which has an index.html. */
export async function checkReport(folder: string, cwd: string): Promise<void> {
  if (!(await isAround(folder, cwd))) return;
  const hint = 'an index.html there would be replaced: give --report a folder of its own';
  throw new UserError([{ code: 'GS004', source: '--report', value: folder, hint }]);
}

async function isAround(out: string, cwd: string): Promise<boolean> {
  const path = resolve(cwd, out);
  const [folder, project] = await Promise.all([realpath(path).catch(() => path), realpath(cwd)]);
  const way = relative(folder, project);
  return way !== '..' && !way.startsWith(`..${sep}`);
}

/** After a failed run: no auto.sh may be left that somebody could still ship. Says what it did. */
export async function withdraw(out: string, surroundings: Surroundings): Promise<void> {
  const { cwd } = surroundings;
  if (await isAround(out, cwd)) return;
  try {
    for (const path of await withdrawAuto(resolve(cwd, out))) {
      await say(surroundings, `removed ${relative(cwd, path)}, so that no stale script is shipped`);
    }
  } catch (error) {
    const { message } = error as Error;
    await say(
      surroundings,
      `WARNING: ${join(out, 'auto.sh')} could not be removed (${message}): do not ship it`,
    );
  }
}

/** Where a command line that could not be parsed would have written; undefined if it would not have. */
export function outOfUnparsed(argv: readonly string[]): string | undefined {
  const command = argv.find((word) => (COMMANDS as readonly string[]).includes(word)) as
    | CommandName
    | undefined;
  if (command !== undefined && command !== 'render') return undefined;
  const index = argv.findLastIndex((word) => word === '--out' || word.startsWith('--out='));
  const typed = argv[index] === '--out' ? argv[index + 1] : argv[index]?.slice('--out='.length);
  return typed || DEFAULT_OUT;
}

export function outOf({ options }: Request): string {
  return options.out || DEFAULT_OUT;
}

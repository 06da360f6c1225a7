import { spawnSync } from 'node:child_process';

/** Is the program there? On CI it must be: then a missing one throws. */
export function hasProgram(name: string): boolean {
  const found = !spawnSync(name, ['--version']).error;
  if (!found && process.env.CI === 'true') throw new Error(`on CI ${name} must be installed`);
  return found;
}

/** What a program prints, and how it ended if not well; '' for a program that is content. */
export function runProgram(program: string, args: readonly string[]): string {
  const { stdout, stderr, status } = spawnSync(program, args, { encoding: 'utf8' });
  return stdout + stderr + (status === 0 ? '' : `exit ${status}`);
}

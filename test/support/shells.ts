import { spawnSync } from 'node:child_process';

export interface Shell {
  readonly name: string;
  /** Program and arguments before the script's path. */
  readonly command: readonly [string, ...string[]];
}

/** The shells that the host contract names, and how each is started. */
const SHELLS: readonly Shell[] = [
  { name: 'dash', command: ['dash'] },
  { name: 'bash', command: ['bash', '--posix'] },
  { name: 'busybox ash', command: ['busybox', 'ash'] },
  { name: 'mksh', command: ['mksh'] },
  { name: 'ksh93', command: ['ksh93'] },
  { name: 'yash', command: ['yash'] },
  { name: 'zsh as sh', command: ['zsh', '--emulate', 'sh'] },
];

/**
 * Those of the seven that are here. On CI all must be: a missing one throws. Elsewhere the missing ones are named in
 * `missingShells`, for a visible skip.
 */
export function installedShells(): Shell[] {
  const missing = missingShells();
  if (process.env.CI && missing.length > 0)
    throw new Error(`on CI every shell must be there, missing: ${missing.join(', ')}`);
  return SHELLS.filter(isInstalled);
}

export function missingShells(): string[] {
  return SHELLS.filter((shell) => !isInstalled(shell)).map(({ name }) => name);
}

function isInstalled({ command: [program, ...options] }: Shell): boolean {
  return spawnSync(program, [...options, '-c', 'exit 7']).status === 7;
}

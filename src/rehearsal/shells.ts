import { spawnSync } from 'node:child_process';

/** A shell that may run the scripts. */
export interface Shell {
  readonly name: string;
  /** Program and arguments before the script's path. */
  readonly command: readonly [string, ...string[]];
}

/** The shells that the host contract names, and how each is started. The quickest comes first. */
export const SHELLS: readonly Shell[] = [
  { name: 'dash', command: ['dash'] },
  { name: 'bash', command: ['bash', '--posix'] },
  { name: 'busybox ash', command: ['busybox', 'ash'] },
  { name: 'mksh', command: ['mksh'] },
  { name: 'ksh93', command: ['ksh93'] },
  { name: 'yash', command: ['yash'] },
  { name: 'zsh as sh', command: ['zsh', '--emulate', 'sh'] },
];

/** Without stdin: bash takes a socket there, which is what Node's pipes are, for a remote shell's, and reads ~/.bashrc. */
export function isInstalled({ command: [program, ...options] }: Shell): boolean {
  return spawnSync(program, [...options, '-c', 'exit 7'], { stdio: 'ignore' }).status === 7;
}

import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { shellcheck } from 'shellcheck';

/**
 * The ShellCheck of the system, so that the npm package does not download one; undefined without. Started by npm, PATH
 * begins with that package's own `shellcheck`, which would.
 */
export function systemShellCheck(): string | undefined {
  const folders = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.includes('node_modules'));
  return folders.map((folder) => join(folder, 'shellcheck')).find((file) => existsSync(file));
}

/** Every check of ShellCheck over files, `-s sh -o all`. @returns what it says; '' for nothing */
export async function runShellCheck(bin: string, files: readonly string[]): Promise<string> {
  const { stdout, stderr } = await shellcheck({
    bin,
    args: ['--norc', '--shell=sh', '--enable=all', ...files],
  });
  return String(stdout ?? '') + String(stderr ?? '');
}

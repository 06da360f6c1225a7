import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** ShellCheck's names for it, in its order: shellcheck(1), RC FILES. */
const NAMES = ['.shellcheckrc', 'shellcheckrc'];

/**
 * The settings that ShellCheck itself would find for a script in this folder: the nearest file in it or above. That of
 * the user (in HOME or XDG_CONFIG_HOME) is left out: the same project has the same findings for everybody.
 */
export function findShellCheckRc(folder: string): string | undefined {
  const found = NAMES.map((name) => join(folder, name)).find((file) => existsSync(file));
  if (found !== undefined) return found;
  return dirname(folder) === folder ? undefined : findShellCheckRc(dirname(folder));
}

/** What a settings file switches off, as it is written there: `SC2086,SC2250`; '' for nothing. */
export function readDisabled(file: string): string {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.flatMap((line) => DISABLE.exec(line)?.groups?.codes ?? []).join(',');
}

const DISABLE = /^\s*disable=(["']?)(?<codes>[\w,-]+)\1\s*(#|$)/;

/** For the name of what ran: ` with ../.shellcheckrc`. */
export function withRc(file: string | undefined, project: string): string {
  return file === undefined ? '' : ` with ${relative(project, file)}`;
}

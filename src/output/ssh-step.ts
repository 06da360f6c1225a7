import type { Publish } from '../parameters/parameters.js';

/**
 * What Publish over SSH has to execute. Constant for a job: Jenkins pastes build parameters into it as they are, so
 * nothing but BUILD_NUMBER may vary. stdin never ends on that connection, hence /dev/null.
 */
export function sshCommand({
  remoteRoot,
  remoteDirectory,
}: Pick<Publish, 'remoteRoot' | 'remoteDirectory'>): string {
  return `sh ${word(remoteFile({ remoteRoot, remoteDirectory }, 'auto.sh'))} --build $BUILD_NUMBER </dev/null`;
}

/** Absolute, because the exec starts in the user's home. */
export function remoteFile(
  { remoteRoot, remoteDirectory }: Pick<Publish, 'remoteRoot' | 'remoteDirectory'>,
  name: string,
): string {
  return `${remoteRoot.replace(/\/+$/, '')}/${remoteDirectory}/${name}`;
}

/** One shell word, as Jenkins has to get it. */
export function word(text: string): string {
  return /^[\w./@%+=:,-]+$/.test(text) ? text : `'${doubled(text.replaceAll("'", "'\\''"))}'`;
}

/** Jenkins substitutes variables before anybody else sees the command, and makes `$` of `$$`. */
export function doubled(text: string): string {
  return text.replaceAll('$', '$$$$');
}

/** One app as the SSH step of a freestyle job sends it. */
export interface ShippedApp {
  /** The folder that was written, relative to the workspace. */
  readonly folder: string;
  readonly publish: Publish;
  /** Names of the servers that it is for; empty for whichever the job has. */
  readonly servers: readonly string[];
  /** The file of credentials that travels along; empty for none. */
  readonly credentials: string;
}

const UNKNOWN_ROOT = '/REMOTE-ROOT';

/** The settings of the SSH step that ships these folders, for somebody to compare with the job's. */
export function describeSshStep(transfers: readonly ShippedApp[]): string {
  const unknown = transfers.some(({ publish }) => publish.remoteRoot === '');
  const hint = unknown
    ? `${UNKNOWN_ROOT}: the SSH server's root folder; set publish.remoteRoot to see it here\n`
    : '';
  return `The SSH step of this job must contain:\n${transfers.map(describe).join('\n')}${hint}`;
}

function describe({ folder, publish, servers, credentials }: ShippedApp): string {
  const remoteRoot = publish.remoteRoot || UNKNOWN_ROOT;
  const after = credentials === '' ? '' : `  Afterwards        rm -f ${credentials} (and never archive it)\n`;
  const server = servers.length === 0 ? '' : `  Server            ${servers.join(', ')}\n`;
  return `${server}  Source files      ${folder}/*
  Remove prefix     ${folder}
  Remote directory  ${publish.remoteDirectory}
  Exec command      ${sshCommand({ ...publish, remoteRoot })}
  Exec timeout (ms) ${publish.execTimeout === 0 ? '0 (no limit)' : publish.execTimeout}
${after}`;
}

import type { ShippedManifest } from '../report/manifests.js';
import { quoteShell } from '../scripts/quote.js';

/** What is executed; also the name of the file on the host that keeps the answer: a connection may break before it has come over. */
export type Action = 'outcome' | 'undo';
/** Beside it: the process that will write it. */
const processOf = (action: Action) => `${action}.pid`;
const LEFT = (['outcome', 'undo'] as const).flatMap((action) => [action, processOf(action)]);

/** What `fetchCommand` says behind the answer, or instead of one. */
export const NOT_BEGUN = 'gen-scripts: not begun';
export const GONE = 'gen-scripts: not running';

/**
 * What sftp has to do before anything is executed. Each file appears whole and in its turn; an answer that an earlier run
 * left is gone, so that it cannot be taken for this one's.
 * @param names of files in the folder that sftp is started in
 */
export function uploadBatch({ remoteFolder }: ShippedManifest, names: readonly string[]): string {
  const file = (name: string) => quoteSftp(`${remoteFolder}/${name}`);
  return [
    ...foldersTo(remoteFolder).map((folder) => `-mkdir ${quoteSftp(folder)}`),
    ...LEFT.map((name) => `-rm ${file(name)}`),
    ...names.flatMap((name) => [
      `put -p ${name} ${file(`${name}.part`)}`,
      `rename ${file(`${name}.part`)} ${file(name)}`,
    ]),
    '',
  ].join('\n');
}

/** `/a/b/c`: `/a`, `/a/b`, `/a/b/c`; those that are there already do no harm. */
function foldersTo(path: string): string[] {
  const parts = path.split('/').filter(Boolean);
  return parts.map((_, index) => `/${parts.slice(0, index + 1).join('/')}`);
}

/**
 * One word of a batch; sftp takes *, ? and [ for patterns unless a backslash stands before them. A line break would begin another
 * command, and sftp has one for the shell of this machine.
 */
function quoteSftp(path: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  if (/[\u0000-\u001f\u007f]/.test(path)) throw new Error('a control character in a path');
  return `"${path.replace(/[\\"*?[\]]/g, '\\$&')}"`;
}

/** Runs auto.sh and then tells what became of it, in one go. */
export function updateCommand(manifest: ShippedManifest): string {
  return answering(manifest, 'outcome', `${scriptOf(manifest, 'auto.sh')}${buildOf(manifest)}`);
}

/** Back from the version of this build, and from no other. */
export function revertCommand(manifest: ShippedManifest): string {
  const from = `--from ${quoteShell(manifest.image)}`;
  return answering(manifest, 'undo', `${scriptOf(manifest, 'rollback.sh')}${buildOf(manifest)} ${from}`);
}

/** The answer once more, and whether there will ever be one. Looked at in this order: what has ended has written it. */
export function fetchCommand(manifest: ShippedManifest, action: Action): string {
  const pid = fileOf(manifest, processOf(action));
  return withSh(
    `if [ ! -f ${pid} ]; then state='${NOT_BEGUN}'; elif kill -0 "$(cat ${pid})" 2>/dev/null; then state=''; else state='${GONE}'; fi; ` +
      `cat ${fileOf(manifest, action)} 2>/dev/null; printf '%s\\n' "$state"`,
  );
}

function answering(manifest: ShippedManifest, action: Action, run: string): string {
  const outcome = fileOf(manifest, action);
  const tell = `${scriptOf(manifest, 'rollback.sh')} --outcome $? >${outcome} </dev/null`;
  return withSh(
    `echo $$ >${fileOf(manifest, processOf(action))}; rm -f ${outcome}; ${run} </dev/null; ${tell}; cat ${outcome}`,
  );
}

/** A script made by another build refuses to run; what was made without a number has none to compare. */
function buildOf({ build }: ShippedManifest): string {
  return build.number === '' ? '' : ` --build ${quoteShell(build.number)}`;
}

function scriptOf(manifest: ShippedManifest, name: string): string {
  return `sh ${fileOf(manifest, name)}`;
}

function fileOf({ remoteFolder }: ShippedManifest, name: string): string {
  return quoteShell(`${remoteFolder}/${name}`);
}

/** Whatever the login shell is: not all of them know `$?`. */
function withSh(command: string): string {
  return `exec sh -c ${quoteShell(command)}`;
}

import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { reasonOf } from '../output/file-problem.js';
import { AUTO, MANIFEST } from '../output/release-files.js';
import { appFolders, hasOurManifest } from '../output/withdraw.js';
import type { Parameters } from '../parameters/parameters.js';
import { UserError } from '../problems/problem.js';
import { firstUnmoved } from '../rehearsal/relocate.js';
import { type Manifest, readManifest } from '../scripts/read-manifest.js';
import type { Scripts } from '../scripts/render.js';
import { VERSION } from '../version.js';

/** An app whose scripts are there already. */
export interface GivenApp {
  readonly parameters: Parameters;
  readonly folder: string;
  /** The script that is played as auto.sh. */
  readonly name: string;
  readonly scripts: Scripts;
  /** What the reader of a report has to know of them. */
  readonly notes: readonly string[];
}

/**
 * The scripts in these folders, or these scripts, with what the manifest beside them says.
 * @throws UserError
 */
export async function readGivenScripts(paths: readonly string[], cwd: string): Promise<GivenApp[]> {
  const apps: GivenApp[] = [];
  for (const path of paths) apps.push(...(await readPath(path, cwd)));
  return apps;
}

async function readPath(path: string, cwd: string): Promise<GivenApp[]> {
  const place = resolve(cwd, path);
  const found = await stat(place).catch(({ code = '' }: NodeJS.ErrnoException) => {
    const detail = code === 'ENOENT' ? 'there is no such file or folder' : reasonOf(code);
    throw new UserError([{ code: 'GS089', source: 'rehearse', value: path, detail }]);
  });
  if (!found.isDirectory()) return [await readApp(dirname(place), basename(place), cwd)];
  const folders = [...((await hasOurManifest(place)) ? [place] : []), ...(await appFolders(place))];
  if (folders.length === 0) throw new UserError([{ code: 'GS013', source: path }]);
  return await Promise.all(folders.map((folder) => readApp(folder, AUTO, cwd)));
}

/** @param name of the script that plays auto.sh */
async function readApp(folder: string, name: string, cwd: string): Promise<GivenApp> {
  const shown = relative(cwd, folder) || '.';
  const path = join(shown, MANIFEST);
  const text = await readFile(join(folder, MANIFEST), 'utf8').catch(() => {
    throw new UserError([{ code: 'GS013', source: shown, detail: `no ${MANIFEST} beside ${name}` }]);
  });
  const manifest = readManifest(text, path);
  const script = await readScript(join(folder, name), join(shown, name));
  const scripts = new Map([[AUTO, script]]);
  return {
    ...{ folder: shown, name, scripts, parameters: parametersOf(manifest.parameters, script) },
    notes: notesOf(manifest, name, script),
  };
}

/** @throws UserError for one that would not stay on its simulated host */
async function readScript(place: string, shown: string): Promise<string> {
  const refuse = (detail: string) => new UserError([{ code: 'GS089', source: shown, detail }]);
  const text = await readFile(place, 'utf8').catch(({ code = '' }: NodeJS.ErrnoException) => {
    throw refuse(code === 'ENOENT' ? 'there is no such file' : reasonOf(code));
  });
  const [, kind] = KIND.exec(text) ?? [];
  if (kind === undefined) throw refuse('it is neither a repull.sh nor a rollback.sh of gen-scripts');
  const line = firstUnmoved(text);
  if (line !== undefined)
    throw refuse(`line ${line} names a file of the host, and not as gen-scripts writes it`);
  if (!/^HISTORY='/m.test(text)) throw refuse('it has no line that sets HISTORY, as gen-scripts writes it');
  return text;
}

/** What a script calls itself in its messages. */
const KIND = /^SCRIPT=(?:')?(repull|rollback)(?:')?$/m;

/** A deploy's folder has a rollback.sh as well. */
function parametersOf(parameters: Parameters, script: string): Parameters {
  const isRollback = KIND.exec(script)?.[1] === 'rollback';
  if (isRollback === (parameters.mode === 'rollback')) return parameters;
  return { ...parameters, mode: 'rollback', tag: '' };
}

function notesOf({ version, sums }: Manifest, name: string, script: string): string[] {
  const sum = createHash('sha256').update(script).digest('hex');
  return [
    ...(sums.get(name) === sum
      ? []
      : [`${name} is not as gen-scripts wrote it: ${MANIFEST} has another SHA-256 of it`]),
    ...(version === VERSION ? [] : [`made by gen-scripts ${version}, rehearsed by ${VERSION}`]),
  ];
}

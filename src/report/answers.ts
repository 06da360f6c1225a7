import { open, readFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import * as z from 'zod';
import { fileProblem } from '../output/file-problem.js';
import { type Problem, UserError } from '../problems/problem.js';
import type { Answer } from './host-report.js';
import { isFor, type ShippedManifest } from './manifests.js';
import { LONGEST_OUTCOME } from './outcome.js';

/** The name of a server, from Jenkins' configuration, must not drive a terminal, hide text, or forge a line of the log. */
const SERVER = z.string().transform((name) => name.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '\ufffd'));
/** `file`, and `undo` of the way back: what came back from the host, relative to the workspace; null if it has not been asked. */
const SCHEMA = z.array(
  z.object({ server: SERVER, app: z.string(), file: z.string().nullable(), undo: z.string().nullish() }),
);

/**
 * What the hosts answered, as the Jenkins step collected it; none if nobody has been asked yet.
 * @throws UserError if the file cannot be read or is something else, or speaks of an app that was not rendered
 */
export async function readAnswers(
  path: string,
  manifests: readonly ShippedManifest[],
  cwd: string,
): Promise<Answer[]> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '[]';
    throw fileProblem(error);
  });
  const source = relative(cwd, path);
  const { success, data, error } = SCHEMA.safeParse(parse(text, source));
  if (!success) {
    const detail = z.prettifyError(error).replace(/\s+/g, ' ');
    throw new UserError([{ code: 'GS015', source, detail }]);
  }
  const strangers = data.filter((asked) => !manifests.some((manifest) => isFor(manifest, asked)));
  if (strangers.length > 0) throw new UserError(strangers.map((asked) => stranger(asked, manifests, source)));
  const textOf = async (name: string) => await readStart(resolve(cwd, name));
  return Promise.all(
    data.map(async ({ server, app, file, undo }) => ({
      ...{ server, app, outcome: file === null ? null : await textOf(file) },
      ...(undo ? { undo: await textOf(undo) } : {}),
    })),
  );
}

/** Empty if nothing came back; a host decides how long its answer is, and no more is read than one may have. */
async function readStart(path: string): Promise<string> {
  try {
    const file = await open(path);
    try {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(LONGEST_OUTCOME), 0, LONGEST_OUTCOME, 0);
      return buffer.toString('utf8', 0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw fileProblem(Object.assign(error as Error, { path }));
  }
}

function parse(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UserError([{ code: 'GS015', source, detail: 'it is not JSON' }]);
  }
}

function stranger({ server, app }: Asked, manifests: readonly ShippedManifest[], source: string): Problem {
  const ours = manifests.filter((manifest) => manifest.app === app);
  if (ours.length === 0)
    return { code: 'GS016', source, value: app, expected: manifests.map((one) => one.app).join(', ') };
  const hosts = ours.flatMap((manifest) => manifest.hosts.map(({ name }) => name));
  return { code: 'GS263', source, value: server, detail: `of ${app}`, expected: hosts.join(', ') };
}

type Asked = Pick<Answer, 'server' | 'app'>;

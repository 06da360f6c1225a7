import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import * as z from 'zod';
import { AUTO, MANIFEST } from '../output/release-files.js';
import { appFolders, hasOurManifest } from '../output/withdraw.js';
import { UserError } from '../problems/problem.js';
import type { Build, Report, Transfer } from './report.js';

/** What a report needs of a manifest. */
export interface ShippedManifest {
  readonly app: string;
  readonly mode: Report['mode'];
  /** Image reference of a deploy; empty for a rollback. */
  readonly image: string;
  readonly build: Build;
  /** sha256 of auto.sh. */
  readonly auto: string;
  /** What a rollback was asked to go back to: the name, empty for a number of steps; null if it was not asked. */
  readonly target: string | null;
  /** The folder of the scripts on the host; empty if not known. */
  readonly remoteFolder: string;
  readonly transfer: Transfer;
}

const VALUE = z.object({ value: z.string() });

const SCHEMA = z.object({
  app: z.string(),
  mode: z.enum(['deploy', 'manual', 'rollback']),
  image: z.string().nullable(),
  publish: z.object({
    app: z.string(),
    order: z.number(),
    sourceFiles: z.string(),
    removePrefix: z.string(),
    remoteDirectory: z.string(),
    execCommand: z.string(),
    fetchCommand: z.string(),
    execTimeout: z.number(),
  }),
  scripts: z.object({ [AUTO]: z.object({ sha256: z.string() }) }),
  parameters: z.object({
    'jenkins.buildNumber': VALUE,
    'jenkins.buildUrl': VALUE,
    'jenkins.jobName': VALUE,
    'jenkins.user': VALUE,
    'publish.remoteRoot': VALUE,
    'publish.remoteDirectory': VALUE,
    'rollback.to': VALUE,
    'rollback.steps': z.object({ value: z.number() }),
  }),
});

/**
 * The manifests of the release folder, in the order of the settings files.
 * @throws UserError if there is none, or one that this version did not write
 */
export async function readShipped(out: string, cwd: string): Promise<ShippedManifest[]> {
  const folders = [...((await hasOurManifest(out)) ? [out] : []), ...(await appFolders(out))];
  if (folders.length === 0) throw new UserError([{ code: 'GS013', source: relative(cwd, out) || out }]);
  const manifests = await Promise.all(folders.map((folder) => read(join(folder, MANIFEST), cwd)));
  return manifests.sort((a, b) => a.transfer.order - b.transfer.order);
}

async function read(path: string, cwd: string): Promise<ShippedManifest> {
  const { success, data, error } = SCHEMA.safeParse(JSON.parse(await readFile(path, 'utf8')));
  if (!success) {
    const detail = z.prettifyError(error).replace(/\s+/g, ' ');
    throw new UserError([{ code: 'GS014', source: relative(cwd, path), detail }]);
  }
  const { app, mode, image, publish: transfer, scripts, parameters } = data;
  const root = parameters['publish.remoteRoot'].value.replace(/\/+$/, '');
  const directory = parameters['publish.remoteDirectory'].value;
  const { value: to } = parameters['rollback.to'];
  return {
    app,
    mode,
    image: image ?? '',
    auto: scripts[AUTO].sha256,
    target: to === '' && parameters['rollback.steps'].value === 0 ? null : to,
    remoteFolder: transfer.execCommand === '' ? '' : `${root}/${directory}`,
    transfer,
    build: {
      number: parameters['jenkins.buildNumber'].value,
      url: parameters['jenkins.buildUrl'].value,
      job: parameters['jenkins.jobName'].value,
      who: parameters['jenkins.user'].value,
    },
  };
}

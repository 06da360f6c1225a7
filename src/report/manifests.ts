import { readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import * as z from 'zod';
import { AUTO, MANIFEST } from '../output/release-files.js';
import { appFolders, hasOurManifest } from '../output/withdraw.js';
import type { Host } from '../parameters/hosts.js';
import type { Rollout } from '../parameters/parameters.js';
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
  /** The folder of the scripts here, absolute. */
  readonly folder: string;
  /** The folder of the scripts on the host; empty if not known. */
  readonly remoteFolder: string;
  /** Those that the scripts are for; none: for all that are named. */
  readonly hosts: readonly Host[];
  readonly rollout: Rollout;
  readonly transfer: Transfer;
}

const VALUE = z.object({ value: z.string() });

const SCHEMA = z.object({
  app: z.string(),
  mode: z.enum(['deploy', 'manual', 'rollback']),
  image: z.string().nullable(),
  hosts: z.array(z.object({ name: z.string(), ssh: z.string() })),
  publish: z.object({
    app: z.string(),
    order: z.number(),
    servers: z.array(z.string()),
    sourceFiles: z.string(),
    removePrefix: z.string(),
    remoteDirectory: z.string(),
    execCommand: z.string(),
    revertCommand: z.string(),
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
    'rollout.canary': z.object({ value: z.number() }),
    'rollout.batch': VALUE,
    'rollout.wait': z.object({ value: z.number() }),
    'rollout.failures': z.object({ value: z.number() }),
    'rollout.onFailure': z.object({ value: z.enum(['stop', 'rollback']) }),
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
  manifests.sort((a, b) => a.transfer.order - b.transfer.order);
  checkRollouts(manifests, cwd);
  return manifests;
}

/** The rollout of these apps; without any, the usual one. */
export function rolloutOf(manifests: readonly ShippedManifest[]): Rollout {
  return manifests[0]?.rollout ?? ONE_BY_ONE;
}

const ONE_BY_ONE: Rollout = { canary: 0, batch: '1', wait: 0, failures: 0, onFailure: 'stop' };

/** Whether a host gets this app by these scripts. */
export function isFor({ app, hosts }: ShippedManifest, asked: { server: string; app: string }): boolean {
  return app === asked.app && (hosts.length === 0 || hosts.some(({ name }) => name === asked.server));
}

/** A host gets all of its apps in one go. */
function checkRollouts(manifests: readonly ShippedManifest[], cwd: string): void {
  const first = JSON.stringify(rolloutOf(manifests));
  const others = manifests.filter(({ rollout }) => JSON.stringify(rollout) !== first);
  if (others.length === 0) return;
  const detail = `${manifests[0]?.app} has ${first}`;
  throw new UserError(
    others.map(({ folder, rollout }) => ({
      ...{
        code: 'GS265',
        source: relative(cwd, join(folder, MANIFEST)),
        value: JSON.stringify(rollout),
        detail,
      },
    })),
  );
}

/** Without the command nobody can be asked: better said before the first host than after the last. */
export function checkTransfers(manifests: readonly ShippedManifest[]): void {
  const problems = manifests
    .filter(({ transfer }) => transfer.execCommand === '')
    .map(({ app }) => ({ code: 'GS012', source: 'publish', value: app }));
  if (problems.length > 0) throw new UserError(problems);
}

async function read(path: string, cwd: string): Promise<ShippedManifest> {
  const { success, data, error } = SCHEMA.safeParse(JSON.parse(await readFile(path, 'utf8')));
  if (!success) {
    const detail = z.prettifyError(error).replace(/\s+/g, ' ');
    throw new UserError([{ code: 'GS014', source: relative(cwd, path), detail }]);
  }
  const { app, mode, image, hosts, publish: transfer, scripts, parameters } = data;
  const root = parameters['publish.remoteRoot'].value.replace(/\/+$/, '');
  const directory = parameters['publish.remoteDirectory'].value;
  const { value: to } = parameters['rollback.to'];
  return {
    app,
    mode,
    image: image ?? '',
    auto: scripts[AUTO].sha256,
    target: to === '' && parameters['rollback.steps'].value === 0 ? null : to,
    folder: dirname(path),
    hosts,
    rollout: {
      canary: parameters['rollout.canary'].value,
      batch: parameters['rollout.batch'].value,
      wait: parameters['rollout.wait'].value,
      failures: parameters['rollout.failures'].value,
      onFailure: parameters['rollout.onFailure'].value,
    },
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

import { readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import * as z from 'zod';
import { AUTO, MANIFEST } from '../output/release-files.js';
import { appFolders, hasOurManifest } from '../output/withdraw.js';
import { destination, type Host, hostName } from '../parameters/hosts.js';
import type { RollbackTarget, Rollout } from '../parameters/parameters.js';
import { containerName } from '../parameters/values/names.js';
import { absolutePath, remoteDirectory } from '../parameters/values/paths.js';
import type { Rule } from '../parameters/values/rule.js';
import { noNul, oneLine } from '../parameters/values/text.js';
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
  readonly rollback: RollbackTarget;
  /** The folder of the scripts here, absolute. */
  readonly folder: string;
  /** The folder of the scripts on the host; empty if not known. */
  readonly remoteFolder: string;
  /** Those that the scripts are for; none: for all that are named. */
  readonly hosts: readonly Host[];
  readonly rollout: Rollout;
  readonly transfer: Transfer;
}

/** It may have come from an archive: what is shown, and what becomes part of a command, is held to the rules of the settings. */
const TEXT = z
  .string()
  .refine((text) => oneLine(text) === undefined && noNul(text) === undefined, 'a line break');
const VALUE = z.object({ value: TEXT });
const ruled = (rule: Rule) =>
  TEXT.refine((text) => text === '' || rule(text) === undefined, 'not a value of this kind');

const SCHEMA = z.object({
  app: ruled(containerName),
  mode: z.enum(['deploy', 'manual', 'rollback']),
  image: TEXT.regex(/^[\w.:/@-]*$/).nullable(),
  hosts: z.array(
    z
      .object({ name: ruled(hostName), ssh: TEXT })
      // Without a destination of its own a host has its name there, which may be one for Jenkins only.
      .refine(({ name, ssh }) => ssh === name || destination(ssh) === undefined, 'not a destination for ssh'),
  ),
  publish: z.object({
    app: z.string(),
    order: z.number(),
    servers: z.array(ruled(hostName)),
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
    'publish.remoteRoot': z.object({ value: ruled(absolutePath) }),
    'publish.remoteDirectory': z.object({ value: ruled(remoteDirectory) }),
    'rollback.to': VALUE,
    'rollback.steps': z.object({ value: z.number() }),
    'rollback.from': VALUE,
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
    rollback: { to, steps: parameters['rollback.steps'].value, from: parameters['rollback.from'].value },
    folder: dirname(path),
    hosts,
    rollout: {
      canary: parameters['rollout.canary'].value,
      batch: parameters['rollout.batch'].value,
      wait: parameters['rollout.wait'].value,
      failures: parameters['rollout.failures'].value,
      onFailure: parameters['rollout.onFailure'].value,
    },
    remoteFolder: parameters['publish.remoteRoot'].value === '' ? '' : `${root}/${directory}`,
    transfer,
    build: {
      number: parameters['jenkins.buildNumber'].value,
      url: parameters['jenkins.buildUrl'].value,
      job: parameters['jenkins.jobName'].value,
      who: parameters['jenkins.user'].value,
    },
  };
}

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AUTO, RELEASE_FILES } from '../output/release-files.js';
import type { Host } from '../parameters/hosts.js';
import type { Answer } from '../report/host-report.js';
import type { ShippedManifest } from '../report/manifests.js';
import { AnswerReader } from './answer-reader.js';
import {
  type Action,
  fetchCommand,
  GONE,
  NOT_BEGUN,
  revertCommand,
  updateCommand,
  uploadBatch,
} from './commands.js';
import { existingFiles } from './files.js';
import { keepLast } from './lines.js';
import { type Call, execute, type SshSettings, transfer } from './openssh.js';

/** What a host is busy with. */
export type Phase = 'sending' | 'running' | 'reconnecting';

/** Hears of one app on one host. */
export interface Listener {
  phase(phase: Phase): void;
  /** What its script said, or ssh. */
  line(text: string): void;
}

export interface AskedHost {
  readonly host: Host;
  readonly manifest: ShippedManifest;
  readonly listener: Listener;
  readonly settings: SshSettings;
}

/** For a few kilobytes: a host that needs longer hangs. */
const SEND_LIMIT = 60_000;
/** After a connection that broke: how long a script may need, if its settings do not limit it. */
const LONGEST_RUN = 3_600_000;
const PAUSE = 3_000;
const LOOKS = 5;

/** Sends the scripts, and runs auto.sh. Never throws for what a host does. */
export async function updateHost(asked: AskedHost): Promise<Answer> {
  const { host, manifest, listener } = asked;
  const { app } = manifest;
  const unreached = { server: host.name, app, outcome: '', isUnreached: true };
  listener.phase('sending');
  try {
    if (!(await send(asked))) return unreached;
  } catch (error) {
    if (isNotInstalled(error)) throw error;
    listener.line((error as Error).message);
    return unreached;
  }
  const outcome = await ask(asked, 'outcome', updateCommand(manifest));
  return outcome === undefined ? unreached : { server: host.name, app, outcome };
}

/** ssh or sftp is not there at all: no host can be reached. */
export function isNotInstalled(error: unknown): error is NodeJS.ErrnoException {
  const { code, path } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' && (path === 'ssh' || path === 'sftp');
}

/** sftp shows its commands, and those that may fail: that is of interest only if it has failed. @returns whether it has not */
async function send(asked: AskedHost): Promise<boolean> {
  const { manifest, listener, settings } = asked;
  const said: string[] = [];
  await checkScript(manifest);
  const batch = uploadBatch(manifest, await existingFiles(manifest.folder, RELEASE_FILES));
  const call = { ...callTo(asked, SEND_LIMIT), onLine: (line: string) => keepLast(said, line) };
  const ended = await transfer(batch, manifest.folder, call, settings);
  if (ended === 'done') return true;
  for (const line of said) if (!EXPECTED.test(line)) listener.line(line);
  if (ended === 'late') listener.line(`no answer within ${SEND_LIMIT / 1000} s`);
  return false;
}

/** A rollout may take long, and the folder may have been rendered anew meanwhile. */
async function checkScript({ folder, auto }: ShippedManifest): Promise<void> {
  const sum = createHash('sha256')
    .update(await readFile(join(folder, AUTO)))
    .digest('hex');
  if (sum !== auto) throw new Error(`${join(folder, AUTO)} is another one by now: start again`);
}

/** A folder that is there, an answer that is not; in the words of OpenSSH since 8.5, and before. */
const EXPECTED = /^sftp>|^Connected to |^remote (mkdir|delete) |^Couldn't (create directory|delete file)/;

/** Runs rollback.sh, for a host that this rollout has updated. @returns what came back; empty if nothing did */
export async function revertHost(asked: AskedHost): Promise<string> {
  const revert = () => ask(asked, 'undo', revertCommand(asked.manifest));
  // It does no harm twice, so what was not begun is tried once more.
  return (await revert()) ?? (await revert()) ?? '';
}

/** @returns what came back, empty if nothing did; undefined if it is known that nothing was executed */
async function ask(asked: AskedHost, action: Action, command: string): Promise<string | undefined> {
  const { manifest, listener, settings } = asked;
  const { execTimeout: limit } = manifest.transfer;
  const reader = new AnswerReader();
  const started = Date.now();
  listener.phase('running');
  const ended = await execute(command, callTo(asked, limit, reader), settings);
  if (ended === 'late')
    listener.line(`not done within publish.execTimeout: the script goes on to its end there`);
  if (reader.isWhole || ended !== 'lost') return reader.text;
  return await askAgain(asked, action, (limit || LONGEST_RUN) - (Date.now() - started));
}

/** The script goes on without a connection, and leaves its answer on the host. */
async function askAgain(asked: AskedHost, action: Action, limit: number): Promise<string | undefined> {
  const { manifest, listener, settings } = asked;
  listener.phase('reconnecting');
  const until = Date.now() + limit;
  let looks = 0;
  while (Date.now() < until && !settings.signal.aborted) {
    await sleep(PAUSE, undefined, { signal: settings.signal }).catch(() => undefined);
    const reader = new AnswerReader();
    await execute(fetchCommand(manifest, action), callTo(asked, SEND_LIMIT, reader), settings);
    if (reader.isWhole) return reader.text;
    // What is on its way to a busy host may take a while to begin.
    if (reader.state === NOT_BEGUN && ++looks >= LOOKS) return undefined;
    if (reader.state === GONE) return '';
  }
  return '';
}

/** What is no part of the answer is heard by whoever listens. */
function callTo({ host, listener }: AskedHost, limit: number, reader?: AnswerReader): Call {
  const onLine = (line: string) => {
    if (!reader?.hear(line)) listener.line(line);
  };
  return { destination: host.ssh, limit, onLine };
}

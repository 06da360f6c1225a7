import { mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { run } from '../../src/cli.js';
import type { Surroundings } from '../../src/output/terminal.js';

export interface Result {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What Jenkins gives a build that was started by hand; git is not asked. */
export const JENKINS = { CTRL_BUILD: 'true', BUILD_NUMBER: '7', GIT_TAG: 'v1.0.0' };

/** Runs a command line in this process, with nothing of the real environment but PATH. */
export async function gen(
  cwd: string,
  argv: readonly string[],
  env: Record<string, string> = JENKINS,
): Promise<Result> {
  const { PATH = '' } = process.env;
  return await genWith({ cwd, env: { PATH, ...env } }, argv);
}

export async function genWith(some: Partial<Surroundings>, argv: readonly string[]): Promise<Result> {
  const stdout = collector();
  const stderr = collector();
  const none = { cwd: '/', env: {}, stdin: new PassThrough(), stdout: stdout.stream, stderr: stderr.stream };
  const status = await run(argv, { ...none, ...some });
  return { status, stdout: stdout.text(), stderr: stderr.text() };
}

function collector() {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  return { stream, text: () => Buffer.concat(chunks).toString('utf8') };
}

const folders: string[] = [];

/** A temporary folder with these files in it; removed by `cleanUp`. */
export async function folderWith(files: Record<string, string> = {}): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'gen-scripts-test-')));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

export async function cleanUp(): Promise<void> {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
}

/** The smallest settings that are complete. */
export function settings(app = 'citest', more = ''): string {
  return `app: ${app}\nimage: registry.example.com/team/${app}\n${more}`;
}

/** Names in a folder, sorted; empty when it does not exist. */
export async function list(...path: string[]): Promise<string[]> {
  return (await readdir(join(...path)).catch(() => [])).sort();
}

export function text(...path: string[]): Promise<string> {
  return readFile(join(...path), 'utf8');
}

/** As `gen`, on a terminal where somebody types these lines. */
export async function genOnTerminal(
  cwd: string,
  argv: readonly string[],
  typed: readonly string[],
): Promise<Result> {
  const stdout = collector();
  const stderr = collector();
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  const screen = Object.assign(stderr.stream, { isTTY: true });
  const lines = [...typed];
  // Only a question makes this person type; when the lines are used up, Ctrl-D.
  const typing = setInterval(() => {
    if (!/(: |\[\d+G)$/.test(stderr.text())) return;
    const line = lines.shift();
    if (line === undefined) stdin.write('\x04');
    else stdin.write(`${line}\r`);
  }, 20);
  try {
    const status = await run(argv, { cwd, env: { LANG: 'C' }, stdin, stdout: stdout.stream, stderr: screen });
    return { status, stdout: stdout.text(), stderr: stderr.text() };
  } finally {
    clearInterval(typing);
  }
}

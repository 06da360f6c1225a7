import type { Readable, Writable } from 'node:stream';
import { UserError } from '../problems/problem.js';
import { reasonOf } from './file-problem.js';

/** What a command sees of the process it runs in; tests hand in their own. */
export interface Surroundings {
  /** Absolute path that relative paths start from. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Stream;
  readonly stderr: Stream;
}

/** `columns`: of the terminal, if it is one. */
export type Stream = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/**
 * Scripts and reports: the only things that go to stdout. Resolves when the text has been handed over.
 * @throws UserError when it cannot be written: half a script must not look like a whole one
 */
export async function print({ stdout }: Surroundings, text: string): Promise<void> {
  const error = text === '' ? undefined : await handOver(stdout, text);
  if (!error || readerIsGone(error)) return;
  const detail = reasonOf((error as NodeJS.ErrnoException).code ?? error.message);
  throw new UserError([{ code: 'GS003', source: 'stdout', detail }]);
}

/** Talk: progress, hints, problems. Nobody can be told that it cannot be written. */
export async function say({ stderr }: Surroundings, text: string): Promise<void> {
  await handOver(stderr, text.endsWith('\n') ? text : `${text}\n`);
}

function handOver(stream: Stream, text: string): Promise<Error | null | undefined> {
  return new Promise((resolve) => {
    stream.write(text, resolve);
  });
}

/** `| head` closes its end when it has seen enough: no reason to complain, here or in the exit code. */
export function readerIsGone(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  return code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED';
}

/** Questions can be asked only where somebody can read them and type. */
export function isInteractive({ stdin, stderr }: Surroundings): boolean {
  return stdin.isTTY === true && stderr.isTTY === true;
}

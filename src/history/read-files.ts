import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { reasonOf } from '../output/file-problem.js';
import type { Surroundings } from '../output/terminal.js';
import { type Problem, UserError } from '../problems/problem.js';
import type { HostFiles } from './host.js';
import { isJournal } from './journal.js';

/** A FILE of the command line with the name of its host. */
export interface Named {
  readonly name: string;
  readonly file: string;
}

const STDIN = '-';
const JOURNAL = '.journal';
/** More than a host writes in a lifetime, and less than a machine can hold. */
const LARGEST = 200 * 1024 * 1024;

/** `web1=FILE`, else the path names the host; a path with `=` in it is written with a slash before that. */
export function parseNamed(word: string): Named {
  const [, name = '', file = ''] = /^([^=/]+)=(.+)$/s.exec(word) ?? [];
  return file === '' ? { name: word === STDIN ? 'stdin' : word, file: word } : { name, file };
}

/** @throws UserError with every file that cannot be read, and every name that two of them have */
export async function readHostFiles(
  named: readonly Named[],
  surroundings: Surroundings,
): Promise<HostFiles[]> {
  checkNames(named);
  const read = await Promise.all(named.map((one) => readOne(one, surroundings)));
  const problems = read.filter((one): one is Problem => 'code' in one);
  if (problems.length > 0) throw new UserError(problems);
  return read.filter((one): one is HostFiles => !('code' in one));
}

function checkNames(named: readonly Named[]): void {
  const twice = (values: readonly string[]) => values.filter((value, index) => values.indexOf(value) < index);
  const stdin = named.map(({ file }) => file).filter((file) => file === STDIN);
  const values = [...twice(named.map(({ name }) => name)), ...twice(stdin)];
  if (values.length === 0) return;
  throw new UserError([...new Set(values)].map((value) => ({ code: 'GS076', source: 'history', value })));
}

/** The file is a history, whose journal stands beside it, or a journal; what is in it decides. */
async function readOne({ name, file }: Named, surroundings: Surroundings): Promise<HostFiles | Problem> {
  try {
    if (file === STDIN) return sorted(name, await readAll(surroundings.stdin));
    const path = resolve(surroundings.cwd, file);
    if (file.endsWith(JOURNAL)) return { name, history: undefined, journal: await readFileText(path) };
    const journal = await unlessAbsent(readFileText(path + JOURNAL));
    // The first deploy of an app that failed left a journal and no history.
    const text = await (journal === undefined ? readFileText(path) : unlessAbsent(readFileText(path)));
    return journal === undefined ? sorted(name, text ?? '') : { name, history: text ?? '', journal };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const detail =
      code === 'ENOENT' ? 'there is no such file' : code === undefined ? message : reasonOf(code);
    return { code: 'GS075', source: 'history', value: file, detail };
  }
}

function sorted(name: string, text: string): HostFiles {
  return isJournal(text)
    ? { name, history: undefined, journal: text }
    : { name, history: text, journal: undefined };
}

async function unlessAbsent(reading: Promise<string>): Promise<string | undefined> {
  return await reading.catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}

/** @throws what reading it throws */
export function readText(file: string, { cwd, stdin }: Surroundings): Promise<string> {
  return file === STDIN ? readAll(stdin) : readFileText(resolve(cwd, file));
}

function readFileText(path: string): Promise<string> {
  return readAll(createReadStream(path));
}

/** A pipe or a device has no size that could be asked for before. */
async function readAll(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes: Buffer = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    size += bytes.length;
    if (size > LARGEST) throw new Error(`more than ${LARGEST / 1024 / 1024} MB`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

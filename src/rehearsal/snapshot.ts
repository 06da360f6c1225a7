import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readAssignments } from './simulated-state.js';

/** The files of a folder: path -> what is in it, its mode, and when it was written. Small enough here to be kept in memory. */
export type Snapshot = ReadonlyMap<string, Saved>;

interface Saved {
  readonly data: Buffer;
  readonly mode: number;
  /** Whole milliseconds: who is told a file's time again finds the same one. */
  readonly written: number;
}

export function takeSnapshot(folder: string): Snapshot {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = paths.map((path) => ({ path, stat: lstatSync(join(folder, path)) }));
  return new Map(
    files
      .filter(({ stat }) => stat.isFile())
      .map(({ path, stat }) => [
        path,
        {
          data: readFileSync(join(folder, path)),
          mode: stat.mode & 0o7777,
          written: Math.round(stat.mtimeMs),
        },
      ]),
  );
}

/** The folder itself keeps its place, because the scripts in it name it. */
export function putBack(folder: string, snapshot: Snapshot): void {
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true });
  for (const [path, { data, mode, written }] of snapshot) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), data, { mode });
    setWritten(join(folder, path), written);
  }
}

/** A script knows a file that nobody has touched by its time. */
export function setWritten(path: string, milliseconds: number): void {
  utimesSync(path, milliseconds / 1000, milliseconds / 1000);
}

/** Times, process ids, and what was only logged: they differ from run to run, and nothing depends on them. */
const LOGS = /^sim\/(?:calls|clock|fault-count|lock)$|^inbox\/|\.out$|\.lock$|^reader$|^pipe$/;

/** Two folders with the same text here hold hosts on which every further run does the same. */
export function likenessOf(snapshot: Snapshot): string {
  const hash = createHash('sha256');
  const runs = numberRuns(snapshot);
  for (const [path, { data, mode }] of [...snapshot].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (LOGS.test(path)) continue;
    const text = path === 'sim/state' ? normaliseState(data.toString()) : data.toString();
    hash.update(`${path} ${mode}\n${normalise(text, runs)}\n`);
  }
  return hash.digest('hex');
}

/** Run ids in the order in which they appear: which of them are the same is not forgotten. */
function numberRuns(snapshot: Snapshot): ReadonlyMap<string, string> {
  const texts = [...snapshot].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { data }]) => data.toString());
  const ids = texts.flatMap((text) => text.match(/\d{8}T\d{6}Z-\d+/g) ?? []);
  return new Map([...new Set(ids)].map((id, index) => [id, `RUN${index}`]));
}

function normalise(text: string, runs: ReadonlyMap<string, string>): string {
  return text
    .replace(/\d{8}T\d{6}Z-\d+/g, (run) => runs.get(run) ?? '')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, 'TIME')
    .replace(/\t\d+$/gm, '\tSECONDS');
}

/** The log of changes as what came of it, without the simulated times. */
function normaliseState(text: string): string {
  const values = [...readAssignments(text)].filter(
    ([name]) => !/^(?:commits|swarm_at)$|_(?:t0|at|bo|since|go|end)$/.test(name),
  );
  return values
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('\n');
}

import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';

export const ROOT = resolve('.');
const folders: string[] = [];

export interface Played {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Names in the folder for temporary files, afterwards. */
  readonly left: readonly string[];
}

export interface Stage {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Of the checkout that is run. */
  readonly root?: string;
  /** JavaScript that runs before the demo, in its process. */
  readonly before?: string;
  /** Called with all of stdout so far whenever it grows; may kill the demo or close its stdout. */
  readonly watch?: (stdout: string, child: ReturnType<typeof spawn>) => void;
}

export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'demo-test-')));
  folders.push(folder);
  return folder;
}

export function cleanUp(): void {
  for (const folder of folders.splice(0)) {
    // What a test made read-only would stay otherwise.
    spawnSync('chmod', ['-R', 'u+w', folder]);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs the demo as somebody with an empty home directory does. */
export function play({ args = [], env = {}, root = ROOT, before, watch }: Stage = {}): Promise<Played> {
  const folder = temporaryFolder();
  const [HOME, TMPDIR] = [join(folder, 'home'), join(folder, 'tmp')];
  for (const path of [HOME, TMPDIR]) mkdirSync(path);
  const first = before === undefined ? [] : ['--import', `data:text/javascript,${before}`];
  const child = spawn(process.execPath, [...first, join(root, 'scripts/demo.mjs'), ...args], {
    env: { PATH: process.env.PATH, HOME, TMPDIR, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
    watch?.(stdout, child);
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => done({ code, stdout, stderr, left: readdirSync(TMPDIR) }));
  });
}

/** What follows a label, once for each time it is there. */
export function rows(stdout: string, label: string): string[] {
  return [...stdout.matchAll(new RegExp(`^${label} +(.*)$`, 'gm'))].map((match) => match[1] ?? '');
}

/** A PATH with every program of this machine but those. */
export function pathWithout(...names: string[]): string {
  const folder = temporaryFolder();
  const seen = new Set(names);
  for (const directory of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of listFolder(directory)) {
      if (!seen.has(name)) symlinkSync(join(directory, name), join(folder, name));
      seen.add(name);
    }
  }
  return folder;
}

function listFolder(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

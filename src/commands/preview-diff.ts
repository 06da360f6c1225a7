import { relative, resolve } from 'node:path';
import { print, say } from '../output/terminal.js';
import type { Display } from '../preview/display.js';
import { showDiff } from '../preview/terminal.js';
import { type Change, unifiedDiff } from '../preview/unified.js';
import { printable } from '../problems/problem.js';
import { type Baseline, findBaseline } from './against.js';
import type { Inputs, RenderedApp } from './apps.js';
import { EXIT, type Request } from './command.js';
import type { Selected } from './selected.js';

/** A preview that is to be compared. */
export interface Compared {
  readonly request: Request;
  readonly inputs: Inputs;
  readonly apps: readonly RenderedApp[];
  /** What of the apps is looked at. */
  readonly scripts: readonly Selected[];
  readonly display: Display;
}

/** Prints what is different, nothing if nothing is. Resolves to the exit code. */
export async function previewDiff(compared: Compared): Promise<number> {
  const { request, inputs, scripts, display } = compared;
  const baseline = await findBaseline(compared);
  for (const note of baseline.notes) await say(inputs.surroundings, `note: ${printable(note)}`);
  const changes = changesOf(baseline, scripts, inputs.surroundings.cwd);
  const diffs = changes.map(unifiedDiff).filter((lines) => lines.length > 0);
  await print(inputs.surroundings, showDiff(diffs.flat(), display));
  await say(inputs.surroundings, printable(summary(baseline, diffs.length, changes.length)));
  return diffs.length > 0 && request.switches.has('exit-code') ? EXIT.findings : EXIT.done;
}

/** Those of this build first, then those that it does not have any more. */
function changesOf(
  { scripts: before, nameOf }: Baseline,
  scripts: readonly Selected[],
  cwd: string,
): Change[] {
  const after = new Map(scripts.map(({ path, text }) => [path, text]));
  return [...new Set([...after.keys(), ...before.keys()])].map((path) => ({
    path: pathFrom(cwd, nameOf(path)),
    before: before.get(path),
    after: after.get(path),
  }));
}

/** No way up: what applies diffs refuses it. A file elsewhere is named from the root, as git does. */
function pathFrom(cwd: string, path: string): string {
  const way = relative(cwd, resolve(cwd, path));
  return way.startsWith('../') ? resolve(cwd, path).slice(1) : way;
}

function summary({ name }: Baseline, different: number, all: number): string {
  const scripts = all === 1 ? '1 script' : `${all} scripts`;
  return different === 0
    ? `no difference from ${name} (${scripts})`
    : `${different} of ${scripts} different from ${name}`;
}

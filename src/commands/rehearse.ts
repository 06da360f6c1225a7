import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { reasonOf } from '../output/file-problem.js';
import { print, type Surroundings, say } from '../output/terminal.js';
import { writeText } from '../output/write-text.js';
import { UserError } from '../problems/problem.js';
import { type HostHistory, readHostHistory } from '../rehearsal/host-history.js';
import { rehearse as play, work } from '../rehearsal/rehearse.js';
import { Rehearsed } from '../rehearsal/rehearsed.js';
import { relocate } from '../rehearsal/relocate.js';
import { formatJson } from '../rehearsal/report/json.js';
import { formatJunit } from '../rehearsal/report/junit.js';
import { type Rehearsal, violationsOf } from '../rehearsal/report/rehearsal.js';
import { formatText } from '../rehearsal/report/text.js';
import { scenariosOf } from '../rehearsal/scenarios.js';
import type { SceneResult } from '../rehearsal/scene.js';
import { isInstalled, SHELLS, type Shell } from '../rehearsal/shells.js';
import { exitOnSignals } from '../rehearsal/temporary.js';
import { type RenderedApp, readInputs, renderApps } from './apps.js';
import { type Command, EXIT, type Request } from './command.js';
import { formatOf, reportsOf } from './report-options.js';

const FORMATS = { text: formatText, json: formatJson, junit: formatJunit } as const;

/** Plays this build's scripts on simulated hosts: without a fault, and with every fault that a rehearsal knows. */
export const rehearse: Command = async (request, surroundings) => {
  exitOnSignals();
  if (request.switches.has('worker')) return work().then(() => EXIT.done);
  const reports = reportsOf(request, FORMATS);
  const shells = chooseShells(request.options.shell);
  const known = await readHistory(request.options.history, surroundings.cwd);
  const inputs = await readInputs(request, surroundings);
  const begin = Date.now();
  const rehearsals: Rehearsal[] = [];
  const apps = await renderApps(request, inputs);
  if (known !== undefined && apps.length > 1) throw ofOneApp(apps);
  for (const app of apps) {
    const rehearsed = new Rehearsed(app.parameters, app.scripts, inputs.templates, known);
    rehearsals.push(await rehearseApp(app, rehearsed, shells, request, surroundings));
  }
  for (const { format, file } of reports)
    await writeText(resolve(surroundings.cwd, file), FORMATS[format](rehearsals));
  await print(surroundings, FORMATS[formatOf(request, FORMATS, 'text')](rehearsals));
  await say(surroundings, summary(rehearsals, shells, (Date.now() - begin) / 1000));
  return rehearsals.every(({ scenes }) => violationsOf(scenes).length === 0) ? EXIT.done : EXIT.findings;
};

/** @throws UserError */
async function readHistory(file: string | undefined, cwd: string): Promise<HostHistory | undefined> {
  if (file === undefined) return undefined;
  try {
    return readHostHistory(await readFile(resolve(cwd, file), 'utf8'));
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    const detail = code === 'ENOENT' ? 'there is no such file' : reasonOf(code);
    throw new UserError([{ code: 'GS075', source: '--history', value: file, detail }]);
  }
}

function ofOneApp(apps: readonly RenderedApp[]): UserError {
  const value = apps.map(({ parameters }) => parameters.app).join(', ');
  return new UserError([
    { code: 'GS079', source: '--history', value, expected: 'one app: give --config once' },
  ]);
}

async function rehearseApp(
  app: RenderedApp,
  rehearsed: Rehearsed,
  shells: readonly Shell[],
  request: Request,
  surroundings: Surroundings,
): Promise<Rehearsal> {
  const { scenario, fault } = request.options;
  const names = scenariosOf(rehearsed).map(({ name }) => name);
  if (scenario !== undefined && !names.includes(scenario))
    throw new UserError([
      { code: 'GS034', source: '--scenario', value: scenario, expected: names.join(', ') },
    ]);
  const choice = { thorough: request.switches.has('thorough'), scenario, fault };
  const progress = progressOf(surroundings);
  const scenes = await play(rehearsed, shells, choice, progress);
  return { app: app.parameters.app, title: titleOf(app), scripts: scriptsOf(app), scenes };
}

/** On a terminal a line that is overwritten; in a log a line now and then, so that nobody takes a long one for a dead one. */
function progressOf({ stderr }: Surroundings): (done: number, of: number) => void {
  let said = Date.now();
  return (done, of) => {
    if (stderr.isTTY) stderr.write(done < of ? `\rrehearsal: ${done} of ${of} ` : '\r\u001b[K');
    else if (done < of && Date.now() - said > 10_000) {
      stderr.write(`rehearsal: ${done} of ${of}\n`);
      said = Date.now();
    }
  };
}

/** What is played, in one line. */
export function titleOf({
  parameters: { app, mode, image, tag, jenkins },
}: Pick<RenderedApp, 'parameters'>): string {
  const build = jenkins.buildNumber === '' ? '' : ` (build ${jenkins.buildNumber})`;
  return `${mode === 'rollback' ? `rollback of ${app}` : `deploy of ${image}:${tag}`}${build}`;
}

/** build.sh runs on the agent: it has no part in this. */
export function scriptsOf({ folder, scripts }: RenderedApp): Rehearsal['scripts'] {
  const nowhere = { HISTORY: '', ENV_FILE: '', PASSWORD_FILE: '' };
  return [...scripts]
    .filter(([name]) => name !== 'build.sh' && name !== 'auto.sh')
    .map(([name, text]) => {
      const { moved, sha256 } = relocate(text, nowhere);
      return { path: join(folder, name), moved, sha256 };
    });
}

/** @throws UserError when none is there, or not the one that is named */
export function chooseShells(name: string | undefined): Shell[] {
  const here = SHELLS.filter(isInstalled);
  const chosen = here.filter((shell) => (name ?? shell.name) === shell.name);
  if (chosen.length > 0) return chosen;
  const expected = `one of ${here.map((shell) => shell.name).join(', ') || SHELLS.map((shell) => shell.name).join(', ')}`;
  throw new UserError([
    { code: 'GS077', source: name === undefined ? 'PATH' : '--shell', value: name ?? '', expected },
  ]);
}

/** One line for the log; after it the simplest case of what was violated, and how to see it again. */
function summary(rehearsals: readonly Rehearsal[], shells: readonly Shell[], seconds: number): string {
  const scenes = rehearsals.flatMap((rehearsal) => rehearsal.scenes);
  const sum = (of: (scene: SceneResult) => number) => scenes.reduce((total, scene) => total + of(scene), 0);
  const violations = violationsOf(scenes);
  const names = shells.map(({ name }) => name).join(', ');
  const verdict =
    violations.length === 0 ? 'nothing was violated' : `${violations.length} VIOLATED what they must hold to`;
  const line =
    `rehearsal: ${sum(({ cells }) => cells.length)} faults, ${sum(({ runs }) => runs)} runs of a script, ` +
    `${sum(({ checks }) => checks)} checks (${names}; ${seconds.toFixed(1)} s): ${verdict}`;
  const [first] = violations;
  if (first === undefined) return line;
  const { scenario, shell } = first.scene;
  const fault = first.cell.spec === '' ? '' : ` --fault '${first.cell.name}'`;
  return `${line}\nthe simplest: ${first.cell.violations[0]}\nagain: gen-scripts rehearse --scenario '${scenario}' --shell '${shell}'${fault}`;
}

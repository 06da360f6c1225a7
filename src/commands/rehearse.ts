import { resolve } from 'node:path';
import { makeProgress } from '../output/progress.js';
import { print, type Surroundings, say } from '../output/terminal.js';
import { writeText } from '../output/write-text.js';
import { UserError } from '../problems/problem.js';
import { ASK_HOST } from '../rehearsal/real-host/ask-host.js';
import { notesOfHost } from '../rehearsal/real-host/notes.js';
import { rehearse as play, work } from '../rehearsal/rehearse.js';
import { Rehearsed } from '../rehearsal/rehearsed.js';
import { formatHtml } from '../rehearsal/report/html.js';
import { formatJson } from '../rehearsal/report/json.js';
import { formatJunit } from '../rehearsal/report/junit.js';
import { formatMarkdown } from '../rehearsal/report/markdown.js';
import { type Rehearsal, violationsOf } from '../rehearsal/report/rehearsal.js';
import { summarise } from '../rehearsal/report/summary.js';
import { formatText } from '../rehearsal/report/text.js';
import { scenariosOf } from '../rehearsal/scenarios.js';
import { isInstalled, SHELLS, type Shell } from '../rehearsal/shells.js';
import { exitOnSignals } from '../rehearsal/temporary.js';
import { readInputs } from './apps.js';
import { type AppToRehearse, appsToRehearse } from './apps-to-rehearse.js';
import { type Command, EXIT, type Request } from './command.js';
import { readGivenHost } from './host-files.js';
import { formatOf, reportsOf } from './report-options.js';

const FORMATS = {
  ...{ text: formatText, json: formatJson, junit: formatJunit },
  ...{ markdown: formatMarkdown, html: formatHtml },
} as const;

/** Plays this build's scripts on simulated hosts: without a fault, and with every fault that a rehearsal knows. */
export const rehearse: Command = async (request, surroundings) => {
  exitOnSignals();
  if (request.switches.has('worker')) return work().then(() => EXIT.done);
  if (request.switches.has('ask-host')) return print(surroundings, ASK_HOST).then(() => EXIT.done);
  const reports = reportsOf(request, FORMATS);
  const shells = chooseShells(request.options.shell);
  const host = await readGivenHost(request, surroundings);
  const inputs = await readInputs(request, surroundings);
  const begin = Date.now();
  const rehearsals: Rehearsal[] = [];
  const apps = await appsToRehearse(request, inputs);
  if ((host.history ?? host.real) !== undefined && apps.length > 1) throw ofOneApp(apps);
  for (const app of apps) {
    const rehearsed = new Rehearsed(app.parameters, app.scripts, inputs.templates, host.history, host.real);
    rehearsals.push(await rehearseApp(app, rehearsed, shells, request, surroundings));
  }
  for (const { format, file } of reports)
    await writeText(resolve(surroundings.cwd, file), FORMATS[format](rehearsals));
  await print(surroundings, FORMATS[formatOf(request, FORMATS, 'text')](rehearsals));
  await say(surroundings, summarise(rehearsals, shells, (Date.now() - begin) / 1000));
  return rehearsals.every(({ scenes }) => violationsOf(scenes).length === 0) ? EXIT.done : EXIT.findings;
};

function ofOneApp(apps: readonly AppToRehearse[]): UserError {
  const value = apps.map(({ parameters }) => parameters.app).join(', ');
  return new UserError([
    { code: 'GS079', source: '--history, --containers', value, expected: 'one app: give --config once' },
  ]);
}

async function rehearseApp(
  app: AppToRehearse,
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
  const progress = makeProgress('rehearsal', surroundings);
  const scenes = await play(rehearsed, shells, choice, progress);
  const notes = [...app.notes, ...notesOfHost(rehearsed)];
  return { app: app.parameters.app, title: app.title, notes, scripts: app.shown, scenes };
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

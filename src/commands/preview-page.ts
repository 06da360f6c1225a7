import { relative, resolve } from 'node:path';
import { isInteractive, type Surroundings, say } from '../output/terminal.js';
import { gather, type Sources } from '../preview/gather.js';
import { Linting } from '../preview/linting.js';
import { type BuildForm, formFrom } from '../preview/page/build-form.js';
import { Rehearsals } from '../preview/rehearsals.js';
import { writeReport } from '../preview/report.js';
import { openBrowser } from '../preview/serve/open.js';
import { Routes } from '../preview/serve/routes.js';
import { serve } from '../preview/serve/server.js';
import { type Problem, UserError } from '../problems/problem.js';
import { exitOnSignals } from '../rehearsal/temporary.js';
import type { Language } from '../report/words.js';
import { type Command, EXIT, type Request } from './command.js';
import { checkReport } from './out.js';

/** The preview as a page: served until somebody ends it, or written as files. */
export const previewPage: Command = async (request, surroundings) => {
  if (request.switches.has('serve') && request.options.report !== undefined) throw bothAtOnce();
  const sources: Sources = {
    request,
    surroundings,
    linting: new Linting(surroundings.env, surroundings.cwd),
    rehearsals: new Rehearsals(),
  };
  const form = formFrom(request.options, surroundings.env, languageOf(request, surroundings));
  return request.switches.has('serve') ? servePage(sources, form) : report(sources, form);
};

async function servePage(sources: Sources, form: BuildForm): Promise<number> {
  const { request, surroundings } = sources;
  const routes = new Routes(sources, form);
  const tell = (error: unknown) => void say(surroundings, String((error as Error).stack));
  const { address, close } = await serve(routes, portOf(request), tell);
  await say(surroundings, `preview: ${address}\nOnly this machine can open it. Ctrl-C ends it.`);
  if (isInteractive(surroundings) && !request.switches.has('no-open')) openBrowser(address);
  await untilEnded();
  sources.rehearsals.keepOnly([]);
  await close();
  return EXIT.done;
}

/** Ctrl-C, or what a supervisor sends: the usual way to end it, so no failure. */
function untilEnded(): Promise<void> {
  return new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => done());
  });
}

/** @throws UserError with what is wrong with the build, after the report has been written */
async function report(sources: Sources, form: BuildForm): Promise<number> {
  exitOnSignals();
  const { request, surroundings, linting, rehearsals } = sources;
  const { report: folder = '' } = request.options;
  await checkReport(folder, surroundings.cwd);
  const { scripts, playables } = await gather(sources, form);
  await linting.look(scripts);
  if (!request.switches.has('no-rehearsal'))
    for (const playable of playables) await rehearsals.start(playable);
  const { model } = await gather(sources, form);
  const page = await writeReport(resolve(surroundings.cwd, folder), model);
  if (model.problems.length > 0) throw new UserError(model.problems);
  await say(surroundings, `report: ${relative(surroundings.cwd, page)}`);
  return EXIT.done;
}

function portOf({ options }: Request): number {
  const { port = '0' } = options;
  if (/^\d{1,5}$/.test(port) && Number(port) <= 65_535) return Number(port);
  throw refusePort({ code: 'GS036', source: '--port', value: port, expected: '0 to 65535' });
}

function refusePort(problem: Problem): UserError {
  return new UserError([problem]);
}

function bothAtOnce(): UserError {
  return new UserError([
    { code: 'GS002', source: '--report', expected: 'either --serve or --report', hint: 'run it twice' },
  ]);
}

/** What is asked for, else what the terminal speaks. */
function languageOf({ options }: Request, { env }: Surroundings): Language {
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  if (options.lang !== undefined) return options.lang === 'zh' ? 'zh' : 'en';
  return options.report === undefined && locale.startsWith('zh') ? 'zh' : 'en';
}

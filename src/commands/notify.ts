import { resolve } from 'node:path';
import type { Announcement, Result } from '../notify/announcement.js';
import { gather, type Sources } from '../notify/gather.js';
import { composeMessage } from '../notify/message.js';
import { NETWORK, send } from '../notify/send.js';
import { SERVICES } from '../notify/services.js';
import { readTargets, type Target } from '../notify/targets.js';
import type { Language } from '../notify/words.js';
import { type Surroundings, say } from '../output/terminal.js';
import { formatProblems, type Problem } from '../problems/problem.js';
import { REPORT_FILE } from '../report/report-file.js';
import { type Command, EXIT, type Request } from './command.js';
import { languageOf } from './language.js';
import { outOf } from './out.js';

/** Tells the chats about this build. Whatever goes wrong is a warning: no message may fail a deploy. */
export const notify: Command = async (request, surroundings) => {
  const { targets, problems } = readTargets(surroundings.env);
  await warn(problems, surroundings);
  if (targets.length === 0) {
    if (problems.length === 0)
      await say(surroundings, `notify: nothing to do, none of ${variables()} is set`);
    return EXIT.done;
  }
  const gathered = await gather(sourcesOf(request, surroundings));
  await warn(gathered.problems, surroundings);
  if (gathered.announcement !== undefined) {
    await tellAll(targets, gathered.announcement, languageOf(request), surroundings);
  }
  return EXIT.done;
};

function variables(): string {
  return SERVICES.map(({ addressVariable }) => addressVariable).join(', ');
}

function sourcesOf({ options, ...request }: Request, { cwd, env }: Surroundings): Sources {
  const reportName = options.report || REPORT_FILE;
  return {
    report: resolve(cwd, reportName),
    reportName,
    isReportNamed: Boolean(options.report),
    out: resolve(cwd, outOf({ options, ...request })),
    // The command line has refused every other word.
    result: options.result as Result | undefined,
    env,
  };
}

/** All at the same time: a slow service must not keep the others waiting. */
async function tellAll(
  targets: readonly Target[],
  announcement: Announcement,
  language: Language,
  surroundings: Surroundings,
): Promise<void> {
  await Promise.all(
    targets.map(async (target) => {
      const message = composeMessage(announcement, language, target.service.limit);
      const refusal = await send(target, message, NETWORK);
      const name = `${target.service.name} (${target.address.hostname})`;
      if (refusal === undefined) await say(surroundings, `notify: sent to ${name}`);
      else await warn([{ code: 'GS017', source: name, detail: refusal }], surroundings);
    }),
  );
}

async function warn(problems: readonly Problem[], surroundings: Surroundings): Promise<void> {
  for (const problem of problems) await say(surroundings, `WARNING: ${formatProblems([problem])}`);
}

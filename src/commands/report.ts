import { resolve } from 'node:path';
import { print, say } from '../output/terminal.js';
import { WORK } from '../output/transfer.js';
import { writeText } from '../output/write-text.js';
import type { Rollout } from '../parameters/parameters.js';
import { readAnswers } from '../report/answers.js';
import { formatHosts } from '../report/host-table.js';
import { makeReport } from '../report/make-report.js';
import { checkTransfers, readShipped, rolloutOf, type ShippedManifest } from '../report/manifests.js';
import type { Report } from '../report/report.js';
import { type Command, EXIT, type Request } from './command.js';
import { outOf } from './out.js';

/** Says what became of this build: JSON on stdout for the Jenkins step, a table for people, a file for `notify`. */
export const report: Command = async (request, surroundings) => {
  const { cwd } = surroundings;
  const { lang, outcomes = `${WORK}/outcomes.json` } = request.options;
  const language = lang === 'zh' ? 'zh' : 'en';
  const manifests = await readShipped(resolve(cwd, outOf(request)), cwd);
  checkTransfers(manifests);
  const answers = await readAnswers(resolve(cwd, outcomes), manifests, cwd);
  const made = makeReport(manifests, answers, language, rolloutFor(request, manifests));
  await writeText(resolve(cwd, WORK, 'report.json'), toText(made));
  const isTableWanted = made.hosts.length > 0 && !request.switches.has('quiet');
  if (isTableWanted) await say(surroundings, formatHosts(made.hosts, language).trimEnd());
  await print(surroundings, toText(made));
  return EXIT.done;
};

/** As the settings have it, or past every failure. */
function rolloutFor({ switches }: Request, manifests: readonly ShippedManifest[]): Rollout {
  const rollout = rolloutOf(manifests);
  if (!switches.has('keep-going')) return rollout;
  return { ...rollout, failures: Number.POSITIVE_INFINITY, onFailure: 'stop' };
}

function toText(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

import { resolve } from 'node:path';
import { print, say } from '../output/terminal.js';
import { WORK } from '../output/transfer.js';
import type { Rollout } from '../parameters/parameters.js';
import { UserError } from '../problems/problem.js';
import { readAnswers } from '../report/answers.js';
import { formatHosts } from '../report/host-table.js';
import { makeReport } from '../report/make-report.js';
import { readShipped, rolloutOf, type ShippedManifest } from '../report/manifests.js';
import { reportText, writeReport } from '../report/report-file.js';
import { type Command, EXIT, type Request } from './command.js';
import { languageOf } from './language.js';
import { outOf } from './out.js';

/** Says what became of this build: JSON on stdout for the Jenkins step, a table for people, a file for `notify`. */
export const report: Command = async (request, surroundings) => {
  const { cwd } = surroundings;
  const { outcomes = `${WORK}/outcomes.json` } = request.options;
  const language = languageOf(request);
  const manifests = await readShipped(resolve(cwd, outOf(request)), cwd);
  checkTransfers(manifests);
  const answers = await readAnswers(resolve(cwd, outcomes), manifests, cwd);
  const made = makeReport(manifests, answers, language, rolloutFor(request, manifests));
  await writeReport(made, cwd);
  const isTableWanted = made.hosts.length > 0 && !request.switches.has('quiet');
  if (isTableWanted) await say(surroundings, formatHosts(made.hosts, language).trimEnd());
  await print(surroundings, reportText(made));
  return EXIT.done;
};

/** As the settings have it, or past every failure. */
function rolloutFor({ switches }: Request, manifests: readonly ShippedManifest[]): Rollout {
  const rollout = rolloutOf(manifests);
  if (!switches.has('keep-going')) return rollout;
  return { ...rollout, failures: Number.POSITIVE_INFINITY, onFailure: 'stop' };
}

/** Without the command nobody can be asked: better said before the first host than after the last. */
function checkTransfers(manifests: readonly ShippedManifest[]): void {
  const problems = manifests
    .filter(({ transfer }) => transfer.execCommand === '')
    .map(({ app }) => ({ code: 'GS012', source: 'publish', value: app }));
  if (problems.length > 0) throw new UserError(problems);
}

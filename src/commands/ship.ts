import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { print, type Surroundings, say } from '../output/terminal.js';
import { UserError } from '../problems/problem.js';
import { formatHosts } from '../report/host-table.js';
import { readShipped, type ShippedManifest } from '../report/manifests.js';
import type { Report } from '../report/report.js';
import { writeReport } from '../report/report-file.js';
import type { Language } from '../report/words.js';
import type { Step } from '../rollout/next-step.js';
import { isNotInstalled, revertHost, updateHost } from '../ship/ask-host.js';
import { carryOut, isFine, type Means } from '../ship/carry-out.js';
import { Display } from '../ship/display.js';
import { assembleFleet, type Fleet } from '../ship/fleet.js';
import { Interrupts } from '../ship/interrupts.js';
import type { SshSettings } from '../ship/openssh.js';
import { formatPlan } from '../ship/plan.js';
import { WORDS } from '../ship/words.js';
import { type Command, EXIT, type Request } from './command.js';
import { languageOf } from './language.js';
import { outOf } from './out.js';

/** Sends the scripts in the folder for them to their hosts and runs auto.sh there, as the rollout says. */
export const ship: Command = async (request, surroundings) => {
  const { cwd } = surroundings;
  const language = languageOf(request);
  const manifests = await readShipped(resolve(cwd, outOf(request)), cwd);
  checkFolders(manifests);
  const fleet = assembleFleet(manifests, request.files);
  const plan = formatPlan(fleet, language);
  if (request.switches.has('plan')) {
    await print(surroundings, plan);
    return EXIT.done;
  }
  await say(surroundings, `${plan}\n`);
  const report = await shipTo(fleet, request, surroundings, language);
  await print(surroundings, `\n${formatHosts(report.hosts, language)}\n${report.sentence}\n`);
  return report.result === 'SUCCESS' ? EXIT.done : EXIT.findings;
};

/** Where the scripts go. */
function checkFolders(manifests: readonly ShippedManifest[]): void {
  const unknown = manifests.filter(({ remoteFolder }) => remoteFolder === '');
  if (unknown.length > 0)
    throw new UserError(
      [...new Set(unknown.map(({ app }) => app))].map((app) => ({
        code: 'GS267',
        source: `publish.remoteRoot of ${app}`,
      })),
    );
}

async function shipTo(
  fleet: Fleet,
  { options, switches }: Request,
  { stderr, env, cwd }: Surroundings,
  language: Language,
): Promise<Report> {
  const words = WORDS[language];
  const display = new Display(stderr, switches.has('verbose'), language);
  const interrupts = new Interrupts((isSecond) => {
    const busy = display.busy.join(', ');
    display.say(busy === '' ? words.stopped : isSecond ? words.leaves(busy) : words.waitsFor(busy));
  });
  const { 'ssh-config': file = '' } = options;
  const settings: SshSettings = { configFile: file && resolve(cwd, file), env, signal: interrupts.leave };
  const keep = (report: Report) => writeReport(report, cwd);
  try {
    return await carryOut(fleet, { ...meansOf(display, interrupts, settings, fleet), keep }, language);
  } catch (error) {
    throw asUserError(error);
  } finally {
    display.close();
    interrupts.close();
  }
}

function meansOf(
  display: Display,
  interrupts: Interrupts,
  settings: SshSettings,
  fleet: Fleet,
): Omit<Means, 'keep'> {
  const areSeveral = new Set(fleet.manifests.map(({ app }) => app)).size > 1;
  const nameOf = (server: string, app: string) => (areSeveral ? `${server} ${app}` : server);
  const asked = (host: Fleet['hosts'][number], manifest: Fleet['manifests'][number]) => ({
    ...{ host, manifest, settings, listener: display.listenTo(nameOf(host.name, manifest.app)) },
  });
  return {
    update: (host, manifest) => updateHost(asked(host, manifest)),
    revert: (host, manifest) => revertHost(asked(host, manifest)),
    begin: (step) => begin(step, display, interrupts.stop),
    end: (report) => display.end(nameOf(report.server, report.app), report, isFine(report)),
  };
}

async function begin(
  { action, servers, seconds }: Step,
  display: Display,
  stop: AbortSignal,
): Promise<boolean> {
  const words = WORDS[display.language];
  if (seconds > 0 && !stop.aborted) {
    display.say(words.pause(seconds));
    await sleep(seconds * 1000, undefined, { signal: stop }).catch(() => undefined);
  }
  if (stop.aborted) return false;
  display.say(words[action](servers.join(', ')));
  return true;
}

/** ssh or sftp is not there. */
function asUserError(error: unknown): unknown {
  return isNotInstalled(error) ? new UserError([{ code: 'GS266', source: String(error.path) }]) : error;
}

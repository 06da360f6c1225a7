import type { Host } from '../parameters/hosts.js';
import { FAILED } from '../report/groups.js';
import { type Answer, toHostReport } from '../report/host-report.js';
import { makeReport } from '../report/make-report.js';
import type { ShippedManifest } from '../report/manifests.js';
import type { HostReport, Report } from '../report/report.js';
import type { Language } from '../report/words.js';
import type { Step } from '../rollout/next-step.js';
import { appsOf, type Fleet } from './fleet.js';

/** How hosts are asked. */
export interface Means {
  update(host: Host, manifest: ShippedManifest): Promise<Answer>;
  revert(host: Host, manifest: ShippedManifest): Promise<string>;
  /** Hears of a step before it begins; waits as long as it says. @returns false if no further step is wanted */
  begin(step: Step): Promise<boolean>;
  /** Hears what became of an app on a host. */
  end(report: HostReport): void;
  /** Hears what is known before the first step and after each: whatever breaks this process, it is not lost. */
  keep(report: Report): Promise<void>;
}

/** Whether the next app of the host may be asked. */
export function isFine({ state }: HostReport): boolean {
  return !FAILED.has(state);
}

/** Step by step to the end; hosts of one step at the same time, the apps of a host one after the other. */
export async function carryOut(fleet: Fleet, means: Means, language: Language): Promise<Report> {
  const rollout = new Rollout(fleet, language);
  let report = rollout.report();
  await means.keep(report);
  while (report.next !== null && (await means.begin(report.next))) {
    const { action, servers } = report.next;
    const hosts = fleet.hosts.filter(({ name }) => servers.includes(name));
    await Promise.all(hosts.map((host) => rollout[action](host, means)));
    report = rollout.report();
    await means.keep(report);
  }
  return report;
}

class Rollout {
  /** For each host and app, in order. */
  readonly #answers: Answer[];

  constructor(
    readonly fleet: Fleet,
    readonly language: Language,
  ) {
    this.#answers = fleet.hosts.flatMap((host) =>
      appsOf(fleet, host).map(({ app }) => ({ server: host.name, app, outcome: null })),
    );
  }

  report(): Report {
    return makeReport(this.fleet.manifests, this.#answers, this.language);
  }

  async update(host: Host, means: Means): Promise<void> {
    for (const manifest of appsOf(this.fleet, host)) {
      const report = this.#keep(await means.update(host, manifest), manifest, means);
      if (!isFine(report)) return;
    }
  }

  async revert(host: Host, means: Means): Promise<void> {
    for (const manifest of appsOf(this.fleet, host).reverse()) {
      const answer = this.#answers[this.#indexOf(host.name, manifest.app)];
      if (answer === undefined || !toHostReport(answer, manifest).canGoBack) continue;
      this.#keep({ ...answer, undo: await means.revert(host, manifest) }, manifest, means);
    }
  }

  #keep(answer: Answer, manifest: ShippedManifest, means: Means): HostReport {
    this.#answers[this.#indexOf(answer.server, answer.app)] = answer;
    const report = toHostReport(answer, manifest);
    means.end(report);
    return report;
  }

  #indexOf(server: string, app: string): number {
    return this.#answers.findIndex((answer) => answer.server === server && answer.app === app);
  }
}

import type { Rollout } from '../parameters/parameters.js';
import { nextStep } from '../rollout/next-step.js';
import { FAILED, groupHosts } from './groups.js';
import { type Answer, toHostReport } from './host-report.js';
import { isFor, rolloutOf, type ShippedManifest } from './manifests.js';
import { composeDescription, composeDisplayName } from './page.js';
import type { Build, HostReport, Report } from './report.js';
import { composeSentence, type Telling } from './sentence.js';
import type { Language } from './words.js';

const NO_BUILD: Build = { number: '', url: '', job: '', who: '' };

/**
 * @param answers of apps that are in the manifests, in the order in which the hosts are asked
 * @param rollout how they are
 */
export function makeReport(
  manifests: readonly ShippedManifest[],
  answers: readonly Answer[],
  language: Language,
  rollout: Rollout = rolloutOf(manifests),
): Report {
  const hosts = answers.flatMap((answer) => {
    const manifest = manifests.find((one) => isFor(one, answer));
    return manifest === undefined ? [] : toHostReport(answer, manifest);
  });
  const telling = toTelling(manifests, hosts, language);
  const build = manifests[0]?.build ?? NO_BUILD;
  const wanted = manifests.map(({ image }) => image);
  return {
    result: resultOf(hosts),
    sentence: composeSentence(telling),
    displayName: composeDisplayName(build.number, telling, wanted),
    description: composeDescription(telling, hosts),
    mode: telling.mode,
    build,
    hosts,
    transfers: manifests.map(({ transfer }) => transfer),
    next: nextStep(hosts, rollout, telling.mode) ?? null,
  };
}

function toTelling(
  manifests: readonly ShippedManifest[],
  hosts: readonly HostReport[],
  language: Language,
): Telling {
  return {
    mode: manifests[0]?.mode ?? 'deploy',
    groups: groupHosts(hosts),
    apps: [...new Set(hosts.map(({ app }) => app))],
    remoteFolders: new Map(manifests.map(({ app, remoteFolder }) => [app, remoteFolder])),
    language,
  };
}

/** Jenkins' result for the worst of the hosts. One that was not asked although no other has failed: somebody ended the rollout. */
function resultOf(hosts: readonly HostReport[]): Report['result'] {
  if (hosts.every(({ state }) => state === 'skipped')) return 'NOT_BUILT';
  if (hosts.some(({ state }) => FAILED.has(state) || state === 'skipped')) return 'FAILURE';
  return hosts.some(({ state }) => state === 'nothing') ? 'UNSTABLE' : 'SUCCESS';
}

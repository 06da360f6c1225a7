import { formatTable } from '../output/table.js';
import type { Rollout } from '../parameters/parameters.js';
import { rolloutOf, type ShippedManifest } from '../report/manifests.js';
import { versionOf } from '../report/version-of.js';
import type { Language } from '../report/words.js';
import { planBatches } from '../rollout/batches.js';
import { appsOf, type Fleet } from './fleet.js';
import { WORDS, type Words } from './words.js';

/** What will be done in which order, for somebody to look at before it is. */
export function formatPlan(fleet: Fleet, language: Language): string {
  const words = WORDS[language];
  const rollout = rolloutOf(fleet.manifests);
  const seconds = Math.ceil(rollout.wait / 1000);
  const isRollback = fleet.manifests[0]?.mode === 'rollback';
  // What a rollback leaves is gone: see nextStep.
  const otherwise = words.failures[isRollback ? 'stop' : rollout.onFailure];
  const what = fleet.manifests.map((manifest) => describe(manifest, words)).filter(isFirst);
  return [
    `${words.title(what.join(', '), fleet.hosts.length)}\n\n`,
    formatTable([words.columns, ...rowsOf(fleet, rollout, words)]),
    `\n${words.limits(seconds, rollout.failures, otherwise)}\n`,
  ].join('');
}

/** `deploy of citest v2 (build 7)` */
function describe({ app, mode, image, build, rollback }: ShippedManifest, words: Words): string {
  const what =
    mode === 'rollback' ? words.rollback(app, rollback) : words.deploy(`${app} ${versionOf(image)}`);
  return build.number === '' ? what : what + words.build(build.number);
}

/** An app with scripts of its own for each host is named once. */
function isFirst(text: string, index: number, all: readonly string[]): boolean {
  return all.indexOf(text) === index;
}

function rowsOf(fleet: Fleet, rollout: Rollout, words: Words): string[][] {
  const batches = planBatches(
    fleet.hosts.map(({ name }) => name),
    rollout,
  );
  return batches.flatMap((batch, index) => {
    const step = index === 0 && rollout.canary > 0 ? `${index + 1} (${words.canary})` : String(index + 1);
    const hosts = fleet.hosts.filter(({ name }) => batch.includes(name));
    return hosts.flatMap((host) =>
      appsOf(fleet, host).map(({ app, remoteFolder }) => [step, host.name, host.ssh, app, remoteFolder]),
    );
  });
}

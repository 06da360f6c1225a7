import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { arrive, openChain } from '../chain.mjs';
import { ended, stands } from '../checks.mjs';
import { withBadRegistry } from '../stack/bad-registry.mjs';
import { count } from '../tally.mjs';

/** Whatever the registry does, the version that runs goes on, and the same run succeeds when the registry is well again. */
export const registry = {
  async 'the registry is down during a deploy'(lane) {
    await openChain(lane);
    await withoutRegistry(lane, async () => isKept(await lane.run('repull'), lane, 'GS13[13]'));
    await arrive(lane, 'repull');
  },

  async 'the registry is down during a rollback'(lane) {
    await openChain(lane);
    await arrive(lane, 'repull');
    await withoutRegistry(lane, () => arrive(lane, 'rollback'));
  },

  async 'the registry answers 401, 404 or 500, to the login or only to the pull'(lane) {
    await openChain(lane);
    for (const [index, { status, paths, code }] of refusals.entries()) {
      if (index % 2 !== lane.parity) continue;
      lane.say(`=== ${status} to ${paths}`);
      await withBadRegistry(lane.registry, { status, paths }, async () =>
        isKept(await lane.run('repull'), lane, code),
      );
    }
    await arrive(lane, 'repull');
  },
};

/** Nothing about it depends on the host. */
export const slowRegistry = {
  async 'the registry trickles: past the limit of the pull, and within it'(lane) {
    await openChain(lane);
    const limit = limitPulls(lane, 3);
    await withBadRegistry(lane.registry, { bytes: 5, every: 200 }, async () =>
      isKept(await lane.run('repull'), lane, 'GS133'),
    );
    limitPulls(lane, limit);
    await withBadRegistry(lane.registry, { bytes: 400, every: 100 }, () => arrive(lane, 'repull'));
  },
};

/** To everything, so that the login fails; to what the pull asks first; to what it asks then. */
const refusals = [401, 404, 500].flatMap((status) => [
  { status, paths: /./, code: 'GS13[13]' },
  { status, paths: /manifests/, code: 'GS133' },
  { status, paths: /blobs/, code: 'GS133' },
]);

async function isKept(result, lane, code) {
  count('bad registry');
  ended(result, 10);
  assert.match(result.output, new RegExp(` ${code} `));
  await stands(lane, 'v1', []);
}

async function withoutRegistry(lane, action) {
  await lane.registry.stop();
  try {
    await action();
  } finally {
    await lane.registry.start();
  }
}

/** gen-scripts refuses limits below a minute; nobody has to wait that long here. Returns the limit that was there. */
function limitPulls(lane, seconds) {
  const path = lane.host.path(`${lane.host.home}/${lane.app}/repull.sh`);
  const text = readFileSync(path, 'utf8');
  const [line, before] = text.match(/^PULL_LIMIT='(\d+)'$/m);
  writeFileSync(path, text.replace(line, `PULL_LIMIT='${seconds}'`));
  return before;
}

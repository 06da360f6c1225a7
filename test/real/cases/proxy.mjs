import assert from 'node:assert/strict';
import { ended, stands } from '../checks.mjs';
import { figure } from '../figures.mjs';
import { underLoad } from '../stack/load.mjs';
import { behindProxy } from '../stack/proxy.mjs';

/** No published port: nginx finds the app by its name on a network. */
export const proxy = {
  async 'start-first behind nginx: update, broken version, rollback, and no request is lost'(lane) {
    await behindProxy(lane, async () => {
      ended(await lane.deploy('v1', env), 0);
      await stands(lane, 'v1', []);
      const seen = [
        await under(lane, 'update', () => lane.job.build('v2', env), 0),
        await under(lane, 'sick', () => lane.job.build('sick', env), 10),
        await under(lane, 'update that boots slowly', () => lane.job.build('slow', env), 0),
        await under(lane, 'rollback', () => lane.job.rollback(env), 0),
      ];
      await stands(lane, 'v2', ['v1']);
      lane.say(await lane.host.docker('logs', 'front-proxy').catch(String));
      for (const one of seen) assert.equal(one.lost, 0, `${one.lost} requests lost: ${one.errors}`);
      const requests = seen.reduce((sum, one) => sum + one.requests, 0);
      assert.ok(requests >= 2000, `only ${requests} requests`);
    });
  },
};

const env = { GEN_SCRIPTS_ENV: 'start-first' };

async function under(lane, what, build, code) {
  await build();
  await lane.job.ship(lane.host);
  const seen = await underLoad(lane.host, () => lane.exec(), { limit: 10_000, after: 2500 });
  figure(`${lane.app}, start-first: ${what} (${seen.versions})`, seen);
  ended(seen.result, code);
  return seen;
}

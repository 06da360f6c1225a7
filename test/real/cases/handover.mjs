import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { ended, get, serves, stands } from '../checks.mjs';
import { figure } from '../figures.mjs';
import { Job } from '../stack/jenkins.mjs';
import { underLoad } from '../stack/load.mjs';
import { withNetwork } from '../stack/network.mjs';
import { must, until } from '../stack/process.mjs';

const env = { GEN_SCRIPTS_ENV: 'handover' };

export const handover = {
  async 'handover: a network of its own, with alias, fixed addresses, several ports and UDP'(lane) {
    const subnets = ['--subnet', '172.30.0.0/24', '--ipv6', '--subnet', 'fd77::/64'];
    const placed = { GEN_SCRIPTS_ENV: 'placed' };
    await withNetwork(
      lane.host,
      'own',
      async () => {
        ended(await lane.deploy('v1', placed), 0);
        await isPlaced(lane);
        await lane.job.build('v2', placed);
        await lane.job.ship(lane.host);
        await measured(lane, 'with fixed addresses: update', 'v2', ['v1']);
        await isPlaced(lane);
        await lane.job.rollback(placed);
        await lane.job.ship(lane.host);
        await measured(lane, 'with fixed addresses: rollback', 'v1', []);
        await isPlaced(lane);
      },
      subnets,
    );
  },
};

/** What of a handover does not depend on how a host is set up. */
export const afterwards = {
  async 'after a handover: a restart of the container, of the engine, a power cut'(lane) {
    for (const version of ['v1', 'v2']) ended(await lane.deploy(version, env), 0);
    const { host, app } = lane;
    await host.docker('restart', '--time', '2', app);
    await stands(lane, 'v2', ['v1']);
    await host.stopEngine('SIGTERM');
    await host.startEngine();
    await stands(lane, 'v2', ['v1']);
    await host.crash();
    await host.start();
    await stands(lane, 'v2', ['v1']);
    // By hand, without any script.
    const parked = (await host.docker('ps', '--all', '--format', '{{.Names}}', '--filter', 'status=exited'))
      .split('\n')
      .find((name) => name.startsWith(`${app}-`));
    await host.docker('stop', app);
    await host.docker('start', parked);
    await serves(lane, 'v1');
    await host.docker('stop', parked);
    await host.docker('start', app);
    await stands(lane, 'v2', ['v1']);
    ended(await lane.undo(env), 0);
    await stands(lane, 'v1', []);
  },

  async 'the first deploy after handover was chosen recreates, the next one hands over'(lane) {
    ended(await lane.deploy('v1'), 0);
    const first = await lane.deploy('v2', env);
    ended(first, 0);
    assert.match(first.output, /: recreating this once\n/);
    await stands(lane, 'v2', ['v1']);
    const next = await lane.deploy('v3', env);
    ended(next, 0);
    assert.match(next.output, / network create --internal /);
    await stands(lane, 'v3', ['v1', 'v2']);
    // v1 was not made for it.
    ended(await lane.undo({ ...env, ROLLBACK_TO: 'v1' }), 0);
    await stands(lane, 'v1', []);
  },

  async 'handover: requests that take a second, and are under way when the network changes hands'(lane) {
    ended(await lane.deploy('v1', env), 0);
    await lane.job.build('v2', env);
    await lane.job.ship(lane.host);
    const load = { path: '/cgi-bin/second', every: 50, limit: 4000, after: 1500 };
    const seen = await underLoad(lane.host, () => lane.exec(), load);
    ended(seen.result, 0);
    figure(`${lane.app}, handover of requests that take 1 s (${seen.errors})`, seen);
    await stands(lane, 'v2', ['v1']);
    // What is under way at that moment is cut: about a second's requests, and those of the gap.
    assert.ok(seen.lost <= 40, `${seen.lost} of ${seen.requests} requests lost: ${seen.errors}`);
  },

  async 'handover.stop: before: what is under way is answered, and then the network changes hands'(lane) {
    const finishes = { GEN_SCRIPTS_ENV: 'finishes' };
    ended(await lane.deploy('v1', finishes), 0);
    await lane.job.build('v2', finishes);
    await lane.job.ship(lane.host);
    const load = { path: '/cgi-bin/second', every: 50, limit: 4000, after: 1500 };
    const seen = await underLoad(lane.host, () => lane.exec(), load);
    ended(seen.result, 0);
    figure(`${lane.app}, handover, stopped first, of requests that take 1 s (${seen.errors})`, seen);
    await stands(lane, 'v2', ['v1']);
    // Refused at once, and so often as fits into the gap: none waits for an answer that does not come.
    assert.doesNotMatch(seen.errors, /no-answer/);
    assert.ok(
      seen.lost * load.every <= seen.gap + 200,
      `${seen.lost} lost in ${seen.gap} ms: ${seen.errors}`,
    );
    ended(await lane.undo(finishes), 0);
    await stands(lane, 'v1', []);
  },

  async 'handover: three networks, and a database on the internal one that is asked before it is healthy'(
    lane,
  ) {
    const connected = { GEN_SCRIPTS_ENV: 'connected' };
    const { host, app } = lane;
    const inside = async (action) =>
      withNetwork(host, 'own', () =>
        withNetwork(host, 'other', () => withNetwork(host, 'inner', action, ['--internal'])),
      );
    const neighbours = [...lane.neighbours];
    await inside(async () => {
      ended(await lane.deploy('v1', connected), 0);
      await addDatabase(lane, 'inner');
      const networks = async () =>
        Object.keys(JSON.parse(await host.docker('inspect', app))[0].NetworkSettings.Networks);
      await rehearsed(lane, { ...connected, CTRL_BUILD: 'true' });
      for (const [version, history] of [
        ['needy', ['v1']],
        ['v2', ['v1', 'needy']],
      ]) {
        await lane.job.build(version, connected);
        await lane.job.ship(host);
        await measured(lane, `on three networks: ${version}`, version, history);
        assert.deepEqual(await networks(), ['inner', 'other', 'own']);
      }
      ended(await lane.undo(connected), 0);
      await stands(lane, 'needy', ['v1']);
      assert.deepEqual(await networks(), ['inner', 'other', 'own']);
      await host.docker('restart', '--time', '2', app);
      await stands(lane, 'needy', ['v1']);
    }).finally(() => Object.assign(lane, { neighbours }));
  },

  async 'handover: two apps of one host at once'(lane) {
    const other = await secondApp(lane);
    try {
      ended(await lane.deploy('v1', env), 0);
      ended(await other.deploy(lane.host, 'v1', env), 0);
      for (const job of [lane.job, other]) {
        await job.build('slow', env);
        await job.ship(lane.host);
      }
      const results = await Promise.all([lane.exec(), other.exec(lane.host)]);
      for (const result of results) {
        ended(result, 0);
        assert.match(result.output, / network create --internal /);
      }
      await serves(lane, 'slow');
      assert.equal(await get(lane.host, '/version', 8082), 'slow');
      await removeApp(lane, other);
      await stands(lane, 'slow', ['v1']);
    } finally {
      await removeApp(lane, other);
    }
  },
};

async function measured(lane, what, version, history) {
  const seen = await underLoad(lane.host, () => lane.exec());
  figure(`${lane.app}, handover ${what}`, seen);
  ended(seen.result, 0);
  assert.match(seen.result.output, / network create --internal /);
  await stands(lane, version, history);
}

/** On its network under its alias and addresses, and on no other; each of its ports leads to it. */
async function isPlaced({ host, app }) {
  const { NetworkSettings: settings, State } = JSON.parse(await host.docker('inspect', app))[0];
  assert.deepEqual(Object.keys(settings.Networks), ['own']);
  const { IPAddress, GlobalIPv6Address, Aliases } = settings.Networks.own;
  assert.deepEqual([IPAddress, GlobalIPv6Address], ['172.30.0.10', 'fd77::10']);
  assert.ok(Aliases.includes('web'), `aliases: ${Aliases}`);
  assert.equal(await get(host, '/version', 8081), await get(host, '/version'));
  const command = ['-t', String(State.Pid), '-n', 'nstat', '-asz', 'UdpNoPorts'];
  const datagrams = async () =>
    Number((await host.inside('nsenter', command)).stdout.match(/UdpNoPorts +(\d+)/)[1]);
  // Nobody listens in there; the kernel of the container counts what arrives.
  const before = await datagrams();
  await must('bash', ['-c', `echo x >/dev/udp/${host.address}/8053`]);
  await until('a datagram in the container', async () => (await datagrams()) > before, 2000);
}

/** One fault in one shell: the first call that takes a network from the old version. */
const ONE = ['--shell', 'dash', '--fault', 'kill-after at call 26'];

/** What the host says of itself is enough to rehearse the next handover. */
async function rehearsed({ job, host, agent }, env) {
  const { stdout: question } = await job.generate(['rehearse', '--ask-host']);
  const { stdout: answer } = await host.inside('sh', ['-c', question]);
  const file = `${job.workspace}/release/containers`;
  writeFileSync(agent.path(file), answer);
  const { status, output } = await job.generate(['rehearse', '--containers', file, ...ONE], env);
  assert.equal(status, 0, output);
  assert.match(output, /exit 0, .*, history \[v1\]\n/);
  assert.match(output, / network disconnect inner /);
}

/** Answers whoever asks for `database` on a network; a neighbour of the app. */
async function addDatabase({ host, app, neighbours }, network) {
  const image = await host.docker('inspect', '--format', '{{.Image}}', app);
  neighbours.push(await host.docker('run', '--detach', '--name', 'database', '--network', network, image));
}

/** Another app of the same host, on port 8082. */
async function secondApp(lane) {
  const { agent, host, password } = lane;
  const app = `${lane.app}-other`;
  const repository = `${lane.registry.address}/team/${app}`;
  const config = lane.config({ app, host, repository }).replaceAll('8080', '8082');
  const say = (text) => lane.say(text);
  const job = new Job({ agent, app, config, password, client: host.client, say });
  await job.prepare();
  return job;
}

async function removeApp({ host }, job) {
  job.close();
  const filter = `label=gen-scripts.app=${job.app}`;
  const ids = await host.docker('ps', '--all', '--quiet', '--filter', filter);
  if (ids) await host.docker('rm', '--force', '--volumes', ...ids.split('\n'));
  rmSync(host.path(`${host.home}/${job.app}`), { recursive: true, force: true });
}

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { until } from './stack/process.mjs';

/** The script ended with `code` and said so in its last line. */
export function ended(result, code) {
  const last = result.stdout.trimEnd().split('\n').at(-1);
  assert.equal(result.status, code, `exit status ${result.status} instead of ${code}; last line: ${last}`);
  assert.match(last, new RegExp(`^RESULT ${code} \\S`));
}

/**
 * What stands on the host after a run: HTTP from another machine tells the version, one container of the app runs under
 * its name, the history is exactly these versions (oldest first), and no trace of a swap is left.
 */
export async function stands(lane, version, history) {
  await serves(lane, version);
  const all = await listAll(lane);
  assert.deepEqual(runningOf(ours(lane, all)), [lane.app]);
  remembers(lane, history);
  isTidy(lane, ours(lane, all));
  await noStage(lane);
  neighboursAmong(lane, all);
}

/** A state of the host, for `keeps`: what serves (undefined: nothing) and the versions in the history. */
export const state = (version, history) => ({ version, history });

/**
 * Whatever went wrong, the host is what the exit code says: 0 as `wanted`, 10 and 11 as `before`, 12 with nothing of the
 * app running and a word on what to type. isTidy false: files could not be removed. Returns the code.
 */
export async function keeps(result, lane, { before, wanted, isTidy: tidy = true }) {
  const { status, output } = result;
  ended(result, status);
  const promised = { 0: wanted, 10: before, 11: before }[status];
  if (promised?.version !== undefined) {
    if (tidy) await stands(lane, promised.version, promised.history);
    else await serves(lane, promised.version);
    return status;
  }
  assert.ok([10, 12].includes(status), `exit status ${status}`);
  assert.match(output, / GS\d{3} .*\n +(docker|sh|df|systemctl) /, 'what to type');
  await nothingServes(lane);
  return status;
}

/**
 * A request from outside the host is answered by `version`. The kernel may need a second to find a new bridge port, and an engine
 * that was killed some to start its containers again while this machine has much to do.
 */
export async function serves(lane, version) {
  let answer = 'nothing';
  const ask = async () => {
    answer = await get(lane.host, '/version');
    return answer === version;
  };
  await until(`HTTP says ${version}`, ask, 15_000).catch(() =>
    assert.fail(`HTTP says ${answer}, not ${version}`),
  );
}

/** The text behind a path on a port of the host, or the error's text. */
export function get(host, path, port = 8080) {
  return fetch(`http://${host.address}:${port}${path}`, { signal: AbortSignal.timeout(1500) }).then(
    async (response) => (await response.text()).trim(),
    (error) => String(error.cause?.code ?? error.name),
  );
}

/** Nothing of the app runs, and port 8080 is closed. */
export async function nothingServes(lane) {
  assert.deepEqual(await running(lane), []);
  assert.equal(await get(lane.host, '/version'), 'ECONNREFUSED');
}

/** The history file holds a line for each of these versions: the reference, with the digest when there is one. */
export function remembers(lane, versions) {
  const lines = lane.host.read(historyFile(lane)).split('\n');
  assert.equal(lines.pop(), '', 'the history ends with a complete line');
  const tags = lines.map((line) => {
    assert.ok(line.startsWith(`${lane.repository}:`), `history line: ${line}`);
    return line.slice(lane.repository.length + 1).replace(/@sha256:[0-9a-f]{64}$/, '');
  });
  assert.deepEqual(tags, versions, 'versions in the history');
}

export const historyFile = (lane) => `/data/jenkins/${lane.app}_history`;

/** How each action ended; that a deploy began is left out. */
export const journal = (lane) =>
  lane.host
    .read(`${historyFile(lane)}.journal`)
    .split('\n')
    .slice(0, -1)
    .filter((line) => line.split('\t')[3] !== 'begun');

/** Names of the app's running containers, by label or (without one) by repository. */
export const running = async (lane) => runningOf(await everything(lane));

const runningOf = (containers) =>
  containers.filter(({ state }) => state === 'running').map(({ name }) => name);

/** The app's containers: [{ id, name, state, image }]. */
export const everything = async (lane) => ours(lane, await listAll(lane));

const ours = (lane, containers) => containers.filter(({ id }) => !lane.neighbours.includes(id));

async function listAll(lane) {
  const format = '{{.ID}}\t{{.Names}}\t{{.State}}\t{{.Image}}';
  const text = await lane.host.docker('ps', '--all', '--no-trunc', '--format', format);
  const rows = text.split('\n').filter(Boolean);
  return rows.map((line) => line.split('\t')).map(([id, name, state, image]) => ({ id, name, state, image }));
}

function neighboursAmong(lane, containers) {
  for (const id of lane.neighbours) {
    const found = containers.find((container) => container.id === id);
    assert.equal(found?.state, 'running', `neighbour ${id}`);
  }
}

/** The network on which a version gets healthy before a handover is there only meanwhile. */
async function noStage(lane) {
  const names = (await lane.host.docker('network', 'ls', '--format', '{{.Name}}')).split('\n');
  assert.deepEqual(
    names.filter((name) => name.startsWith('gen-scripts-')),
    [],
    'networks left behind',
  );
}

/** Nothing of a swap beside the history. */
export function isTidyOnDisk(lane) {
  for (const suffix of ['.swap', '.next']) {
    const file = `${historyFile(lane)}${suffix}`;
    assert.ok(!existsSync(lane.host.path(file)), `${file} is left behind`);
  }
}

function isTidy(lane, containers) {
  isTidyOnDisk(lane);
  for (const { id, name, state } of containers) {
    if (name === lane.app) continue;
    assert.equal(name, `${lane.app}-${id.slice(0, 12)}`, 'only parked containers stand beside the app');
    assert.equal(state, 'exited');
  }
}

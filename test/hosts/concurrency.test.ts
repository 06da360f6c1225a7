import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, jest, test } from '@jest/globals';
import { Host, type RunOptions } from '../support/host.js';
import type { Changes } from '../support/parameters.js';
import { scenario } from '../support/scenario.js';
import { installedShells } from '../support/shells.js';
import { expectOnlyServing, prepare } from './support.js';

// Real processes that wait for each other, on a machine that may be busy.
jest.setTimeout(120_000);

/** No time passes in gates, so that whoever sleeps waits for the lock. */
const QUICK: Changes = { health: { settle: 0 }, lockWait: 600_000, publish: { execTimeout: 7_200_000 } };
/** Polls of the lock, long enough to leave the processor to who holds it. */
const PATIENTLY = { SIM_REAL_SLEEP: '0.2' };
const AT_ONCE: Changes = { ...QUICK, lockWait: 0 };
/** Docker answers late: until it is told to, the run is in the middle of this call, with the lock in its hand. */
const slowly = (call: string) => ({ SIM_FAULT: `call=${call} nth=1 do=hang-after`, SIM_HANG: 'told' });
const answer = (host: Host) => writeFileSync(join(host.folder, 'sim', 'told'), '');

/** In front of docker: says which run's call begins and ends. */
const MARKER = `#!/bin/sh
echo "$RUN_NAME $1" >>"$SIM_STATE/marks"
PATH=\${PATH#*:} docker "$@"
code=$?
echo "$RUN_NAME $1" >>"$SIM_STATE/marks"
exit "$code"
`;

interface Build {
  readonly name: string;
  readonly script: string;
}

/** Sends a build under a name of its own, so that several can be there at a time. */
function send(host: Host, number: number, changes: Changes): Build {
  const scripts = host.ship({ ...changes, jenkins: { buildNumber: String(number) } });
  const script = `build-${number}.sh`;
  writeFileSync(join(host.inbox, script), scripts.get('auto.sh') ?? '');
  return { name: changes.tag || 'rollback', script };
}

function markCalls(host: Host): string {
  const folder = join(host.folder, 'bin');
  mkdirSync(folder);
  writeFileSync(join(folder, 'docker'), MARKER);
  chmodSync(join(folder, 'docker'), 0o755);
  return host.pathWith(folder);
}

/** Starts them all; their exit codes will be known. */
function startAll(host: Host, builds: readonly Build[], env: RunOptions['env'] = {}) {
  const PATH = markCalls(host);
  return builds.map(({ script }, index) =>
    exitOf(host.start({ script, env: { ...PATIENTLY, PATH, RUN_NAME: String(index), ...env } })),
  );
}

async function exitOf(child: ChildProcess): Promise<number | null> {
  child.stdout?.resume();
  child.stderr?.resume();
  const [code] = await once(child, 'exit');
  return code;
}

/** The runs, by their numbers, in the order of their docker calls; `docker version`, which is asked before the lock is taken, is left out. */
function blocks(host: Host): number[] {
  const runs = readFileSync(join(host.folder, 'sim', 'marks'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.endsWith(' version'))
    .map((line) => Number(line.split(' ')[0]));
  return runs.filter((run, index) => run !== runs[index - 1]);
}

/** What must come of these builds one after the other. */
function inTurn(builds: readonly Build[], first: string) {
  let serves = first;
  const history: string[] = [];
  for (const { name } of builds) {
    if (name !== 'rollback') history.push(serves);
    serves = name === 'rollback' ? (history.pop() ?? serves) : name;
  }
  return { serves, history };
}

function expectWholeLines(host: Host): void {
  const journal = readFileSync(`${host.history}.journal`, 'utf8');
  expect(journal.endsWith('\n')).toBe(true);
  expect(journal.split('\n').filter((line) => line !== '' && line.split('\t').length !== 9)).toEqual([]);
}

/** COUNT builds, every third a rollback, on a host that serves v0. */
function sendMany(host: Host, count: number): Build[] {
  host.image('v0');
  host.deploy('v0', 1, QUICK);
  return Array.from({ length: count }, (_, index) => {
    if (index % 3 === 2) return send(host, index + 2, { ...QUICK, mode: 'rollback', tag: '' });
    host.image(`v${index + 1}`);
    return send(host, index + 2, { ...QUICK, tag: `v${index + 1}` });
  });
}

async function expectOneByOne(host: Host, count: number): Promise<void> {
  const builds = sendMany(host, count);
  const codes = await Promise.all(startAll(host, builds));
  const order = blocks(host);
  // One block for each run: no call of another one is between its first and its last.
  expect([...order].sort((a, b) => a - b)).toEqual([...builds.keys()]);
  const { serves, history } = inTurn(
    order.map((index) => builds[index] as Build),
    'v0',
  );
  expectOnlyServing(host, serves);
  expect(host.versions()).toEqual(history);
  for (const [index, { name }] of builds.entries())
    expect([0, name === 'rollback' ? 13 : 0]).toContain(codes[index]);
  expectWholeLines(host);
  const done = host.journal().filter((line) => line.endsWith(' done')).length;
  expect(done).toBe(1 + codes.filter((code) => code === 0).length);
}

scenario('6 deploys and rollbacks at once: one at a time', (host) => expectOneByOne(host, 6), {
  sameCalls: false,
});

describe('20 at once', () => {
  const [quickest] = installedShells();
  const run = async (act: (host: Host) => Promise<void>) => {
    const host = new Host(quickest ?? { name: 'sh', command: ['sh'] });
    try {
      await act(host);
      expect(host.unsupported()).toEqual([]);
    } finally {
      host.remove();
    }
  };

  test(
    'deploys and rollbacks: one at a time, and all of them get their turn',
    () => run((host) => expectOneByOne(host, 20)),
    120_000,
  );

  test(
    'the same build: one deploys, the others find it done',
    () =>
      run(async (host) => {
        prepare(host, 'v1');
        host.image('v2');
        const build = send(host, 2, { ...QUICK, tag: 'v2' });
        const codes = await Promise.all(startAll(host, Array(20).fill(build)));
        expect(codes).toEqual(Array(20).fill(0));
        expect(blocks(host)).toHaveLength(20);
        expectOnlyServing(host, 'v2');
        expect(host.versions()).toEqual(['v1']);
        expect(host.journal()).toEqual(['deploy done', 'deploy done', ...Array(19).fill('deploy unchanged')]);
        expectWholeLines(host);
      }),
    120_000,
  );

  test(
    'with lockWait 0: one wins, 19 leave with 75 and have touched nothing',
    () =>
      run(async (host) => {
        prepare(host, 'v1');
        host.image('v2');
        const build = send(host, 2, { ...AT_ONCE, tag: 'v2' });
        // The winner is held up until all the others have come and gone.
        const ended: (number | null)[] = [];
        const runs = startAll(host, Array(20).fill(build), slowly('pull'));
        for (const run of runs) run.then((code) => ended.push(code));
        await until(() => ended.length === 19);
        expect(ended).toEqual(Array(19).fill(75));
        answer(host);
        await Promise.all(runs);
        expect(ended.at(-1)).toBe(0);
        expectOnlyServing(host, 'v2');
        expect(blocks(host)).toHaveLength(1);
        expect(host.journal()).toEqual(['deploy done', 'deploy done']);
      }),
    120_000,
  );
});

const isFree = (host: Host) => host.exec('flock', '--nonblock', `${host.history}.lock`, 'true') === 0;

async function until(isTrue: () => boolean): Promise<void> {
  for (let tries = 0; !isTrue(); tries += 1) {
    if (tries > 600) throw new Error('it does not come true');
    await wait(50);
  }
}

/** The call has had its effect, and its answer is late. */
const isUnderWay = (host: Host, call: string) => () =>
  host.calls().some((line) => line.startsWith(`- docker ${call}`));

scenario(
  'the holder is killed: who comes next waits only for the docker call that it left',
  async (host) => {
    prepare(host, 'v1');
    for (const tag of ['v2', 'v3']) host.image(tag);
    const first = send(host, 2, { ...QUICK, tag: 'v2' });
    const holder = host.start({ script: first.script, env: slowly('stop') });
    await until(isUnderWay(host, 'stop'));
    holder.kill('SIGKILL');
    await exitOf(holder);
    const next = send(host, 3, { ...AT_ONCE, tag: 'v3' });
    expect(host.run({ script: next.script })).toMatchObject({
      code: 75,
      output: expect.stringContaining('GS110'),
    });
    expect(isFree(host)).toBe(false);
    expect(existsSync(`${host.history}.swap`)).toBe(true);
    answer(host);
    await until(() => isFree(host));
    expect(host.run({ script: next.script }).code).toBe(0);
    expectOnlyServing(host, 'v3');
    expect(host.versions()).toEqual(['v1']);
    expect(host.rollback(4, AT_ONCE).code).toBe(0);
    expectOnlyServing(host, 'v1');
  },
  { sameCalls: false },
);

scenario(
  'the holder is killed while others wait: one of them goes on with what it left, then the other',
  async (host) => {
    prepare(host, 'v1');
    for (const tag of ['v2', 'v3']) host.image(tag);
    const first = send(host, 2, { ...QUICK, tag: 'v2' });
    const others = [send(host, 3, { ...QUICK, tag: 'v3' }), send(host, 4, { ...QUICK, tag: 'v3' })];
    const holder = host.start({ script: first.script, env: slowly('start') });
    await until(isUnderWay(host, 'start'));
    const waiting = startAll(host, others);
    holder.kill('SIGKILL');
    await exitOf(holder);
    expect(isFree(host)).toBe(false);
    answer(host);
    expect(await Promise.all(waiting)).toEqual([0, 0]);
    expect(blocks(host)).toHaveLength(2);
    expectOnlyServing(host, 'v3');
    expect(host.versions()).toEqual(['v1']);
    expect(host.journal().slice(1).sort()).toEqual(['deploy done', 'deploy restored', 'deploy unchanged']);
    expectWholeLines(host);
  },
  { sameCalls: false },
);

scenario(
  'two apps on a host do not wait for each other',
  async (host) => {
    prepare(host, 'v1');
    host.image('v2');
    host.sim('image', 'registry.example.com/team/other:v1');
    const ours = send(host, 2, { ...QUICK, tag: 'v2' });
    const other = send(host, 3, {
      ...AT_ONCE,
      app: 'other',
      image: 'registry.example.com/team/other',
      tag: 'v1',
      container: { ports: ['9090:80'] },
      history: { file: join(host.folder, 'data', 'other_history') },
    });
    const holder = host.start({ script: ours.script, env: slowly('stop') });
    await until(isUnderWay(host, 'stop'));
    expect(host.run({ script: other.script }).code).toBe(0);
    expect(host.serves('9090')).toBe('v1');
    // All that time ours was in the middle of its swap.
    expect(holder.exitCode).toBe(null);
    expect(isFree(host)).toBe(false);
    expect(host.serves()).toBe(undefined);
    answer(host);
    expect(await exitOf(holder)).toBe(0);
    expect(host.serves()).toBe('v2');
    expect(host.containers()).toMatchObject({ citest: 'running', other: 'running' });
  },
  { sameCalls: false },
);

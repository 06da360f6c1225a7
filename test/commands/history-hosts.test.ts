import { expect, test } from '@jest/globals';
import { deployByRecipe } from '../hosts/recipe.js';
import { prepare } from '../hosts/support.js';
import { Host } from '../support/host.js';
import { installedShells } from '../support/shells.js';
import { gen } from './support.js';

/** Any shell will do: all of them write the same. */
const [shell] = installedShells();

async function onHost(act: (host: Host) => Promise<void>): Promise<void> {
  if (shell === undefined) throw new Error('no shell that a host could have is installed');
  const host = new Host(shell);
  try {
    await act(host);
    expect(host.unsupported()).toEqual([]);
  } finally {
    host.remove();
  }
}

async function historyOf(host: Host, ...argv: string[]) {
  const { status, stdout, stderr } = await gen('/', ['history', host.history, ...argv], {});
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
}

async function jsonOf(host: Host) {
  const [one] = JSON.parse(await historyOf(host, '--format', 'json')).hosts;
  const tag = (reference: string) => /:([^:@/]+)(?:@|$)/.exec(reference)?.[1];
  return {
    runs: one.runs.map((run: { action: string; result: string; to: string }) =>
      [run.action, run.result, tag(run.to)].join(' '),
    ),
    now: [tag(one.now.reference), one.now.state, one.now.certain],
    unreadable: one.unreadable,
    run: (index: number) => one.runs[index],
  };
}

const killed = (fault: string) => ({ env: { SIM_FAULT: fault } });

test('the life of a host: adopted, deployed, failed, rolled back, interrupted', () =>
  onHost(async (host) => {
    for (const tag of ['v0', 'v1', 'v2', 'v3']) host.image(tag);
    host.image('bad', 'crash');
    deployByRecipe(host, 'v0');
    const codes = [host.deploy('v1', 1), host.deploy('v2', 2), host.deploy('bad', 3), host.rollback(4)];
    codes.push(host.rollback(5, { rollback: { steps: 1 } }), host.deploy('v1', 6));
    host.deploy('v3', 7, {}, killed('call=pull nth=1 do=kill-before'));
    expect(codes.map(({ code }) => code)).toEqual([0, 0, 11, 0, 0, 0]);
    const { runs, now, unreadable, run } = await jsonOf(host);
    expect(runs).toEqual([
      'deploy done v1',
      'deploy done v2',
      'deploy restored bad',
      'rollback done v1',
      'deploy unchanged v1',
      'deploy begun v3',
    ]);
    expect({ now, unreadable }).toEqual({ now: ['v1', 'healthy', false], unreadable: [] });
    expect(run(0).adopted).toMatchObject({ reference: expect.stringContaining(':v0@sha256:') });
    expect(run(1).rolledBackBy).toBe(run(3).run);
    for (const index of [0, 1, 2, 3, 4]) expect(run(index).seconds).toBeGreaterThanOrEqual(0);
  }));

test('what it offers is what `rollback.sh --list` says', () =>
  onHost(async (host) => {
    prepare(host, 'v1', 'v2', 'v3');
    const offered = (await historyOf(host)).split('LINE OF THE HISTORY\n')[1] ?? '';
    const listed = host.run({ script: 'rollback.sh', args: ['--list'] }).output;
    const lines = (text: string) =>
      text.match(/^ *\d+ .*?(registry\S+)/gm)?.map((row) => row.trim().split(/\s+/));
    const want = lines(listed)?.map(([steps, line]) => [steps, line]);
    expect(want).toHaveLength(2);
    expect(lines(offered)?.map(([steps, , line]) => [steps, line])).toEqual(want);
  }));

test('a deploy that the next one had to undo', () =>
  onHost(async (host) => {
    prepare(host, 'v1');
    for (const tag of ['v2', 'v3']) host.image(tag);
    host.deploy('v2', 2, {}, killed('call=start nth=1 do=kill-after'));
    expect((await jsonOf(host)).now).toEqual(['v1', 'healthy', false]);
    expect(host.deploy('v3', 3).code).toBe(0);
    const { runs, now, run } = await jsonOf(host);
    expect(runs).toEqual(['deploy done v1', 'deploy restored v2', 'deploy done v3']);
    expect(now).toEqual(['v3', 'healthy', true]);
    expect(run(1)).toMatchObject({ recovered: true, seconds: null });
    expect(await historyOf(host)).toMatch(/^! .* v2 .*interrupted, ended by a later run$/m);
  }));

test('a first deploy that failed, and a host that is down', () =>
  onHost(async (host) => {
    host.image('bad', 'crash');
    expect(host.deploy('bad', 1).code).toBe(12);
    expect(await jsonOf(host)).toMatchObject({ runs: ['deploy down bad'], now: [undefined, 'down', true] });
    expect(await historyOf(host)).toMatch(/^NOTHING HEALTHY RUNS since .*\n\n.*\nX /);
  }));

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Rollout } from '../../src/parameters/parameters.js';
import { FAILED } from '../../src/report/groups.js';
import type { HostState } from '../../src/report/report.js';
import { STATE_WORDS } from '../../src/report/words.js';
import { type Known, nextStep } from '../../src/rollout/next-step.js';

const USUAL: Rollout = { canary: 0, batch: '1', wait: 0, failures: 0, onFailure: 'stop' };

/** `h1:done h2:skipped`; a host with two apps is named twice. */
function known(text: string): Known[] {
  return text.split(' ').map((word, index) => {
    const [server = '', state = ''] = word.split(':');
    return { server, app: `app${index}`, state: state as HostState, canGoBack: state === 'done' };
  });
}

describe('what comes next', () => {
  test.each([
    { given: 'a:skipped b:skipped', want: 'update a' },
    { given: 'a:done b:skipped', want: 'update b' },
    { given: 'a:done b:done', want: undefined },
    { given: 'a:unchanged b:nothing c:skipped', want: 'update c' },
    { given: 'a:restored b:skipped', want: undefined },
    { given: 'a:unreached b:skipped', want: undefined },
    { given: 'a:skipped b:skipped c:skipped', rollout: { batch: '2' }, want: 'update a b' },
    { given: 'a:done b:skipped c:skipped', rollout: { canary: 1, batch: '2' }, want: 'update b c' },
    { given: 'a:restored b:skipped', rollout: { failures: 1 }, want: 'update b' },
    { given: 'a:restored b:down c:skipped', rollout: { failures: 1 }, want: undefined },
    // A host whose second app was left out has been asked.
    { given: 'a:restored a:skipped b:skipped', rollout: { failures: 1 }, want: 'update b' },
    { given: 'a:done a:skipped b:skipped', want: 'update b' },
    {
      given: 'a:done b:unchanged c:restored d:skipped',
      rollout: { onFailure: 'rollback' },
      want: 'revert a',
    },
    { given: 'a:done b:done c:kept', rollout: { onFailure: 'rollback' }, want: 'revert a' },
    { given: 'a:done b:done c:kept', rollout: { onFailure: 'rollback', batch: '2' }, want: 'revert a b' },
    { given: 'a:reverted b:done c:kept', rollout: { onFailure: 'rollback' }, want: 'revert b' },
    { given: 'a:reverted b:stuck c:kept d:skipped', rollout: { onFailure: 'rollback' }, want: undefined },
    { given: 'a:done a:restored b:skipped', rollout: { onFailure: 'rollback' }, want: 'revert a' },
    { given: 'a:done b:unknown c:skipped', rollout: { onFailure: 'rollback' }, want: 'revert a' },
  ] as const)('$given $rollout: $want', ({ given, want, ...more }) => {
    const rollout = { ...USUAL, ...('rollout' in more ? more.rollout : {}) };
    const step = nextStep(known(given), rollout, 'deploy');
    expect(step && [step.action, ...step.servers].join(' ')).toBe(want);
  });

  test('a host that was only made anew is not rolled back past what it had', () => {
    const [a, b] = [known('a:done')[0], known('b:restored')[0]] as [Known, Known];
    expect(
      nextStep([{ ...a, canGoBack: false }, b], { ...USUAL, onFailure: 'rollback' }, 'deploy'),
    ).toBeUndefined();
  });

  test('a rollback is not rolled back', () =>
    expect(
      nextStep(known('a:done b:restored'), { ...USUAL, onFailure: 'rollback' }, 'rollback'),
    ).toBeUndefined());

  test.each([
    { given: 'a:skipped b:skipped', want: 0 },
    { given: 'a:done b:skipped', want: 2 },
    { given: 'a:unchanged b:skipped', want: 0 },
  ])('the pause comes after what has changed something: $given', ({ given, want }) =>
    expect(nextStep(known(given), { ...USUAL, wait: 1500 }, 'deploy')?.seconds).toBe(want),
  );
});

/** Plays a rollout: hosts end as `ends` says, and go back as `backs` says. */
function play(ends: readonly HostState[], backs: readonly HostState[], rollout: Rollout) {
  const hosts = ends.map((_, index) => ({
    server: `h${index}`,
    app: 'x',
    state: 'skipped' as HostState,
    canGoBack: false,
  }));
  const asked: string[] = [];
  let atOnce = 0;
  for (let turns = 0; turns < 1000; turns++) {
    const step = nextStep(hosts, rollout, 'deploy');
    if (step === undefined) return { hosts, asked, atOnce };
    atOnce = Math.max(atOnce, step.servers.length);
    for (const server of step.servers) {
      const index = Number(server.slice(1));
      asked.push(`${step.action} ${server}`);
      const state = (step.action === 'update' ? ends : backs)[index];
      hosts[index] = { server, app: 'x', state: state ?? 'unknown', canGoBack: state === 'done' };
    }
  }
  throw new Error('it does not end');
}

const STATES = Object.keys(STATE_WORDS.en) as HostState[];
const end = fc.constantFrom(...STATES.filter((state) => !['skipped', 'reverted', 'stuck'].includes(state)));
const back = fc.constantFrom<HostState>('reverted', 'stuck', 'down', 'unknown');

test('whatever hosts do, a rollout ends, asks nobody twice, and keeps to its limits', () =>
  fc.assert(
    fc.property(
      fc.array(fc.tuple(end, back), { minLength: 1, maxLength: 20 }),
      fc.record({
        canary: fc.nat(4),
        batch: fc.constantFrom('1', '2', '7', '25%', '100%'),
        wait: fc.constant(0),
        failures: fc.nat(3),
        onFailure: fc.constantFrom('stop' as const, 'rollback' as const),
      }),
      (fates, rollout) => {
        const ends = fates.map(([state]) => state);
        const { hosts, asked, atOnce } = play(
          ends,
          fates.map(([, state]) => state),
          rollout,
        );
        expect(new Set(asked).size).toBe(asked.length);
        const size = rollout.batch.endsWith('%')
          ? Math.ceil((Number.parseInt(rollout.batch, 10) * ends.length) / 100)
          : Number(rollout.batch);
        expect(atOnce).toBeLessThanOrEqual(Math.max(size, rollout.canary));
        const updated = asked
          .filter((line) => line.startsWith('update'))
          .map((line) => Number(line.slice(8)));
        expect(updated).toEqual(updated.map((_, index) => index));
        const failed = updated.filter((index) => FAILED.has(ends[index] as HostState)).length;
        const isStopped = failed > rollout.failures;
        if (!isStopped) expect(updated).toHaveLength(ends.length);
        const isReverted = isStopped && rollout.onFailure === 'rollback';
        const reverted = updated.filter((index) => ends[index] === 'done');
        expect(asked.filter((line) => line.startsWith('revert'))).toHaveLength(
          isReverted ? reverted.length : 0,
        );
        if (isReverted) expect(hosts.some(({ state }) => state === 'done')).toBe(false);
      },
    ),
    { numRuns: 500 },
  ));

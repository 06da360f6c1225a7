import { describe, expect, test } from '@jest/globals';
import { deploy, hostOf, line, reference } from './support.js';

const V1 = deploy('01:00:00', '01:00:12', { to: 'v1', build: '1' });
const V2 = deploy('02:00:00', '02:00:12', { from: 'v1', to: 'v2', build: '2' });

function told(journal: string) {
  const { runs, periods, isOpen } = hostOf('web1', journal, undefined);
  const last = periods.at(-1);
  return {
    runs: runs.map(({ action, result, to, seconds }) =>
      [action, result, to.split(':').at(-1), seconds].join(' '),
    ),
    now: `${last?.state} ${last?.reference.split(':').at(-1)}`,
    isOpen,
    recovered: runs.filter(({ recovered }) => recovered).map(({ build }) => build),
    undone: runs.filter(({ rolledBackBy }) => rolledBackBy !== '').map(({ build }) => build),
  };
}

const NOTHING = { isOpen: false, recovered: [], undone: [] };

test.each([
  {
    name: 'two deploys',
    journal: V1 + V2,
    want: { ...NOTHING, runs: ['deploy done v1 12', 'deploy done v2 12'], now: 'healthy v2' },
  },
  {
    name: 'a deploy that changed nothing, on a journal that begins with it',
    journal: deploy('01:00:00', '01:00:03', { result: 'unchanged', from: 'v1', to: 'v1', seconds: '3' }),
    want: { ...NOTHING, runs: ['deploy unchanged v1 3'], now: 'healthy v1' },
  },
  {
    name: 'a failed one, the old version goes on',
    journal: V1 + deploy('02:00:00', '02:00:12', { result: 'kept', from: 'v1', to: 'v2' }),
    want: { ...NOTHING, runs: ['deploy done v1 12', 'deploy kept v2 12'], now: 'healthy v1' },
  },
  {
    name: 'a failed one that never saw the containers',
    journal: V1 + deploy('02:00:00', '02:00:12', { result: 'kept', to: 'v2' }),
    want: { ...NOTHING, runs: ['deploy done v1 12', 'deploy kept v2 12'], now: 'healthy v1' },
  },
  {
    name: 'down',
    journal: V1 + deploy('02:00:00', '02:00:12', { result: 'down', from: 'v1', to: 'v2' }),
    want: { ...NOTHING, runs: ['deploy done v1 12', 'deploy down v2 12'], now: 'down v1' },
  },
  {
    name: 'begun and nothing more',
    journal: V1 + line({ at: '02:00:00', result: 'begun', to: 'v2' }),
    want: { ...NOTHING, runs: ['deploy done v1 12', 'deploy begun v2 '], now: 'healthy v1', isOpen: true },
  },
  {
    name: 'interrupted, and the next deploy put it right',
    journal:
      V1 +
      line({ at: '02:00:00', result: 'begun', to: 'v2', build: '2' }) +
      line({ at: '03:00:00', result: 'begun', to: 'v3', build: '3' }) +
      line({
        at: '03:00:05',
        began: '02:00:00',
        result: 'restored',
        from: 'v1',
        to: 'v2',
        build: '2',
        seconds: '5',
      }) +
      line({ at: '03:00:05', began: '03:00:00', result: 'begun', to: 'v3', build: '3' }) +
      line({ at: '03:00:17', began: '03:00:00', from: 'v1', to: 'v3', build: '3', seconds: '12' }),
    want: {
      ...NOTHING,
      runs: ['deploy done v1 12', 'deploy restored v2 ', 'deploy done v3 12'],
      now: 'healthy v3',
      recovered: ['2'],
    },
  },
  {
    name: 'an end of an earlier run does not end the one that wrote it',
    journal:
      line({ at: '02:00:00', result: 'begun', to: 'v2', build: '2' }) +
      line({ at: '03:00:00', result: 'begun', to: 'v3', build: '3' }) +
      line({ at: '03:00:05', began: '02:00:00', result: 'restored', from: 'v1', to: 'v2', build: '2' }),
    want: {
      ...NOTHING,
      runs: ['deploy restored v2 ', 'deploy begun v3 '],
      now: 'healthy v1',
      recovered: ['2'],
      isOpen: true,
    },
  },
  {
    name: 'interrupted, and a rollback put it right',
    journal:
      V1 +
      line({ at: '02:00:00', result: 'begun', to: 'v2', build: '2' }) +
      line({
        at: '03:00:00',
        began: '02:00:00',
        result: 'restored',
        from: 'v1',
        to: 'v2',
        build: '2',
        seconds: '4',
      }),
    want: {
      ...NOTHING,
      runs: ['deploy done v1 12', 'deploy restored v2 '],
      now: 'healthy v1',
      recovered: ['2'],
    },
  },
  {
    name: 'down, and later restored',
    journal:
      V1 +
      deploy('02:00:00', '02:00:12', { result: 'down', from: 'v1', to: 'v2', build: '2' }) +
      line({
        at: '03:00:00',
        began: '02:00:00',
        result: 'restored',
        from: 'v1',
        to: 'v2',
        build: '2',
        seconds: '4',
      }),
    want: {
      ...NOTHING,
      runs: ['deploy done v1 12', 'deploy restored v2 '],
      now: 'healthy v1',
      recovered: ['2'],
    },
  },
  {
    name: 'a rollback over two updates undoes both, and not what comes after',
    journal:
      V1 +
      V2 +
      deploy('03:00:00', '03:00:12', { from: 'v2', to: 'v3', build: '3' }) +
      line({
        at: '04:00:05',
        began: '04:00:00',
        action: 'rollback',
        from: 'v3',
        to: 'v1',
        build: '4',
        seconds: '5',
      }) +
      deploy('05:00:00', '05:00:12', { from: 'v1', to: 'v5', build: '5' }),
    want: {
      ...NOTHING,
      runs: [
        'deploy done v1 12',
        'deploy done v2 12',
        'deploy done v3 12',
        'rollback done v1 5',
        'deploy done v5 12',
      ],
      now: 'healthy v5',
      undone: ['2', '3'],
    },
  },
  {
    name: 'a rollback that failed undoes nothing',
    journal:
      V1 +
      V2 +
      line({
        at: '04:00:05',
        began: '04:00:00',
        action: 'rollback',
        result: 'restored',
        from: 'v2',
        to: 'v1',
        seconds: '5',
      }),
    want: {
      ...NOTHING,
      runs: ['deploy done v1 12', 'deploy done v2 12', 'rollback restored v1 5'],
      now: 'healthy v2',
    },
  },
  {
    name: 'a recovery that could not begin',
    journal: V1 + line({ at: '02:00:00', action: 'recover', result: 'down' }),
    want: { ...NOTHING, runs: ['deploy done v1 12', 'recover down  0'], now: 'down ' },
  },
])('$name', ({ journal, want }) => expect(told(journal)).toEqual(want));

test('an adoption belongs to its run, also where its kind is told later', () => {
  const adopted = line({
    at: '01:00:01',
    began: '01:00:00',
    action: 'adopt',
    result: 'always',
    from: 'v9',
    to: 'v0',
  });
  const rollback = line({
    at: '01:00:05',
    began: '01:00:00',
    action: 'rollback',
    from: 'v0',
    to: 'v1',
    seconds: '5',
  });
  const adoption = { container: reference('v9'), reference: reference('v0'), restart: 'always' };
  expect(hostOf('web1', adopted + rollback, undefined).runs).toEqual([
    expect.objectContaining({
      action: 'rollback',
      result: 'done',
      adopted: adoption,
      seconds: 5,
      lastLine: 2,
    }),
  ]);
  const alone = hostOf('web1', adopted, undefined);
  expect(alone.runs).toEqual([
    expect.objectContaining({ action: 'adopt', result: 'begun', adopted: adoption }),
  ]);
  expect([alone.isOpen, alone.periods.at(-1)?.reference]).toEqual([true, reference('v0')]);
});

describe('how long', () => {
  test('each version served', () => {
    const { periods } = hostOf('web1', V1 + V2, undefined);
    const [first, last] = periods;
    expect(first).toMatchObject({
      since: Date.parse('2026-11-23T01:00:12Z'),
      until: Date.parse('2026-11-23T02:00:12Z'),
    });
    expect(last).toMatchObject({ until: null });
  });

  test('a clock that was set back is said, and the order is that of the journal', () => {
    const back = deploy('00:30:00', '00:30:12', { from: 'v1', to: 'v2', build: '2' });
    const { runs, setBack } = hostOf('web1', V1 + back, undefined);
    expect(runs.map(({ build }) => build)).toEqual(['1', '2']);
    expect(runs.map(({ seconds }) => seconds)).toEqual([12, 12]);
    expect(setBack).toEqual([{ line: 3, seconds: 1812 }]);
  });

  test('a run within which the clock was set back keeps its own seconds', () =>
    expect(told(deploy('02:00:00', '01:00:12', { to: 'v2', seconds: '12' })).runs).toEqual([
      'deploy done v2 12',
    ]));
});

import { describe, expect, test } from '@jest/globals';
import { makeReport } from '../../src/report/make-report.js';
import { answer, BACK, manifest, outcome, RESTORED, reference, type Story } from './support.js';

const updated = (server: string, undo: Story | string) => ({
  ...answer(server, {}),
  undo: typeof undo === 'string' ? undo : outcome(undo),
});
const broken = answer('web9', RESTORED);
const STATUS = 'sh /srv/deploy/citest/rollback.sh --status';

describe('a host that was updated and went back because another failed', () => {
  test.each([
    { name: 'it runs the old version', undo: BACK, state: 'reverted' },
    {
      name: 'somebody else has deployed meanwhile',
      undo: { ...BACK, action: 'deploy', result: 'done', now: `${reference('v3')} running` },
      state: 'reverted',
    },
    {
      name: 'there was nothing before',
      undo: { exit: 13, action: '-', result: '-', now: `${reference('v2')} running`, history: [] },
      state: 'stuck',
    },
    {
      name: 'the old one failed',
      undo: { ...BACK, exit: 11, now: `${reference('v2')} running` },
      state: 'stuck',
    },
    {
      name: 'it could not be pulled',
      undo: { ...BACK, exit: 10, now: `${reference('v2')} running` },
      state: 'stuck',
    },
    {
      name: 'another run held the lock',
      undo: { ...BACK, exit: 75, now: `${reference('v2')} running` },
      state: 'stuck',
    },
    { name: 'nothing runs', undo: { ...BACK, exit: 12, now: '- none' }, state: 'down' },
    { name: 'no answer', undo: '', state: 'unknown' },
    { name: 'killed', undo: { ...BACK, exit: 137 }, state: 'unknown' },
    { name: 'an answer of another build', undo: { ...BACK, build: '6' }, state: 'unknown' },
  ])('$name: $state', ({ undo, state }) => {
    const { hosts, result } = makeReport([manifest()], [updated('web1', undo), broken], 'en');
    expect(hosts[0]?.state).toBe(state);
    expect(result).toBe('FAILURE');
  });

  test('one sentence', () => {
    const answers = [updated('web1', BACK), updated('web2', BACK), broken, answer('web3', null)];
    const { sentence, description } = makeReport([manifest()], answers, 'en');
    expect(sentence).toBe(
      'web9: v2 failed and v1 runs again; web1 and web2 were rolled back to v1; web3 was not touched: repair the new version and deploy again, do not roll back.',
    );
    expect(description).toContain('web1 and web2 were rolled back to v1');
    expect(makeReport([manifest()], answers, 'zh').sentence).toContain('web1、web2 已回滚到 v1；web3 未执行');
  });

  test('one that is stuck is what has to be looked at', () => {
    const stuck = updated('web1', { ...BACK, exit: 11, now: `${reference('v2')} running` });
    expect(makeReport([manifest()], [stuck, broken], 'en').sentence).toBe(
      `web1: could not be rolled back, v2 still runs; web9: v2 failed and v1 runs again: see the output of web1 above for the reason, and look on web1: ${STATUS}.`,
    );
  });
});

test('a host on which nothing was executed is not a host of unknown state', () => {
  const away = { ...answer('web2', ''), isUnreached: true };
  const { sentence, result } = makeReport([manifest()], [answer('web1', {}), away], 'en');
  expect(result).toBe('FAILURE');
  expect(sentence).toBe(
    'web2 could not be reached and was not touched; web1 runs v2: see above for the reason, then start again: hosts that have it already are passed over.',
  );
});

describe('the next step', () => {
  const settings = (more: object) => [{ ...manifest(), rollout: { ...manifest().rollout, ...more } }];

  test('is part of the report', () => {
    const answers = [answer('web1', {}), answer('web2', null), answer('web3', null)];
    expect(makeReport(settings({ batch: '2', canary: 1 }), answers, 'en').next).toEqual({
      ...{ action: 'update', servers: ['web2', 'web3'], seconds: 0 },
    });
    expect(makeReport([manifest()], [answer('web1', {})], 'en').next).toBeNull();
    expect(makeReport([manifest()], [], 'en').next).toBeNull();
  });

  test('is the way back', () =>
    expect(makeReport(settings({ onFailure: 'rollback' }), [answer('web1', {}), broken], 'en').next).toEqual({
      ...{ action: 'revert', servers: ['web1'], seconds: 0 },
    }));
});

test('an app that has its own scripts on each host is judged by those', () => {
  const own = (name: string, auto: string) => ({ ...manifest(), auto, hosts: [{ name, ssh: name }] });
  const manifests = [own('web1', 'b2'.repeat(32)), own('web2', 'c3'.repeat(32))];
  const answers = [answer('web1', { auto: 'b2'.repeat(32) }), answer('web2', { auto: 'b2'.repeat(32) })];
  expect(makeReport(manifests, answers, 'en').hosts.map(({ state, reason }) => [state, reason])).toEqual([
    ['done', ''],
    ['unknown', 'script'],
  ]);
});

describe('which hosts can go back', () => {
  const can = (story: Story) => makeReport([manifest()], [answer('web1', story)], 'en').hosts[0]?.canGoBack;

  test.each<{ name: string; story: Story; want: boolean }>([
    { name: 'an update', story: {}, want: true },
    // Its image was unhealthy and was made anew: the last line is what ran before that.
    { name: 'the same version made anew', story: { from: reference('v2') }, want: false },
    { name: 'a first deploy', story: { from: '-', history: [] }, want: false },
    { name: 'a first deploy beside an old history', story: { from: '-' }, want: false },
    { name: 'a version that was there', story: { result: 'unchanged', from: reference('v2') }, want: false },
    { name: 'a version that failed', story: RESTORED, want: false },
  ])('$name: $want', ({ story, want }) => expect(can(story)).toBe(want));

  test('the same tag built again: the way back leads to the other digest', () => {
    const [old, now] = ['a', 'b'].map((digit) =>
      reference('v2').replace(/[0-9a-f]{64}$/, digit.repeat(64)),
    ) as [string, string];
    const update = { from: old, to: now, now: `${now} running`, history: [old] };
    const undo = outcome({ ...BACK, from: now, to: old, now: `${old} running` });
    const [host] = makeReport([manifest()], [{ ...answer('web1', update), undo }, broken], 'en').hosts;
    expect(host?.state).toBe('reverted');
  });
});

test('a rollout that somebody ended is no success', () => {
  const results = [['web1'], []].map(
    (asked) =>
      makeReport(
        [manifest()],
        ['web1', 'web2'].map((name) => answer(name, asked.includes(name) ? {} : null)),
        'en',
      ).result,
  );
  expect(results).toEqual(['FAILURE', 'NOT_BUILT']);
});

import { describe, expect, test } from '@jest/globals';
import { judge } from '../../src/report/judge.js';
import { parseOutcome } from '../../src/report/outcome.js';
import { AUTO, manifest, outcome, reference, type Story } from './support.js';

function judged(story: Story, mode: 'deploy' | 'rollback' = 'deploy', target: string | null = null) {
  const parsed = parseOutcome(outcome(story), { build: '7', auto: AUTO });
  if (typeof parsed === 'string') throw new Error(parsed);
  const { state, reason } = judge(parsed, manifest('citest', mode, target));
  return reason === '' ? state : `${state}: ${reason}`;
}

const BACK: Story = {
  action: 'rollback',
  from: reference('v2'),
  to: reference('v1'),
  now: `${reference('v1')} running`,
};
const bare = (tag: string) => reference(tag).replace(/@.*/, '');
const byDigest = (tag: string) => reference(tag).replace(`:${tag}@`, '@');
const NOTHING: Story = { action: '-', result: '-', from: '-', to: '-' };

describe('exit code 0 of a deploy of v2', () => {
  test.each([
    { name: 'v2 runs', story: {}, want: 'done' },
    { name: 'it is known by its tag', story: { now: `${bare('v2')} running` }, want: 'done' },
    { name: 'v1 runs', story: { now: `${reference('v1')} running` }, want: 'unknown: other' },
    { name: 'an image of another app runs', story: { now: 'x/y:v2 running' }, want: 'unknown: other' },
    { name: 'what runs has no name', story: { now: '- running' }, want: 'unknown: other' },
    { name: 'the host is not sure', story: { now: '- unknown' }, want: 'unknown: unseen' },
    { name: 'nothing runs', story: { now: '- none' }, want: 'down' },
    { name: 'the result says otherwise', story: { result: 'restored' }, want: 'done' },
    { name: 'it was v2 already', story: { result: 'unchanged', from: reference('v2') }, want: 'unchanged' },
    {
      name: 'the same image under its former tag stays',
      story: { result: 'unchanged', now: `${reference('v1')} running` },
      want: 'unchanged',
    },
    {
      name: 'unchanged, and another runs since',
      story: { result: 'unchanged', now: `${reference('v3')} running` },
      want: 'unknown: other',
    },
    { name: 'no line in the journal', story: { ...NOTHING }, want: 'done' },
    { name: 'a line of a rollback with this number', story: { action: 'rollback' }, want: 'done' },
  ])('$name: $want', ({ story, want }) => expect(judged(story)).toBe(want));
});

describe('exit code 0 of a rollback to v1', () => {
  test.each([
    { name: 'v1 runs', story: BACK, want: 'done' },
    {
      name: 'from a line of the recipe',
      story: { ...BACK, to: byDigest('v1'), now: `${bare('v1')} running` },
      want: 'done',
    },
    { name: 'v2 runs', story: { ...BACK, now: `${reference('v2')} running` }, want: 'unknown: other' },
    {
      name: 'there was nothing to do',
      story: { ...NOTHING, now: `${reference('v1')} running` },
      want: 'unchanged',
    },
    { name: 'a line of a deploy with this number', story: {}, want: 'unchanged' },
    { name: 'nothing runs', story: { ...BACK, now: '- none' }, want: 'down' },
  ])('$name: $want', ({ story, want }) => expect(judged(story, 'rollback')).toBe(want));
});

describe('other exit codes', () => {
  test.each([
    [10, 'kept'],
    [11, 'restored'],
    [12, 'down'],
    [13, 'nothing'],
    [64, 'refused'],
    [75, 'locked'],
    [1, 'unknown'],
    [137, 'unknown'],
  ])('%i: %s', (exit, want) => expect(judged({ ...BACK, exit }, 'rollback')).toBe(want));

  test.each([
    ['v9', 'absent'],
    ['', 'absent'],
    [null, 'nothing'],
  ])('13 with the target %j: %s', (target, want) =>
    expect(judged({ ...NOTHING, exit: 13 }, 'rollback', target)).toBe(want),
  );
});

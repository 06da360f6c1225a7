import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseOutcome } from '../../src/report/outcome.js';
import { AUTO, outcome, reference } from './support.js';

const EXPECTED = { build: '7', auto: AUTO };

test('an outcome of this build', () =>
  expect(parseOutcome(outcome(), EXPECTED)).toEqual({
    exit: 0,
    action: 'deploy',
    result: 'done',
    from: reference('v1'),
    to: reference('v2'),
    seconds: 12,
    now: { reference: reference('v2'), state: 'running' },
    history: [reference('v1'), reference('v0')],
  }));

test('what is not known is empty', () =>
  expect(
    parseOutcome(
      outcome({ action: '-', result: '-', from: '-', to: '-', now: '- none', history: [] }),
      EXPECTED,
    ),
  ).toMatchObject({
    action: '',
    result: '',
    from: '',
    to: '',
    now: { reference: '', state: 'none' },
    history: [],
  }));

describe('is none', () => {
  test.each([
    { name: 'nothing came back', text: '', want: 'silent' },
    { name: 'white space came back', text: ' \n', want: 'silent' },
    { name: 'cut before its end', text: outcome().slice(0, -4), want: 'cut' },
    { name: 'something else', text: 'sh: 1: rollback.sh: not found\n', want: 'cut' },
    { name: 'longer than any outcome', text: outcome({ from: 'x'.repeat(100_000) }), want: 'cut' },
    { name: 'of another build', text: outcome({ build: '6' }), want: 'build' },
    { name: 'of no build', text: outcome({ build: '-' }), want: 'build' },
    { name: 'of another script', text: outcome({ auto: 'b2'.repeat(32) }), want: 'script' },
    { name: 'of a script that is gone', text: outcome({ auto: '-' }), want: 'script' },
    { name: 'without an exit code', text: outcome().replace('exit 0\n', ''), want: 'cut' },
    { name: 'with a strange exit code', text: outcome().replace('exit 0\n', 'exit 0x0\n'), want: 'cut' },
  ])('$name', ({ text, want }) => expect(parseOutcome(text, EXPECTED)).toBe(want));

  test('every shorter piece of it', () => {
    const whole = outcome().trimEnd();
    for (let length = 1; length < whole.length; length++)
      expect(typeof parseOutcome(whole.slice(0, length), EXPECTED)).toBe('string');
  });
});

test('references with anything but the characters of a reference are dropped, a second line of a word is ignored', () => {
  const forged = outcome({
    from: '<script>',
    to: `a b`,
    now: 'x$(id) running',
    history: ['`id`', reference('v0')],
  });
  const parsed = parseOutcome(forged.replace('end\n', 'exit 0\nnow x running\nend\n'), EXPECTED);
  expect(parsed).toMatchObject({ from: '', to: '', now: { reference: '' }, history: [reference('v0')] });
});

test('any text at all gives an outcome or a reason', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat(300), (noise, at) => {
      const text = outcome();
      const parsed = parseOutcome(text.slice(0, at) + noise + text.slice(at), EXPECTED);
      if (typeof parsed === 'string') return;
      for (const name of [parsed.from, parsed.to, parsed.now.reference, ...parsed.history])
        expect(name).toMatch(/^[\w.:/@-]*$/);
    }),
  );
});

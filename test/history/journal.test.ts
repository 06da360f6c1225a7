import { describe, expect, test } from '@jest/globals';
import { isJournal, parseJournal } from '../../src/history/journal.js';
import { line, reference } from './support.js';

const GOOD = line({ at: '04:47:29', from: 'v1', to: 'v2', seconds: '12' });

test('a line of the scripts', () =>
  expect(parseJournal(GOOD)).toEqual({
    strategies: new Map(),
    unreadable: [],
    lines: [
      {
        number: 1,
        time: Date.parse('2026-11-23T04:47:29Z'),
        run: '20261123T044729Z-41',
        action: 'deploy',
        result: 'done',
        from: reference('v1'),
        to: reference('v2'),
        build: '7',
        who: 'li.lei',
        seconds: 12,
      },
    ],
  }));

describe('what else a file may hold', () => {
  test.each([
    { name: 'a line that was cut', text: `${GOOD.slice(0, 60)}\n${GOOD}`, numbers: [2], bad: ['1 cut'] },
    { name: 'a foreign line', text: `hello\n${GOOD}`, numbers: [2], bad: ['1 foreign'] },
    { name: 'ten columns', text: `${GOOD.trimEnd()}\tx\n`, numbers: [], bad: ['1 cut'] },
    {
      name: 'an unknown action',
      text: line({ at: '04:47:29', action: 'delete' }),
      numbers: [],
      bad: ['1 cut'],
    },
    {
      name: 'an unknown result',
      text: line({ at: '04:47:29', result: 'fine' }),
      numbers: [],
      bad: ['1 cut'],
    },
    {
      name: 'a time that is none',
      text: line({ at: '24:99:00', began: '04:47:29' }),
      numbers: [],
      bad: ['1 cut'],
    },
    { name: 'a run that is none', text: GOOD.replace('20261123T', '\u001b[2J'), numbers: [], bad: ['1 cut'] },
    { name: 'empty lines', text: `\n\n${GOOD}\n`, numbers: [3], bad: [] },
    { name: 'NUL', text: `\0\0\0\n${GOOD}`, numbers: [2], bad: ['1 foreign'] },
    {
      name: "another system's line ends",
      text: `\ufeff${GOOD.replace('\n', '\r\n').repeat(2)}`,
      numbers: [1, 2],
      bad: [],
    },
    { name: 'a history', text: `${reference('v1')}\n`, numbers: [], bad: ['1 foreign'] },
    { name: 'nothing', text: '', numbers: [], bad: [] },
  ])('$name', ({ text, numbers, bad }) => {
    const { lines, unreadable } = parseJournal(text);
    expect(lines.map(({ number }) => number)).toEqual(numbers);
    expect(unreadable.map((one) => `${one.line} ${one.reason}`)).toEqual(bad);
  });

  test.each(['-3', '', 'x', '12 ', '1e3'])('"%s" is no number of seconds', (seconds) =>
    expect(parseJournal(line({ at: '04:47:29', seconds })).lines[0]?.seconds).toBeNull(),
  );

  test('a last line without its end may lack a digit', () =>
    expect(parseJournal(GOOD.slice(0, -2)).lines[0]).toMatchObject({ result: 'done', seconds: null }));
});

test.each([
  [GOOD, true],
  [`half a li\n${GOOD}`, true],
  [`${reference('v1')}\n`, false],
  ['', false],
])('a journal is told from a history', (text, want) => expect(isJournal(text)).toBe(want));

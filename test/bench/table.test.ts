import { describe, expect, test } from '@jest/globals';

/** The benchmarks are plain JavaScript, which has no types to import. */
const load = async (name: string) => await import(`../../bench/${name}.mjs`);
const { isMet, formatGoal, formatNumber } = await load('rows');
const { markdownTable, textTable } = await load('table');
const { drawChart } = await load('chart');

const ROWS = [
  { what: ['quick', '快'], ours: 10, other: 5, otherName: ['slow', '慢'], goal: { ratio: 2 }, unit: 'ms' },
  { what: ['calls', '调用'], ours: 14, goal: { most: 12 } },
  { what: ['to know', '仅供参考'], ours: 0.123, unit: 'ms' },
  { what: ['a|b <c>', '没有'], skipped: 'no such program' },
];

describe('a goal', () => {
  test.each([
    [{ ours: 10, other: 5, goal: { ratio: 2 } }, true],
    [{ ours: 10, other: 5, ratio: 2.1, goal: { ratio: 2 } }, false],
    [{ ours: 60, other: 10, goal: { more: 50 } }, true],
    [{ ours: 60, other: 10, more: 51, goal: { more: 50 } }, false],
    [{ ours: 16, goal: { most: 15 } }, false],
    [{ ours: 1000, goal: { least: 1000 } }, true],
    [{ ours: 1 }, undefined],
    [{ skipped: 'not here', goal: { most: 1 } }, undefined],
  ])('%j: %s', (row, met) => expect(isMet(row)).toBe(met));

  test('as the table has it', () => {
    const goals = [{ ratio: 2.5 }, { more: 50 }, { most: 70 }, { least: 1000 }];
    expect(goals.map((goal) => formatGoal({ goal, unit: 'ms' }))).toEqual([
      ...['≤ 2.5 ×', '≤ + 50 ms', '≤ 70 ms', '≥ 1000 ms'],
    ]);
  });
});

test.each([
  [15, '15'],
  [2.346, '2.35'],
  [23.46, '23.5'],
  [234.6, '235'],
])('%d is shown as %s', (value, want) => expect(formatNumber(value)).toBe(want));

test('the table of a page, in Chinese', () =>
  expect(markdownTable(ROWS, 'zh').split('\n')).toEqual([
    '| 项目 | 本项目 | 对照 | 比值 | 目标 |  |',
    '| --- | --: | --: | --: | --: | --- |',
    '| 快 | 10 ms | 5 ms (慢) | 2.00 | ≤ 2 × | 达到 |',
    '| 调用 | 14 |  |  | ≤ 12 | **未达到** |',
    '| 仅供参考 | 0.12 ms |  |  |  |  |',
    '| 没有 |  |  |  |  | 跳过: no such program |',
  ]));

test('the table of a terminal', () => {
  const lines = textTable(ROWS).split('\n');
  expect(lines[1]).toMatch(/^quick +10 ms +5 ms \(slow\) +2\.00 +≤ 2 × {2}met$/);
  expect(lines[2]).toMatch(/NOT MET$/);
  expect(lines[4]).toMatch(/^a\|b <c> +skipped: no such program$/);
});

test('the chart has a pair of bars for each row that has two numbers, and none for what was skipped', () => {
  const chart = drawChart(ROWS, 'a <title> & more');
  expect(chart.match(/class="(?:ours|missed|other)"/g)).toEqual([
    ...['class="ours"', 'class="other"', 'class="missed"', 'class="other"', 'class="ours"'],
  ]);
  expect(chart).toContain('a &lt;title&gt; &amp; more');
  expect(chart).not.toContain('no such program');
});

import { expect, test } from '@jest/globals';
import { cutLine, fitTable, widthOf } from '../../src/output/table.js';

const ROWS = [
  ['aaa', 'bbb', 'ccc'],
  ['1', '2', '版本版本'],
];

test.each([
  [40, 'aaa  bbb  ccc\n1    2    版本版本\n'],
  [18, 'aaa  bbb  ccc\n1    2    版本版本\n'],
  [17, 'aaa  ccc\n1    版本版本\n'],
  [12, 'ccc\n版本版本\n'],
  [6, 'ccc\n版本…\n'],
])('%i columns', (width, want) => {
  const table = fitTable(ROWS, width, [1, 0]);
  expect(table).toBe(want);
  for (const line of table.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(width);
});

test('a line that fits is not cut', () =>
  expect([cutLine('abc', 3), cutLine('abcd', 3)]).toEqual(['abc', 'ab…']));

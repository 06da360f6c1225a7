import { expect, test } from '@jest/globals';
import { formatTable } from '../../src/output/table.js';

test('columns are as wide as their widest cell, the last is not padded', () =>
  expect(
    formatTable([
      ['HOST', 'NOW', 'STATE'],
      ['web10', '', 'healthy'],
      ['w', 'v2', ''],
    ]),
  ).toBe('HOST   NOW  STATE\nweb10       healthy\nw      v2\n'));

test('a Chinese character takes two columns', () =>
  expect(
    formatTable([
      ['主机', 'x'],
      ['web10', 'y'],
    ]),
  ).toBe('主机   x\nweb10  y\n'));

test('no rows', () => expect(formatTable([])).toBe(''));

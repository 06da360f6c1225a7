import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { diffLines, hunksOf } from '../../src/preview/diff.js';

describe('diffLines', () => {
  const rows: [string, string, string[]][] = [
    ['', '', []],
    ['a\n', 'a\n', ['same 1 1 a']],
    ['a\nb\n', 'a\nc\n', ['same 1 1 a', 'removed 2 - b', 'added - 2 c']],
    ['', 'a\n\n', ['added - 1 a', 'added - 2 ']],
    ['a\n', '', ['removed 1 - a']],
  ];
  test.each(rows)('%j to %j', (before, after, want) => {
    const lines = diffLines(before, after);
    expect(lines.map((l) => `${l.kind} ${l.before ?? '-'} ${l.after ?? '-'} ${l.text}`)).toEqual(want);
  });

  test('both texts are in it, whole and numbered', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', '', ' c'), { maxLength: 12 })
      .map((all) => all.map((l) => `${l}\n`).join(''));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = diffLines(before, after);
        for (const [side, whole] of [
          ['before', before],
          ['after', after],
        ] as const) {
          const own = lines.filter((line) => line[side] !== undefined);
          expect(own.map((line) => `${line.text}\n`).join('')).toBe(whole);
          expect(own.map((line) => line[side])).toEqual(own.map((_, index) => index + 1));
        }
      }),
    );
  });
});

describe('hunksOf', () => {
  const numbers = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, index) => `${from + index}\n`).join('');

  test('nothing changed: nothing', () => expect(hunksOf(diffLines('a\n', 'a\n'))).toEqual([]));

  test('changes far from each other are two, with three lines around', () => {
    const after = numbers(1, 30).replace('5\n', 'five\n').replace('\n20\n', '\ntwenty\n');
    const hunks = hunksOf(diffLines(numbers(1, 30), after));
    expect(hunks.map((hunk) => [hunk[0]?.before, hunk.at(-1)?.before])).toEqual([
      [2, 8],
      [17, 23],
    ]);
  });
});

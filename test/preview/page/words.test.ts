import { expect, test } from '@jest/globals';
import { ENGLISH } from '../../../src/preview/page/words.js';
import { CHINESE } from '../../../src/preview/page/words-zh.js';

/** Every key, with what kind of thing it is. */
function shapeOf(words: unknown): unknown {
  if (Array.isArray(words)) return words.map(shapeOf);
  if (typeof words !== 'object' || words === null) return typeof words;
  return Object.fromEntries(
    Object.entries(words)
      .sort()
      .map(([key, value]) => [key, shapeOf(value)]),
  );
}

test('both languages say the same things', () => expect(shapeOf(CHINESE)).toEqual(shapeOf(ENGLISH)));

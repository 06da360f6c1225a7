import { expect, test } from '@jest/globals';
import { pageOf, textOf, translatedPages } from './pages.js';

test('there are translations', () => expect(translatedPages().length).toBeGreaterThan(5));

/** What one page got and the other did not: words differ, the rest corresponds. */
test.each(translatedPages())('%s and %s have the same headings and tables', (english, chinese) =>
  expect(shapeOf(chinese)).toEqual(shapeOf(english)),
);

test.each(translatedPages())('%s and %s name the same message codes', (english, chinese) =>
  expect(messageCodesIn(chinese)).toEqual(messageCodesIn(english)),
);

test.each(translatedPages())('%s and %s show the same code', (english, chinese) => {
  const [given, wanted] = [codeOf(chinese), codeOf(english)];
  expect(given.map((block, index) => untranslated(block, wanted[index] ?? []))).toEqual(wanted);
});

function shapeOf(name: string) {
  const { headings, tables } = pageOf(name);
  return { levels: headings.map(({ level }) => level), rows: tables };
}

function messageCodesIn(name: string): string[] {
  return [...new Set(textOf(name).match(/\bGS\d{3}\b/g) ?? [])].sort();
}

function codeOf(name: string): string[][] {
  return pageOf(name).blocks.map((lines) => lines.map(withoutComment).filter((line) => line !== ''));
}

/** Comments are translated, and a Chinese reader is shown how to get Chinese. */
function withoutComment(line: string): string {
  return line
    .replace(/(^|\s)(#|\/\/)(\s.*|$)/, '')
    .replace(' --lang zh', '')
    .trimEnd();
}

/** A line in Chinese is the translation of the line in its place: that there is one is all that can be compared. */
function untranslated(block: readonly string[], wanted: readonly string[]): string[] {
  return block.map((line, index) => (/\p{Script=Han}/u.test(line) ? (wanted[index] ?? line) : line));
}

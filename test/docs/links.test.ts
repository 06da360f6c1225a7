import { expect, test } from '@jest/globals';
import { anchorsOf } from './markdown.js';
import { exists, pageNames, pageOf, targetOf, textOf, translatedPages, translationOf } from './pages.js';

const INDEX = 'docs/zh-CN/README.md';

test.each(pageNames())('%s: every link leads somewhere', (page) => {
  const dead = pageOf(page).links.filter((link) => {
    const target = targetOf(link, page);
    return target !== undefined && !leadsSomewhere(target);
  });
  expect(dead).toEqual([]);
});

test.each(translatedPages())('%s and %s: each names the other below its title', (english, chinese) => {
  expect(linkedBelowTitle(english, 'English |')).toBe(chinese);
  expect(linkedBelowTitle(chinese, '| 简体中文')).toBe(english);
});

test.each(chinesePages())('%s leads to Chinese pages where there are any', (page) => {
  const paths = pageOf(page).links.flatMap((link) => targetOf(link, page)?.path ?? []);
  const translated = paths.filter((path) => translationOf(path) !== path && exists(translationOf(path)));
  // Its own original is linked below the title.
  expect(translated.filter((path) => translationOf(path) !== page)).toEqual([]);
});

test('the Chinese index names every Chinese page', () => {
  const named = pageOf(INDEX).links.map((link) => targetOf(link, INDEX)?.path);
  expect(chinesePages().filter((page) => page !== INDEX && !named.includes(page))).toEqual([]);
});

function chinesePages(): string[] {
  return pageNames().filter((name) => name.includes('zh-CN'));
}

function leadsSomewhere({ path, anchor }: { path: string; anchor: string }): boolean {
  if (path.startsWith('..') || !exists(path)) return false;
  return anchor === '' || (path.endsWith('.md') && anchorsOf(pageOf(path)).includes(anchor));
}

function linkedBelowTitle(page: string, words: string): string | undefined {
  const [, , line = ''] = textOf(page).split('\n');
  const [, link] = /\]\(([^)]+)\)/.exec(line) ?? [];
  return line.includes(words) && link !== undefined ? targetOf(link, page)?.path : undefined;
}

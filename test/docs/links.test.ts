import { expect, test } from '@jest/globals';
import { anchorsOf } from './markdown.js';
import { exists, pageNames, pageOf, targetOf, textOf, translatedPages, translationOf } from './pages.js';

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

test.each(translatedPages())('%s, %s: Chinese pages link to Chinese pages', (english, chinese) => {
  const paths = pageOf(chinese).links.flatMap((link) => targetOf(link, chinese)?.path ?? []);
  const others = paths.filter((path) => path !== english);
  expect(others.filter((path) => translationOf(path) !== path && exists(translationOf(path)))).toEqual([]);
});

function leadsSomewhere({ path, anchor }: { path: string; anchor: string }): boolean {
  if (path.startsWith('..') || !exists(path)) return false;
  return anchor === '' || (path.endsWith('.md') && anchorsOf(pageOf(path)).includes(anchor));
}

function linkedBelowTitle(page: string, words: string): string | undefined {
  const [, , line = ''] = textOf(page).split('\n');
  const [, link] = /\]\(([^)]+)\)/.exec(line) ?? [];
  return line.includes(words) && link !== undefined ? targetOf(link, page)?.path : undefined;
}

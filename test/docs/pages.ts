import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Page, readPage } from './markdown.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Every page that a reader may open, by its path in the repository: those at the top, and docs with its folders. */
export function pageNames(): string[] {
  const docs = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' });
  return [...readdirSync(ROOT), ...docs.map((name) => `docs/${name}`)]
    .filter((name) => name.endsWith('.md'))
    .sort();
}

/** English page and Chinese page, where there are both. */
export function translatedPages(): [english: string, chinese: string][] {
  return pageNames().flatMap((name): [string, string][] => {
    const chinese = translationOf(name);
    return chinese === name || !exists(chinese) ? [] : [[name, chinese]];
  });
}

/** @returns where the Chinese words of a page would stand */
export function translationOf(name: string): string {
  if (name === 'README.md') return 'README.zh-CN.md';
  return name.replace(/^docs\/(?=[^/]+$)/, 'docs/zh-CN/');
}

export function exists(name: string): boolean {
  return existsSync(join(ROOT, name));
}

export function pageOf(name: string): Page {
  return readPage(textOf(name));
}

export function textOf(name: string): string {
  return readFileSync(join(ROOT, name), 'utf8');
}

/** @returns the link's path in the repository, and its anchor; undefined for an address elsewhere */
export function targetOf(link: string, page: string): { path: string; anchor: string } | undefined {
  if (/^[a-z][a-z\d+.-]*:/i.test(link)) return undefined;
  const [path = '', anchor = ''] = decodeURI(link).split('#', 2);
  return { path: path === '' ? page : posix.join(posix.dirname(page), path), anchor };
}

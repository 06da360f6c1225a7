import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from '@jest/globals';
import { CATALOG } from '../../src/problems/catalog.js';
import { HOST_CATALOG } from '../../src/problems/host-catalog.js';
import { HINTS_ZH } from './hints-zh.js';
import { PARTS, renderMessages, unlistedCodes } from './messages.js';
import { ENGLISH } from './messages-en.js';
import { CHINESE } from './messages-zh.js';

const file = (name: string) => new URL(`../../${name}`, import.meta.url);
const PAGES = [
  ['docs/messages.md', ENGLISH],
  ['docs/zh-CN/messages.md', CHINESE],
] as const;

if (process.env.UPDATE) for (const [name, page] of PAGES) writeFileSync(file(name), renderMessages(page));

test.each(PAGES)('%s is what the catalogs say', (name, page) =>
  expect(readFileSync(file(name), 'utf8')).toBe(renderMessages(page)),
);

test.each(PAGES)('%s has words for every part', (_, page) => expect(page.parts).toHaveLength(PARTS.length));

test('every code has a place in the document', () => expect(unlistedCodes()).toEqual([]));

test('the hints in Chinese are those of the catalogs, no more and no fewer', () => {
  const hints = [CATALOG, HOST_CATALOG].flatMap((catalog) => Object.values(catalog).map(({ hint }) => hint));
  const english = [...new Set(hints)].filter((hint) => hint !== undefined);
  expect(Object.keys(HINTS_ZH).sort()).toEqual(english.sort());
});

test('the codes that the scripts print are those of the host catalog, host and agent apart', () => {
  const codes = Object.keys(HOST_CATALOG).sort();
  expect(codesIn((name) => !isOfBuild(name))).toEqual(codes.filter((code) => code < 'GS200'));
  expect(codesIn(isOfBuild)).toEqual(codes.filter((code) => code >= 'GS200'));
});

function codesIn(wanted: (name: string) => boolean): string[] {
  const entries = readdirSync(file('templates'), { recursive: true, encoding: 'utf8' });
  const texts = entries
    .filter((name) => name.endsWith('.hbs') && wanted(name))
    .map((name) => readFileSync(file(`templates/${name}`), 'utf8'));
  return [...new Set(texts.flatMap((text) => text.match(/\bGS\d{3}\b/g) ?? []))].sort();
}

function isOfBuild(name: string): boolean {
  return basename(name).startsWith('build');
}

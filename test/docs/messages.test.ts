import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from '@jest/globals';
import { HOST_CATALOG } from '../../src/problems/host-catalog.js';
import { renderMessages, unlistedCodes } from './messages.js';

const file = (name: string) => new URL(`../../${name}`, import.meta.url);
const DOCUMENT = 'docs/messages.md';

if (process.env.UPDATE) writeFileSync(file(DOCUMENT), renderMessages());

test('docs/messages.md is what the catalogs say', () =>
  expect(readFileSync(file(DOCUMENT), 'utf8')).toBe(renderMessages()));

test('every code has a place in the document', () => expect(unlistedCodes()).toEqual([]));

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

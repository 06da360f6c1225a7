import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

const FOLDER = new URL('../../docs/', import.meta.url);

const pairs = readdirSync(new URL('zh-CN/', FOLDER)).filter(
  (name) => name.endsWith('.md') && existsSync(new URL(name, FOLDER)),
);

test('there are translations', () => expect(pairs.length).toBeGreaterThan(3));

/** A change of one file that the other has not got. Words may differ; headings, lists, tables and code must correspond. */
test.each(pairs)('docs/%s and its translation have the same shape', (name) => {
  expect(shapeOf(`zh-CN/${name}`)).toEqual(shapeOf(name));
});

test.each(pairs)('docs/%s and its translation name the same codes', (name) => {
  const codes = (path: string) => [...new Set(text(path).match(/\bGS\d{3}\b/g) ?? [])].sort();
  expect(codes(`zh-CN/${name}`)).toEqual(codes(name));
});

/** One word for each heading with its level, row of a table with its columns, code block with its language and lines. */
function shapeOf(path: string): string[] {
  const shape: string[] = [];
  let block: { readonly language: string; lines: number } | undefined;
  for (const line of text(path).split('\n')) {
    if (line.startsWith('```')) {
      if (block) shape.push(`code ${block.language} ${block.lines}`);
      block = block ? undefined : { language: line.slice(3), lines: 0 };
    } else if (block) {
      block.lines += 1;
    } else if (/^#+ /.test(line)) {
      shape.push(`heading ${line.indexOf(' ')}`);
    } else if (line.startsWith('|')) {
      shape.push(`row ${line.split(/(?<!\\)\|/).length - 2}`);
    }
  }
  return shape;
}

function text(path: string): string {
  return readFileSync(new URL(path, FOLDER), 'utf8');
}

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll } from '@jest/globals';

export const EXAMPLES = join(import.meta.dirname, '../../examples');

/** A folder of the test file, removed at its end. */
export const scratch = mkdtempSync(join(tmpdir(), 'options-'));
afterAll(() => rmSync(scratch, { recursive: true }));

export function example(name: string): string {
  return readFileSync(join(EXAMPLES, name), 'utf8');
}

/** A copy of an example with one text replaced, which must be there: what a check has to find. */
export function planted(name: string, right: string, wrong: string): string {
  const text = example(name);
  if (!text.includes(right)) throw new Error(`${name}: no ${right}`);
  const file = join(scratch, basename(name));
  writeFileSync(file, text.replaceAll(right, wrong));
  return file;
}

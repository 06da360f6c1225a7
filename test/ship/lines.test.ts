import { Readable } from 'node:stream';
import { expect, test } from '@jest/globals';
import { AnswerReader } from '../../src/ship/answer-reader.js';
import { readLines } from '../../src/ship/lines.js';

async function linesOf(...chunks: string[]): Promise<string[]> {
  const lines: string[] = [];
  const stream = Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
  readLines(stream, (line) => lines.push(line));
  await new Promise((resolve) => stream.once('close', resolve));
  return lines;
}

test.each([
  { given: ['a\nb\n'], want: ['a', 'b'] },
  { given: ['a', 'b\r\nc'], want: ['ab', 'c'] },
  { given: ['\n\n'], want: ['', ''] },
  { given: [], want: [] },
])('$given', async ({ given, want }) => expect(await linesOf(...given)).toEqual(want));

test('a line without an end is not held as a whole', async () => {
  const lines = await linesOf(...Array.from({ length: 100 }, () => 'x'.repeat(1000)));
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(10_000);
  expect(lines.join('')).toHaveLength(100_000);
});

test('an answer that never ends is not kept', () => {
  const reader = new AnswerReader();
  reader.hear('gen-scripts-outcome 1');
  for (let count = 0; count < 100_000; count++) reader.hear('history x');
  expect(reader.text.length).toBeLessThan(100_000);
  expect(reader.isWhole).toBe(false);
});

test('what a script shows before its answer is none of it, and what comes after does not change it', () => {
  const reader = new AnswerReader();
  const heard = ['+ docker pull', 'gen-scripts-outcome 1', 'build 7', 'end', 'exit 0'].map((line) =>
    reader.hear(line),
  );
  expect(heard).toEqual([false, true, true, true, false]);
  expect(reader.text).toBe('gen-scripts-outcome 1\nbuild 7\nend\n');
});

import type { Readable } from 'node:stream';

/** A host decides how much it says, and must not decide how much we hold: a longer line is cut into several. */
const LONGEST_LINE = 8192;

/** Calls `onLine` for each line of a stream, without its end; a last line needs none. */
export function readLines(stream: Readable, onLine: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line.replace(/\r$/, ''));
    for (; rest.length > LONGEST_LINE; rest = rest.slice(LONGEST_LINE)) onLine(rest.slice(0, LONGEST_LINE));
  });
  stream.on('end', () => {
    if (rest !== '') onLine(rest);
  });
}

/** How many of the last lines are kept at least, where not all can be. */
export const TAIL = 40;

/** A host must not fill our memory. */
export function keepLast(lines: string[], line: string): void {
  if (lines.push(line) > 2 * TAIL) lines.splice(0, TAIL);
}

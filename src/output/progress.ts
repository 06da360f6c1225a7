import type { Surroundings } from './terminal.js';

/** Hears how much is done; all of it, and the line goes. */
export type Progress = (done: number, of: number) => void;

/** On a terminal a line that is overwritten; in a log a line now and then, so that nobody takes a long one for a dead one. */
export function makeProgress(what: string, { stderr }: Surroundings): Progress {
  let said = Date.now();
  return (done, of) => {
    if (stderr.isTTY) stderr.write(done < of ? `\r${what}: ${done} of ${of} ` : '\r\u001b[K');
    else if (done < of && Date.now() - said > 10_000) {
      stderr.write(`${what}: ${done} of ${of}\n`);
      said = Date.now();
    }
  };
}

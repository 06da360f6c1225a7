import { figures } from './figures.mjs';
import { tally } from './tally.mjs';

/** Prints a line a case, what a failed one said, and the sum. */
export class Report {
  passed = 0;
  failed = 0;

  /** wanted: run only cases whose name contains one of these; none: run all. */
  constructor(wanted) {
    this.verbose = wanted.includes('--verbose');
    this.wanted = wanted.filter((word) => !word.startsWith('--'));
    this.began = Date.now();
  }

  note(text) {
    console.log(`    ${text}`);
  }

  /** Is a case of this name to be run? */
  wants(name) {
    return this.wanted.length === 0 || this.wanted.some((part) => name.includes(part));
  }

  /** Runs one case; a failure shows `lane.transcript` and ends nothing else. */
  async run(name, lane, body) {
    if (!this.wants(name)) return;
    const began = Date.now();
    const error = await Promise.resolve()
      .then(body)
      .then(
        () => undefined,
        (reason) => reason,
      );
    const seconds = ((Date.now() - began) / 1000).toFixed(1);
    console.log(`${error ? 'FAILED' : 'ok'}  ${name} (${seconds} s)`);
    if (error || this.verbose) this.#explain(error, lane);
    if (error) this.failed += 1;
    else this.passed += 1;
  }

  #explain(error, lane) {
    const text = `${lane.transcript}\n${error?.stack ?? error ?? ''}`;
    console.log(text.replaceAll(/^/gm, '      '));
  }

  /** The last line; returns the exit status. A filter that matches nothing is a failure. */
  finish() {
    if (this.passed + this.failed === 0) {
      console.log('no case has a name like that');
      this.failed = 1;
    }
    for (const line of figures()) this.note(line);
    if (tally()) console.log(`    ${tally()}`);
    console.log(`    ${((Date.now() - this.began) / 1000).toFixed(0)} s in all`);
    console.log(`${this.passed} passed, ${this.failed} failed, 0 skipped`);
    return this.failed > 0 ? 1 : 0;
  }
}

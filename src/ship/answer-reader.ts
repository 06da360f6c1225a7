import { GONE, NOT_BEGUN } from './commands.js';

const FIRST = 'gen-scripts-outcome 1';
const LAST = 'end';
/** Many more than an answer has. */
const MOST_LINES = 100;

/** Tells a host's answer from what its script says before it: what a script shows of others never begins a line. */
export class AnswerReader {
  /** NOT_BEGUN, GONE, or empty while neither was said. */
  state = '';
  #lines: string[] = [];

  /** @returns whether the line belongs to the answer */
  hear(line: string): boolean {
    if (line === NOT_BEGUN || line === GONE) {
      this.state = line;
      return true;
    }
    if (line === FIRST) this.#lines = [];
    else if (this.#lines.length === 0 || this.isWhole) return false;
    if (this.#lines.length < MOST_LINES) this.#lines.push(line);
    return true;
  }

  get text(): string {
    return this.#lines.length === 0 ? '' : `${this.#lines.join('\n')}\n`;
  }

  get isWhole(): boolean {
    return this.#lines.at(-1) === LAST;
  }
}

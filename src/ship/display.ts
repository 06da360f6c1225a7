import { oneLine } from '../notify/inert.js';
import { cutLine } from '../output/table.js';
import type { Stream } from '../output/terminal.js';
import type { HostReport } from '../report/report.js';
import { versionOf } from '../report/version-of.js';
import { type Language, STATE_WORDS } from '../report/words.js';
import type { Listener, Phase } from './ask-host.js';
import { keepLast, TAIL } from './lines.js';
import { WORDS } from './words.js';

/** In a log a long wait shows a line now and then. */
const SILENCE = 30_000;

/** One app on one host, while it is busy. */
interface Row {
  readonly name: string;
  readonly lines: string[];
  phase: Phase;
  readonly since: number;
  said: number;
}

/** What goes on on the hosts: on a terminal a line for each that is busy, in a log a line for each thing that happens. */
export class Display {
  readonly #rows = new Map<string, Row>();
  #drawn = 0;
  readonly #clock = setInterval(() => this.#tick(), 1000);

  constructor(
    readonly stream: Stream,
    readonly isVerbose: boolean,
    readonly language: Language,
  ) {}

  /** Of hosts that are busy. */
  get busy(): string[] {
    return [...this.#rows.keys()];
  }

  say(text: string): void {
    this.#print([text]);
  }

  /** @param name of the host, with the app if there are several */
  listenTo(name: string): Listener {
    const now = Date.now();
    const row: Row = { name, lines: [], phase: 'sending', since: now, said: now };
    this.#rows.set(name, row);
    return {
      phase: (phase) => {
        row.phase = phase;
        if (this.stream.isTTY) this.#draw();
        else this.#print([`${name}: ${WORDS[this.language].phases[phase]}`]);
      },
      line: (text) => {
        const line = oneLine(text);
        keepLast(row.lines, line);
        if (this.isVerbose) this.#print([`${name} | ${line}`]);
        else if (this.stream.isTTY) this.#draw();
      },
    };
  }

  end(name: string, report: HostReport, isGood: boolean): void {
    const row = this.#rows.get(name);
    this.#rows.delete(name);
    // What was not shown while it ran.
    const shown = isGood || this.isVerbose ? [] : (row?.lines.slice(-TAIL) ?? []);
    this.#print([...shown.map((line) => `${name} | ${line}`), `${name}: ${this.#describe(report)}`]);
  }

  close(): void {
    clearInterval(this.#clock);
    this.#print([]);
  }

  #describe({ state, exit, now, seconds }: HostReport): string {
    const words = STATE_WORDS[this.language][state];
    const version = versionOf(now.reference);
    const facts = [
      `${words}${exit === null ? '' : ` (${exit})`}`,
      version,
      seconds === null ? '' : `${seconds} s`,
    ];
    return facts.filter(Boolean).join(', ');
  }

  #tick(): void {
    if (this.stream.isTTY) {
      this.#draw();
      return;
    }
    const now = Date.now();
    const silent = [...this.#rows.values()].filter(({ said }) => now - said >= SILENCE);
    for (const row of silent) row.said = now;
    this.#print(silent.map((row) => this.#line(row)));
  }

  /** Above the lines of those that are busy. */
  #print(lines: readonly string[]): void {
    this.#erase();
    for (const line of lines) this.stream.write(`${line}\n`);
    this.#draw();
  }

  #erase(): void {
    if (this.#drawn > 0) this.stream.write(`\u001b[${this.#drawn}A\u001b[J`);
    this.#drawn = 0;
  }

  #draw(): void {
    if (!this.stream.isTTY) return;
    this.#erase();
    const width = (this.stream.columns ?? 80) - 1;
    const lines = [...this.#rows.values()].map((row) => `${cutLine(this.#line(row), width)}\n`);
    this.stream.write(lines.join(''));
    this.#drawn = lines.length;
  }

  #line({ name, phase, since, lines }: Row): string {
    const seconds = Math.round((Date.now() - since) / 1000);
    return `${name}: ${WORDS[this.language].phases[phase]}, ${seconds} s  ${lines.at(-1) ?? ''}`.trimEnd();
  }
}

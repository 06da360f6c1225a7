import { type ChildProcess, spawn } from 'node:child_process';

export interface TerminalOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** A program on a terminal of its own (that of `script`), where a test types and reads. */
export class Terminal {
  readonly #child: ChildProcess;
  #output = '';
  #read = 0;

  /** @param command for sh */
  constructor(command: string, { cwd, env }: TerminalOptions) {
    const options = { cwd, env: { TERM: 'dumb', ...env }, stdio: ['pipe', 'pipe', 'ignore'] as const };
    this.#child = spawn('script', ['-qec', command, '/dev/null'], { ...options, stdio: [...options.stdio] });
    this.#child.stdout?.setEncoding('utf8').on('data', (text) => {
      this.#output += text;
    });
  }

  type(keys: string): void {
    this.#child.stdin?.write(keys);
  }

  /** Waits for something that was not there at the last call. */
  async waitFor(pattern: RegExp): Promise<RegExpExecArray> {
    const end = Date.now() + LONGEST_WAIT;
    for (;;) {
      const found = pattern.exec(this.#output.slice(this.#read));
      if (found !== null) {
        this.#read += found.index + found[0].length;
        return found;
      }
      if (Date.now() > end) throw new Error(`${pattern} did not come after:\n${this.#output}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Everything that was shown since the beginning. */
  get output(): string {
    return this.#output;
  }

  close(): void {
    this.#child.stdin?.end();
    this.#child.kill('SIGKILL');
  }
}

const LONGEST_WAIT = 30_000;

/**
 * Ctrl-C, and what a supervisor sends. The first time no new host is asked, and those that are busy come to their end; the second
 * time they are left to themselves.
 */
export class Interrupts {
  readonly #first = new AbortController();
  readonly #second = new AbortController();
  readonly #listener = () => this.#hear();

  constructor(readonly tell: (isSecond: boolean) => void) {
    for (const signal of SIGNALS) process.on(signal, this.#listener);
  }

  /** No further step. */
  get stop(): AbortSignal {
    return this.#first.signal;
  }

  /** Nobody waits any longer. */
  get leave(): AbortSignal {
    return this.#second.signal;
  }

  close(): void {
    for (const signal of SIGNALS) process.off(signal, this.#listener);
  }

  #hear(): void {
    const isSecond = this.stop.aborted;
    this.tell(isSecond);
    (isSecond ? this.#second : this.#first).abort();
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

import type { Task } from './tasks.js';

/**
 * Hands out tasks to processes. Each stays with its scenario as long as it can, because it has that one's host; then it begins
 * one of its own; and only then it helps another, from the end.
 */
export class TaskQueue {
  #waiting: readonly Task[];
  readonly #begun = new Set<string>();

  constructor(tasks: readonly Task[]) {
    this.#waiting = longestFirst(tasks);
  }

  /** @param last what the process that asks has just done */
  take(last: Task | undefined): Task | undefined {
    const task =
      this.#waiting.find(({ scenario }) => scenario === last?.scenario) ??
      this.#waiting.find(({ scenario }) => !this.#begun.has(scenario)) ??
      this.#waiting.at(-1);
    this.#waiting = this.#waiting.filter((other) => other !== task);
    if (task !== undefined) this.#begun.add(task.scenario);
    return task;
  }

  /** Nobody gets anything any more. */
  close(): void {
    this.#waiting = [];
  }
}

/** The longest scenario is planned last, and the ways without a fault are short: they fill the end. */
function longestFirst(tasks: readonly Task[]): Task[] {
  const scenarios = [...new Set(tasks.map(({ scenario }) => scenario))].reverse();
  const isShort = ({ depth }: Task) => depth === 'path';
  const long = scenarios.flatMap((name) => tasks.filter((task) => task.scenario === name && !isShort(task)));
  return [...long, ...tasks.filter(isShort)];
}

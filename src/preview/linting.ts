import { checkScript } from '../lint/checks/checks.js';
import { arrangeFindings, type Finding, type Linter } from '../lint/finding.js';
import { findLinter } from '../lint/linter.js';
import { locateFindings } from '../lint/locate.js';
import type { TracedScript } from '../scripts/origins.js';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What lint finds in scripts that are looked at again and again. Our own checks are quick; ShellCheck takes seconds, so it looks in
 * the background, once at each text.
 */
export class Linting {
  readonly #linter: Promise<Linter | undefined>;
  readonly #known = new Map<string, readonly Finding[]>();
  readonly #running = new Map<string, Promise<void>>();
  #name: string | undefined = 'pending';
  /** Grows with everything that was found out meanwhile. */
  version = 0;

  constructor(
    env: Environment,
    readonly project: string,
  ) {
    this.#linter = findLinter(env, project).then((linter) => {
      this.#name = linter?.name;
      this.version += 1;
      return linter;
    });
    // Whoever waits for it is told; nobody may be waiting yet.
    this.#linter.catch(() => undefined);
  }

  /** The linter's name; undefined without one, `pending` while it still looks at one of these. */
  nameFor(scripts: ReadonlyMap<string, TracedScript>): string | undefined {
    const isBusy = [...scripts].some(([path, { text }]) => this.#running.has(keyOf(path, text)));
    return isBusy ? 'pending' : this.#name;
  }

  /** What is known so far. */
  findingsOf(scripts: ReadonlyMap<string, TracedScript>): Finding[] {
    const findings = [...scripts].flatMap(([path, script]) => {
      const own = checkScript(path, script);
      const found = this.#known.get(keyOf(path, script.text)) ?? [];
      return locateFindings([...own, ...found], script, this.project);
    });
    return arrangeFindings(findings);
  }

  /** Looks at those that it does not know; resolves when it knows all. */
  async look(scripts: ReadonlyMap<string, TracedScript>): Promise<void> {
    await Promise.all([...scripts].map(([path, { text }]) => this.#lookAt(path, text)));
  }

  #lookAt(path: string, text: string): Promise<void> {
    const key = keyOf(path, text);
    if (this.#known.has(key)) return Promise.resolve();
    const running = this.#running.get(key) ?? this.#check(key, path, text);
    this.#running.set(key, running);
    return running;
  }

  async #check(key: string, path: string, text: string): Promise<void> {
    try {
      const linter = await this.#linter;
      this.#known.set(key, (await linter?.check(path, text)) ?? []);
    } finally {
      this.#running.delete(key);
      this.version += 1;
    }
  }
}

function keyOf(path: string, text: string): string {
  return `${path}\n${text}`;
}

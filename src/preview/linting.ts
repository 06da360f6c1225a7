import { checkScript } from '../lint/checks/checks.js';
import { arrangeFindings, type Finding, type Linter } from '../lint/finding.js';
import { findLinter } from '../lint/linter.js';
import { locateFindings } from '../lint/locate.js';
import type { TracedScript } from '../scripts/origins.js';

type Environment = Readonly<Record<string, string | undefined>>;

type Traced = ReadonlyMap<string, TracedScript>;

/**
 * What lint finds in scripts that are looked at again and again. Our own checks are quick; ShellCheck takes seconds, so it looks in
 * the background, once at each text. Only what was asked for last is looked at: whoever types makes many builds that nobody sees.
 */
export class Linting {
  readonly #linter: Promise<Linter | undefined>;
  readonly #known = new Map<string, readonly Finding[]>();
  #name: string | undefined = 'pending';
  #wanted: Traced = new Map();
  #work: Promise<void> | undefined;
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

  /** The linter's name; undefined without one, `pending` while it has not looked at all of these. */
  nameFor(scripts: Traced): string | undefined {
    const isOpen = this.#name !== undefined && this.#openIn(scripts).length > 0;
    return isOpen ? 'pending' : this.#name;
  }

  /** What is known so far. */
  findingsOf(scripts: Traced): Finding[] {
    const findings = [...scripts].flatMap(([path, script]) => {
      const own = checkScript(path, script);
      const found = this.#known.get(keyOf(path, script.text)) ?? [];
      return locateFindings([...own, ...found], script, this.project);
    });
    return arrangeFindings(findings);
  }

  /** Resolves when it has looked at these, or at what was asked for after them. */
  look(scripts: Traced): Promise<void> {
    this.#wanted = scripts;
    this.#work ??= this.#lookAtAll().finally(() => {
      this.#work = undefined;
    });
    return this.#work;
  }

  async #lookAtAll(): Promise<void> {
    for (let open = this.#openIn(this.#wanted); open.length > 0; open = this.#openIn(this.#wanted)) {
      await Promise.all(open.map(([path, { text }]) => this.#lookAt(path, text)));
      this.version += 1;
    }
  }

  #openIn(scripts: Traced): [string, TracedScript][] {
    return [...scripts].filter(([path, { text }]) => !this.#known.has(keyOf(path, text)));
  }

  async #lookAt(path: string, text: string): Promise<void> {
    const linter = await this.#linter;
    this.#known.set(keyOf(path, text), (await linter?.check(path, text)) ?? []);
    const [oldest] = this.#known.keys();
    if (this.#known.size > MOST_TEXTS && oldest !== undefined) this.#known.delete(oldest);
  }
}

/** More than a page of several apps shows, and those of the builds before. */
const MOST_TEXTS = 200;

function keyOf(path: string, text: string): string {
  return `${path}\n${text}`;
}

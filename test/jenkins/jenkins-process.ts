import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { javaEnvironment } from './options-groovy.js';

/** What the Groovy stand-in for Jenkins needs to know of a build: see library/Build.groovy and Steps.groovy. */
export interface BuildRequest {
  readonly project: string;
  readonly workspace: string;
  readonly repository: string;
  /** The Jenkinsfile's text. */
  readonly script: string;
  /** Environment of the agent, then what Jenkins sets for the run. */
  readonly agent: Readonly<Record<string, string>>;
  readonly variables: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, string | boolean>>;
  readonly causes: readonly Readonly<Record<string, string>>[];
  readonly credentials: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly tools: Readonly<Record<string, string>>;
  readonly servers: Readonly<Record<string, Server>>;
  /** What happens: a result that the build has already, an answer to `input`, where somebody aborts, steps that fail. */
  readonly result?: string;
  readonly approval?: string;
  readonly abortAt?: string;
  readonly failing?: Readonly<Record<string, string>>;
  readonly missing?: readonly string[];
}

export interface Server {
  readonly root: string;
  readonly home: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly behaviour: Behaviour;
}

/** How a server treats a connection: see library/Publisher.groovy. */
export type Behaviour = '' | 'refuse' | 'drop' | 'nothing' | 'timeout' | 'forced' | 'late';

export interface Call {
  readonly step: string;
  // biome-ignore lint/suspicious/noExplicitAny: each step has its own arguments, and a test reads those it knows
  readonly arguments: Readonly<Record<string, any>>;
}

export interface BuildResult {
  readonly result: string;
  readonly log: string;
  readonly displayName: string | null;
  readonly description: string | null;
  readonly calls: readonly Call[];
  readonly archived: readonly string[];
}

/** One Groovy process for all builds of a test file: starting it for each would take longer than the builds. */
export class JenkinsProcess {
  readonly #waiting: ((line: string) => void)[] = [];
  #process: ChildProcessWithoutNullStreams | undefined;
  #errors = '';
  #ended = false;

  /** With the first build: where there is no Groovy every test is skipped, and nothing is started. */
  #start(): ChildProcessWithoutNullStreams {
    const folder = join(import.meta.dirname, 'library');
    const options = { env: { ...javaEnvironment(), LC_ALL: 'C.UTF-8' } };
    const groovy = spawn('groovy', ['-cp', folder, join(folder, 'jenkins.groovy')], options);
    createInterface({ input: groovy.stdout }).on('line', (line) => this.#waiting.shift()?.(line));
    groovy.stderr.on('data', (data) => {
      this.#errors += data;
    });
    groovy.on('error', (error) => {
      this.#errors += error.message;
    });
    groovy.on('close', () => {
      this.#ended = true;
      for (const answer of this.#waiting.splice(0)) answer('');
    });
    return groovy;
  }

  async run(request: BuildRequest): Promise<BuildResult> {
    // Once it has ended nobody would answer.
    const line = this.#ended ? '' : await this.#ask(JSON.stringify(request));
    if (line === '') throw new Error(`the stand-in for Jenkins has ended: ${this.#errors}`);
    return JSON.parse(line);
  }

  #ask(request: string): Promise<string> {
    this.#process ??= this.#start();
    const answer = new Promise<string>((resolve) => this.#waiting.push(resolve));
    this.#process.stdin.write(`${request}\n`);
    return answer;
  }

  stop(): void {
    this.#process?.stdin.end();
  }
}

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { versionOf } from '../report/version-of.js';
import { isNeighbour } from './neighbour.js';
import type { Shell } from './shells.js';
import { type Container, containersOf } from './simulated-state.js';
import { SIMULATOR } from './simulator.js';
import { makeTemporary, removeTemporary } from './temporary.js';
import { toVersions } from './versions.js';

/** The app that the scripts are about, as far as a look at its host needs it. */
export interface Subject {
  readonly app: string;
  /** Its images, without a tag. */
  readonly repository: string;
  /** A host port that it publishes; empty for none. */
  readonly port: string;
  /** docker's restart policy of a container that serves. */
  readonly restart: string;
}

export interface Run {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Both streams, as an operator sees them. */
  readonly output: string;
  /** The words after `RESULT`, or undefined when the script never got there. */
  readonly result: string | undefined;
}

/** A container that no script of the rehearsal has made. */
export interface KnownContainer {
  /** Restart policy that it had, and the one it gets when it serves. */
  readonly policy: string;
  readonly serving: string;
  /** The port of the host on which it answers; empty for none. */
  readonly port: string;
  /** What answers there. */
  readonly version: string;
}

export interface RunOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly script?: string;
  /** Program and arguments that start the shell. */
  readonly through?: readonly string[];
}

/** A docker host of its own in a folder: the simulated docker, the history's folder, and the folder that scripts are sent to. */
export class SimulatedHost {
  readonly folder = makeTemporary('host-');
  readonly history: string;
  readonly inbox = join(this.folder, 'inbox');
  /** Names of containers of others: nothing of them may ever change. */
  readonly neighbours = new Set<string>();
  /** By id. */
  readonly known = new Map<string, KnownContainer>();
  /** No two docker calls overlap, as long as one script at a time runs. */
  protected isAlone = true;

  constructor(
    readonly subject: Subject,
    /** That runs the scripts; another one may be asked to go on. */
    public shell: Shell,
    /** A folder of programs that the host has instead of this machine's. */
    readonly tools: string | undefined = undefined,
  ) {
    this.history = join(this.folder, 'data', `${subject.app}_history`);
    mkdirSync(this.inbox);
    mkdirSync(dirname(this.history));
    this.sim('init');
  }

  /** What the simulator is told or asked; throws when it does not understand. */
  sim(...args: string[]): string {
    return this.command('simctl', ...args);
  }

  /** What an operator types: docker, or anything else that the simulator knows. */
  command(program: string, ...args: string[]): string {
    const run = spawnSync(join(SIMULATOR, program), args, { env: this.env(), encoding: 'utf8' });
    if (run.status !== 0)
      throw new Error(`${program} ${args.join(' ')}: ${run.status}\n${run.stdout}${run.stderr}`);
    return run.stdout.trimEnd();
  }

  /** Puts a version of the app in the registry. */
  image(tag: string, ...behaviour: string[]): void {
    this.sim('image', `${this.subject.repository}:${tag}`, ...behaviour);
  }

  /** Runs auto.sh as the SSH exec does: another folder, no terminal, nothing on stdin. */
  run(options: RunOptions = {}): Run {
    const shell = [...(options.through ?? []), ...this.shell.command];
    const [program = 'sh', ...first] = shell;
    const args = [...first, join(this.inbox, options.script ?? 'auto.sh'), ...(options.args ?? [])];
    const { status, signal, stdout, stderr } = spawnSync(program, args, {
      cwd: '/',
      env: this.env(options.env),
      encoding: 'utf8',
      input: '',
    });
    const output = stdout + stderr;
    return { code: status, signal, output, result: /^RESULT \d+ (.*)$/m.exec(output)?.[1] };
  }

  /** What answers on the published port, or undefined when nothing does. Without a port nobody can ask: then what runs is what serves. */
  serves(port = this.subject.port): string | undefined {
    if (port === '') {
      const running = this.running();
      return running && versionOf(running.reference);
    }
    const run = spawnSync(join(SIMULATOR, 'simctl'), ['serves', port], { env: this.env(), encoding: 'utf8' });
    return run.status === 0 ? run.stdout.trim() : undefined;
  }

  /** The newest container that runs, is no neighbour's, and is not only there to be checked. */
  protected running(): Container | undefined {
    const isChecked = ({ name }: Container) => name.startsWith(`${this.subject.app}-check-`);
    return containersOf(this).find(
      (one) => one.state === 'running' && !isNeighbour(this, one) && !isChecked(one),
    );
  }

  /** Names of the containers and their states, newest first. */
  containers(): Record<string, string> {
    const format = '{{.Names}} {{.State}}';
    const lines = this.command('docker', 'ps', '--all', '--no-trunc', '--format', format).split('\n');
    return Object.fromEntries(lines.filter(Boolean).map((line) => line.split(' ') as [string, string]));
  }

  /** The history's lines as tags only; a line that does not look like one of ours is kept whole. */
  versions(): string[] {
    return toVersions(this.lines(''), this.subject.repository);
  }

  /** Of the history, or of a file beside it. */
  lines(suffix: string): string[] {
    const file = this.history + suffix;
    return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
  }

  /** Files beside the history, without its name: '', '.journal', '.lock' ... */
  leftovers(): string[] {
    return readdirSync(dirname(this.history))
      .map((name) => name.replace(basename(this.history), ''))
      .sort();
  }

  /** docker calls since the beginning, one string each. */
  calls(): string[] {
    return readFileSync(join(this.folder, 'sim', 'calls'), 'utf8')
      .split('\n')
      .filter(Boolean);
  }

  /** What the simulator was asked and does not know: always a defect, of the script or of the simulator. */
  unsupported(): string[] {
    const file = join(this.folder, 'sim', 'unsupported');
    return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
  }

  remove(): void {
    removeTemporary(this.folder);
  }

  /** Programs are looked for in `folder` first. */
  pathWith(folder: string): string {
    return `${folder}:${this.path()}`;
  }

  /** SIM_HISTORY is for the hooks of faults. */
  protected env(more: Readonly<Record<string, string>> = {}): Record<string, string> {
    return {
      PATH: this.path(),
      HOME: this.folder,
      LC_ALL: 'C.UTF-8',
      // Tells bash that it is not the first shell of a remote login, whose start-up files it would read.
      SHLVL: '1',
      SIM_STATE: join(this.folder, 'sim'),
      SIM_HISTORY: this.history,
      TMPDIR: this.folder,
      ...(this.isAlone ? { SIM_ALONE: '1' } : {}),
      ...more,
    };
  }

  protected path(): string {
    return [SIMULATOR, this.tools, process.env.PATH].filter(Boolean).join(':');
  }
}

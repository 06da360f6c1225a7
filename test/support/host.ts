import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { renderScripts, type Scripts } from '../../src/scripts/render.js';
import { builtinTemplates, type TemplateSet } from '../../src/scripts/templates.js';
import { type Changes, makeParameters } from './parameters.js';
import type { Shell } from './shells.js';

export const SIMULATOR = join(dirname(fileURLToPath(import.meta.url)), '../../simulator');

export interface Run {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Both streams, as an operator sees them. */
  readonly output: string;
  /** The words after `RESULT`, or undefined when the script never got there. */
  readonly result: string | undefined;
}

export interface RunOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly script?: string;
  /** Program and arguments that start the shell. */
  readonly through?: readonly string[];
}

/** A docker host of its own in a folder: the simulated docker, the history's folder, and the folder that scripts are sent to. */
export class Host {
  readonly folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'host-'));
  readonly history = join(this.folder, 'data', 'citest_history');
  readonly inbox = join(this.folder, 'inbox');
  readonly #record: unknown[] = [];
  /** No two docker calls overlap, as long as one script at a time runs. */
  #isAlone = true;

  constructor(
    readonly shell: Shell,
    readonly templates: TemplateSet = builtinTemplates(),
    /** A folder of programs that the host has instead of this machine's. */
    readonly tools: string | undefined = undefined,
  ) {
    mkdirSync(this.inbox);
    mkdirSync(dirname(this.history));
    this.sim('init');
  }

  /** What the simulator is told or asked; fails the test when it does not understand. */
  sim(...args: string[]): string {
    return this.command('simctl', ...args);
  }

  /** What an operator types: docker, or anything else that the simulator knows. */
  command(program: string, ...args: string[]): string {
    const run = spawnSync(join(SIMULATOR, program), args, { env: this.#env(), encoding: 'utf8' });
    if (run.status !== 0)
      throw new Error(`${program} ${args.join(' ')}: ${run.status}\n${run.stdout}${run.stderr}`);
    return run.stdout.trimEnd();
  }

  /** Puts `registry.example.com/team/citest:TAG` in the registry. */
  image(tag: string, ...behaviour: string[]): void {
    this.sim('image', `registry.example.com/team/citest:${tag}`, ...behaviour);
  }

  /** Renders a build's scripts and sends them, as Publish over SSH would. */
  ship(changes: Changes, files: Readonly<Record<string, string>> = {}): Scripts {
    const history = { file: this.history, ...changes.history };
    const scripts = renderScripts(makeParameters({ ...changes, history }), this.templates, '0.1.0');
    for (const [name, text] of [...scripts, ...Object.entries(files)])
      writeFileSync(join(this.inbox, name), text);
    return scripts;
  }

  /** Ships build `number` of `tag` and runs it; the first character of a manual tag is no part of its version. */
  deploy(tag: string, number: number, changes: Changes = {}, options: RunOptions = {}): Run {
    this.ship({ tag, jenkins: { buildNumber: String(number) }, ...changes });
    return this.run({ args: ['--build', String(number)], ...options });
  }

  rollback(number: number, changes: Changes = {}, options: RunOptions = {}): Run {
    this.ship({ mode: 'rollback', tag: '', jenkins: { buildNumber: String(number) }, ...changes });
    return this.run({ args: ['--build', String(number)], ...options });
  }

  /** Runs auto.sh as the SSH exec does: another folder, no terminal, nothing on stdin. */
  run(options: RunOptions = {}): Run {
    const shell = [...(options.through ?? []), ...this.shell.command];
    const [program = 'sh', ...first] = shell;
    const args = [...first, join(this.inbox, options.script ?? 'auto.sh'), ...(options.args ?? [])];
    const run = spawnSync(program, args, {
      cwd: '/',
      env: this.#env(options.env),
      encoding: 'utf8',
      input: '',
    });
    return this.#remember(run.status, run.signal, run.stdout + run.stderr);
  }

  /** The same without waiting; `output` grows. */
  start(options: RunOptions = {}) {
    this.#isAlone = false;
    const [program, ...first] = this.shell.command;
    const args = [...first, join(this.inbox, options.script ?? 'auto.sh'), ...(options.args ?? [])];
    return spawn(program, args, { cwd: '/', env: this.#env(options.env), stdio: ['ignore', 'pipe', 'pipe'] });
  }

  /** Runs any program on the host; its exit status. */
  exec(program: string, ...args: string[]): number | null {
    return spawnSync(program, args, { cwd: '/', env: this.#env() }).status;
  }

  /** ... and what it prints. */
  capture(program: string, ...args: string[]): string {
    const run = spawnSync(program, args, { cwd: '/', env: this.#env(), encoding: 'utf8' });
    return run.stdout + run.stderr;
  }

  /** Somebody else holds a lock until the returned process is killed. */
  hold(lock: string) {
    // One process that keeps the lock itself: a child of flock would outlive it.
    return spawn('flock', ['--no-fork', lock, '/bin/sleep', '60'], { stdio: 'ignore' });
  }

  /** Cuts auto.sh to each of the lengths, given in descending order, and runs it. One process, as there are many. */
  cutAndRun(lengths: readonly number[]): void {
    const script = join(this.inbox, 'auto.sh');
    const loop =
      'while read -r length; do truncate -s "$length" "$0"; "$@" "$0" </dev/null >/dev/null 2>&1; done';
    const options = { cwd: '/', env: this.#env(), input: lengths.join('\n'), timeout: 600_000 };
    const { status, error } = spawnSync('sh', ['-c', loop, script, ...this.shell.command], options);
    // A shell that never ends on some length would otherwise hold the test for ever.
    if (status === null) throw error ?? new Error('the loop over all lengths did not end');
  }

  /**
   * Lets auto.sh grow from nothing to `length` bytes and reads it with `.` after each byte: what the shell does with a part
   * of a file, at a third of the price of starting it. Only for a shell that takes bytes for characters (dash).
   */
  readEachPart(length: number): void {
    const script = join(this.inbox, 'auto.sh');
    const loop = `
      whole=$1 left=$2
      read_part() { (. "$0") </dev/null >/dev/null 2>&1; left=$((left - 1)); [ "$left" -gt 0 ] || exit 0; }
      while IFS= read -r rest <&3; do
        while [ -n "$rest" ]; do
          printf %s "\${rest%"\${rest#?}"}" >>"$0" && read_part
          rest=\${rest#?}
        done
        echo >>"$0" && read_part
      done 3<"$whole"; exit 9`;
    writeFileSync(`${script}.whole`, readFileSync(script));
    writeFileSync(script, '');
    const [program, ...options] = this.shell.command;
    const args = [...options, '-c', loop, script, `${script}.whole`, String(length)];
    const { status, error } = spawnSync(program, args, { cwd: '/', env: this.#env(), timeout: 600_000 });
    if (status !== 0) throw error ?? new Error(`the loop over all parts ended with ${status}`);
  }

  /** What answers on the published port, or undefined when nothing does. */
  serves(port = '8080'): string | undefined {
    const run = spawnSync(join(SIMULATOR, 'simctl'), ['serves', port], {
      env: this.#env(),
      encoding: 'utf8',
    });
    return run.status === 0 ? run.stdout.trim() : undefined;
  }

  /** Names of the containers and their states, newest first. */
  containers(): Record<string, string> {
    const lines = this.command(
      'docker',
      'ps',
      '--all',
      '--no-trunc',
      '--format',
      '{{.Names}} {{.State}}',
    ).split('\n');
    return Object.fromEntries(lines.filter(Boolean).map((line) => line.split(' ') as [string, string]));
  }

  /** The history's lines as tags only; a line that does not look like one of ours is kept whole. */
  versions(): string[] {
    return this.lines('').map(
      (line) => /^registry\.example\.com\/team\/citest:([^@]+)/.exec(line)?.[1] ?? line,
    );
  }

  /** action and result of each journal line; that a deploy began is left out. */
  journal(): string[] {
    const lines = this.lines('.journal').map((line) => line.split('\t').slice(2, 4).join(' '));
    return lines.filter((line) => line !== 'deploy begun');
  }

  lines(suffix: string): string[] {
    const file = this.history + suffix;
    return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
  }

  /** Files beside the history, without its name: '', '.journal', '.lock' ... */
  leftovers(): string[] {
    return readdirSync(dirname(this.history))
      .map((name) => name.replace('citest_history', ''))
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

  /** Everything that must not depend on the shell: exit codes, docker calls, history, journal but for its times. */
  record(): unknown {
    const journal = this.lines('.journal').map((line) =>
      line.replace(/^\S+/, 'TIME').replace(/\d+$/, 'SECONDS'),
    );
    return JSON.parse(this.#normalise(JSON.stringify([this.#record, this.calls(), this.lines(''), journal])));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #remember(code: number | null, signal: NodeJS.Signals | null, output: string): Run {
    const result = /^RESULT \d+ (.*)$/m.exec(output)?.[1];
    this.#record.push([code, signal, result]);
    return { code, signal, output, result };
  }

  #normalise(text: string): string {
    return (
      text
        .replaceAll(this.folder, '/host')
        .replace(/\d{8}T\d{6}Z-\d+/g, 'RUN')
        // The hash of settings covers the folder's name, which differs.
        .replace(/gen-scripts\.settings=[0-9a-f]{16}/g, 'gen-scripts.settings=HASH')
    );
  }

  /** Programs are looked for in `folder` first. */
  pathWith(folder: string): string {
    return `${folder}:${this.#path()}`;
  }

  #path(): string {
    return [SIMULATOR, this.tools, process.env.PATH].filter(Boolean).join(':');
  }

  #env(more: Readonly<Record<string, string>> = {}): Record<string, string> {
    const sim = join(this.folder, 'sim');
    return {
      PATH: this.#path(),
      HOME: this.folder,
      LC_ALL: 'C.UTF-8',
      SIM_STATE: sim,
      TMPDIR: this.folder,
      ...(this.#isAlone ? { SIM_ALONE: '1' } : {}),
      ...more,
    };
  }
}

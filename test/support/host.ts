import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Run,
  type RunOptions,
  SimulatedHost,
  type Subject,
} from '../../src/rehearsal/simulated-host.js';
import { SIMULATOR } from '../../src/rehearsal/simulator.js';
import { putBack, type Snapshot, takeSnapshot } from '../../src/rehearsal/snapshot.js';
import { renderScripts, type Scripts } from '../../src/scripts/render.js';
import { builtinTemplates, type TemplateSet } from '../../src/scripts/templates.js';
import { type Changes, makeParameters } from './parameters.js';
import type { Shell } from './shells.js';

export { type Run, type RunOptions, SIMULATOR };

/** The app of the tests: what makeParameters has. */
const SUBJECT: Subject = {
  app: 'citest',
  repository: 'registry.example.com/team/citest',
  port: '8080',
  restart: 'unless-stopped',
};

/** A host at a moment, which others can begin with. */
export interface SavedHost {
  readonly folder: string;
  readonly files: Snapshot;
  readonly record: readonly unknown[];
}

/** A simulated host that scripts are rendered for, and that remembers what the shells must have in common. */
export class Host extends SimulatedHost {
  readonly #record: unknown[] = [];

  constructor(
    shell: Shell,
    readonly templates: TemplateSet = builtinTemplates(),
    tools: string | undefined = undefined,
  ) {
    super({ ...SUBJECT }, shell, tools);
  }

  /** From now on the app has no port of this host. */
  publishNothing(): void {
    Object.assign(this.subject, { port: '' });
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

  override run(options: RunOptions = {}): Run {
    const run = super.run(options);
    this.#record.push([run.code, run.signal, run.result]);
    return run;
  }

  /** The same without waiting; `output` grows. */
  start(options: RunOptions = {}) {
    this.isAlone = false;
    const [program, ...first] = this.shell.command;
    const args = [...first, join(this.inbox, options.script ?? 'auto.sh'), ...(options.args ?? [])];
    return spawn(program, args, { cwd: '/', env: this.env(options.env), stdio: ['ignore', 'pipe', 'pipe'] });
  }

  /** Runs any program on the host; its exit status. */
  exec(program: string, ...args: string[]): number | null {
    return spawnSync(program, args, { cwd: '/', env: this.env() }).status;
  }

  /** ... and what it prints. */
  capture(program: string, ...args: string[]): string {
    const run = spawnSync(program, args, { cwd: '/', env: this.env(), encoding: 'utf8' });
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
    const options = { cwd: '/', env: this.env(), input: lengths.join('\n'), timeout: 600_000 };
    const { status, error } = spawnSync('sh', ['-c', loop, script, ...this.shell.command], options);
    // A shell that never ends on some length would otherwise hold the test for ever.
    if (status === null) throw error ?? new Error('the loop over all lengths did not end');
  }

  /**
   * Lets auto.sh grow from nothing to `length` bytes and reads it with `.` after each byte: what the shell does with a part
   * of a file. Function by function: what stands before the one that grows has been read as a whole, and is not read again.
   * Only for a shell that takes bytes for characters (dash). Returns how many parts were read.
   */
  readEachPart(length: number): number {
    const script = join(this.inbox, 'auto.sh');
    const text = readFileSync(script).subarray(0, length).toString('latin1');
    const pieces = text.split(/(?<=^}\n)/m).map((piece, index) => {
      const file = `${script}.${index}`;
      writeFileSync(file, piece, 'latin1');
      return file;
    });
    const loop = `
      count=0 length=$1
      shift
      read_part() { (. "$0") </dev/null >/dev/null 2>&1; count=$((count + 1)); }
      for piece; do
        : >"$0"
        while IFS= read -r rest <&3 || [ -n "$rest" ]; do
          while [ -n "$rest" ]; do
            printf %s "\${rest%"\${rest#?}"}" >>"$0" && read_part
            rest=\${rest#?}
          done
          echo >>"$0" && read_part
        done 3<"$piece"
        [ "$count" -ge "$length" ] || . "$piece"
      done
      echo "$count"`;
    const [program, ...options] = this.shell.command;
    const args = [...options, '-c', loop, script, String(length), ...pieces];
    const run = spawnSync(program, args, {
      cwd: '/',
      env: this.env(),
      timeout: 600_000,
      encoding: 'utf8',
    });
    if (run.status !== 0) throw run.error ?? new Error(`the loop over all parts ended with ${run.status}`);
    return Number(run.stdout);
  }

  save(): SavedHost {
    return { folder: this.folder, files: takeSnapshot(this.folder), record: [...this.#record] };
  }

  /** Everything that happened on the other host has happened here. */
  become({ folder, files, record }: SavedHost): void {
    const here = (data: Buffer) =>
      Buffer.from(data.toString('latin1').replaceAll(folder, this.folder), 'latin1');
    putBack(
      this.folder,
      new Map([...files].map(([path, { data, ...rest }]) => [path, { data: here(data), ...rest }])),
    );
    mkdirSync(this.inbox, { recursive: true });
    this.#record.splice(0, Number.POSITIVE_INFINITY, ...record);
  }

  /** action and result of each journal line; that a deploy began is left out. */
  journal(): string[] {
    const lines = this.lines('.journal').map((line) => line.split('\t').slice(2, 4).join(' '));
    return lines.filter((line) => line !== 'deploy begun');
  }

  /** Everything that must not depend on the shell: exit codes, docker calls, history, journal but for its times. */
  record(): unknown {
    const journal = this.lines('.journal').map((line) =>
      line.replace(/^\S+/, 'TIME').replace(/\d+$/, 'SECONDS'),
    );
    return JSON.parse(this.#normalise(JSON.stringify([this.#record, this.calls(), this.lines(''), journal])));
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
}

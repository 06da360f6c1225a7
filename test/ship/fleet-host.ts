import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { SHELLS } from '../../src/rehearsal/shells.js';
import { makeTemporary, removeTemporary } from '../../src/rehearsal/temporary.js';
import { genWith, type Result, text } from '../commands/support.js';
import { Host } from '../support/host.js';

const STAND_INS = fileURLToPath(new URL('stand-ins', import.meta.url));

/** What a stand-in for ssh does on the way to a host. */
export type Behaviour =
  | ''
  | 'down'
  | 'refuse'
  | 'stranger'
  | 'hang'
  | 'hang-exec'
  | 'full'
  | 'drop'
  | 'crash'
  | 'early'
  | 'noise'
  | 'slow';

/** A docker host that ssh finds by its name. */
class FleetHost extends Host {
  constructor(
    readonly name: string,
    readonly place: string,
  ) {
    super(SHELLS[0] ?? { name: 'sh', command: ['sh'] });
    mkdirSync(place);
    // Calls of several apps may overlap.
    this.isAlone = false;
    const lines = Object.entries(this.env()).map(([name_, value]) => `${name_}=${value}`);
    writeFileSync(join(place, 'env'), lines.join('\n'));
    this.behave('');
  }

  behave(behaviour: Behaviour): void {
    writeFileSync(join(this.place, 'behaviour'), behaviour);
  }
}

/** A project, and its hosts behind stand-ins for ssh and sftp. */
export class SimulatedFleet {
  readonly folder = makeTemporary('fleet-');
  readonly hosts: readonly FleetHost[];
  readonly #work = join(this.folder, 'work');

  constructor(readonly names: readonly string[]) {
    mkdirSync(this.#work);
    mkdirSync(join(this.folder, 'hosts'));
    this.hosts = names.map((name) => new FleetHost(name, join(this.folder, 'hosts', name)));
    for (const host of this.hosts) for (const tag of ['v1', 'v2', 'v3']) host.image(tag);
  }

  host(name: string): FleetHost {
    const found = this.hosts.find((host) => host.name === name);
    if (found === undefined) throw new Error(`no host ${name}`);
    return found;
  }

  /** Each host has folders of its own: they all are on this machine. */
  configure(more = '', names: readonly string[] = this.names): void {
    const hosts = names.map((name) => {
      const { folder, history } = this.host(name);
      return `  ${name}: { publish: { remoteRoot: "${folder}", remoteDirectory: inbox }, history: { file: "${history}" } }\n`;
    });
    const yml = `app: citest\nimage: registry.example.com/team/citest\nlockWait: 5s\nstrategy: recreate\ncontainer: { ports: ["8080:80"] }\nhealth: { settle: 1s }\n${more}\nhosts:\n${hosts.join('')}`;
    writeFileSync(join(this.#work, 'gen-scripts.yml'), yml);
  }

  async render(tag: string, number: number, more: Record<string, string> = {}): Promise<void> {
    const env = { GIT_TAG: tag, BUILD_NUMBER: String(number), ...more };
    const rendered = await genWith({ cwd: this.#work, env }, []);
    if (rendered.status !== 0) throw new Error(rendered.stderr);
  }

  async ship(...words: string[]): Promise<Result> {
    return await genWith({ cwd: this.#work, env: this.environment }, ['ship', ...words]);
  }

  /** What a terminal would get. */
  async shipOnTerminal(): Promise<string> {
    let screen = '';
    const stderr = new Writable({
      write(chunk, _encoding, done) {
        screen += chunk;
        done();
      },
    });
    const terminal = Object.assign(stderr, { isTTY: true, columns: 80 });
    await genWith({ cwd: this.#work, env: this.environment, stderr: terminal }, ['ship']);
    return screen;
  }

  async deploy(tag: string, number: number, ...words: string[]): Promise<Result> {
    await this.render(tag, number);
    return await this.ship(...words);
  }

  async report(): Promise<{ hosts: { server: string; state: string }[]; result: string; sentence: string }> {
    return JSON.parse(await text(this.#work, '.gen-scripts', 'report.json'));
  }

  /** host -> state */
  async states(): Promise<Record<string, string>> {
    return Object.fromEntries((await this.report()).hosts.map(({ server, state }) => [server, state]));
  }

  serving(): (string | undefined)[] {
    return this.hosts.map((host) => host.serves());
  }

  get work(): string {
    return this.#work;
  }

  get environment(): Record<string, string> {
    return { PATH: `${STAND_INS}:${process.env.PATH}`, FLEET: join(this.folder, 'hosts'), HOME: this.folder };
  }

  remove(): void {
    for (const host of this.hosts) host.remove();
    removeTemporary(this.folder);
  }
}

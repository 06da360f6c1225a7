import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Host } from '../support/host.js';
import { installedShells } from '../support/shells.js';
import { publishOverSsh, type SshServer } from './freestyle-publisher.js';
import { readVariables, readWrappers, type Start } from './freestyle-variables.js';
import { type Element, findAll, textOf } from './options-xml.js';

const PROJECT = join(import.meta.dirname, '../..');
const SIMULATOR = join(PROJECT, 'simulator');
const SH = installedShells()[0] ?? { name: 'sh', command: ['sh'] as const };

export interface Build {
  readonly result: 'SUCCESS' | 'FAILURE';
  readonly log: string;
}

/** A freestyle job as its config.xml says, with a workspace that persists, an agent and docker hosts. */
export class FreestyleJob {
  readonly folder: string;
  readonly workspace: string;
  /** Docker hosts by the name of their SSH server. */
  readonly hosts: Readonly<Record<string, Host>>;
  readonly #agent: Record<string, string>;
  #number = 0;

  constructor(
    /** May be changed between two builds, as in the form. */
    public config: Element,
    settings: (hosts: Readonly<Record<string, Host>>) => string,
  ) {
    const names = findAll(config, 'configName').map(({ text }) => text);
    this.hosts = Object.fromEntries(names.map((name) => [name, new Host(SH)]));
    this.folder = mkdtempSync(join(tmpdir(), 'job-'));
    this.workspace = join(this.folder, 'workspace');
    this.#agent = this.#makeEnvironment(join(this.folder, 'docker'));
    this.#run('simctl', ['init']);
    this.#makeRepository(settings(this.hosts));
  }

  /** Commits a version of the app under a git tag; `behaviour` in the simulator's words. */
  tag(name: string, behaviour = 'ready=0'): void {
    const dockerfile = `FROM busybox\n# simulator: ${behaviour}\nARG VERSION=${name}\n`;
    writeFileSync(join(this.workspace, 'Dockerfile'), dockerfile);
    this.#run('sh', ['-c', `git add -A && git commit -qm ${name} && git tag ${name}`]);
  }

  has(name: string): boolean {
    return existsSync(join(this.workspace, name));
  }

  /** simctl for the agent and the registry. */
  simulate(...words: string[]): void {
    this.#run('simctl', words);
  }

  /** What the agent's docker was asked since the beginning, one call each. */
  agentCalls(): string[] {
    return readFileSync(join(this.folder, 'docker', 'calls'), 'utf8').split('\n');
  }

  /** GitLab pushed a tag: the parameters have their defaults. */
  push(tag: string, behaviour?: string): Build {
    this.tag(tag, behaviour);
    return this.build({ trigger: { gitlabSourceBranch: `refs/tags/${tag}`, gitlabUserName: 'Han Meimei' } });
  }

  /** One build: shell step, then, unless it failed, the post-build action. */
  build(start: Start = {}): Build {
    this.#number += 1;
    const lines: string[] = [];
    const variables = readVariables(this.config, this.#number, start);
    if (!this.#runShellStep({ ...variables, ...readWrappers(this.config, start) }, lines)) {
      lines.push('SSH: Current build result is [FAILURE], not going to run.');
      return { result: 'FAILURE', log: lines.join('\n') };
    }
    const [plugin] = findAll(this.config, 'jenkins.plugins.publish__over__ssh.BapSshPublisherPlugin');
    if (plugin === undefined) throw new Error('no Publish over SSH in the job');
    const { workspace } = this;
    const servers = Object.fromEntries(
      Object.entries(this.hosts).map(([name, host]) => [name, this.#connect(host)]),
    );
    const done = publishOverSsh(plugin, { workspace, variables, servers, say: (line) => lines.push(line) });
    return { result: done ? 'SUCCESS' : 'FAILURE', log: lines.join('\n') };
  }

  remove(): void {
    for (const host of Object.values(this.hosts)) host.remove();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** hudson.tasks.Shell: `sh -xe` on a file outside the workspace. */
  #runShellStep(variables: Readonly<Record<string, string>>, lines: string[]): boolean {
    const [step] = findAll(this.config, 'hudson.tasks.Shell');
    const script = join(this.folder, `jenkins${this.#number}.sh`);
    writeFileSync(script, step === undefined ? '' : textOf(step, 'command'));
    const env = { ...this.#agent, ...variables };
    const run = spawnSync('sh', ['-xe', script], { cwd: this.workspace, env, encoding: 'utf8', input: '' });
    lines.push(run.stdout, run.stderr);
    return run.status === 0;
  }

  /** The host's file system is a folder: what the commands call /srv/deploy is below it. */
  #connect(host: Host): SshServer {
    const env = this.#makeEnvironment(join(host.folder, 'sim'), host.folder);
    return {
      root: host.inbox,
      execute: (command) => {
        const here = command.replaceAll('/srv/deploy', host.inbox);
        const run = spawnSync('sh', ['-c', here], { cwd: '/', env, encoding: 'utf8', input: '' });
        return { status: run.status, output: run.stdout + run.stderr };
      },
    };
  }

  #makeEnvironment(state: string, home = this.folder): Record<string, string> {
    return {
      PATH: [SIMULATOR, process.env.PATH].join(delimiter),
      HOME: home,
      TMPDIR: home,
      LC_ALL: 'C.UTF-8',
      SIM_STATE: state,
      SIM_REGISTRY: join(this.folder, 'registry'),
    };
  }

  #makeRepository(settings: string): void {
    mkdirSync(join(this.workspace, 'tools'), { recursive: true });
    writeFileSync(join(this.workspace, 'gen-scripts.yml'), settings);
    writeFileSync(join(this.workspace, '.gitignore'), 'release/\n');
    this.#run('sh', ['-c', `cp '${PROJECT}/resources/gen-scripts.cjs' tools/ && git init -q -b main`]);
  }

  #run(program: string, args: readonly string[]): void {
    const identity = ['AUTHOR', 'COMMITTER'].flatMap((who) => [
      [`GIT_${who}_NAME`, 'test'],
      [`GIT_${who}_EMAIL`, 'test@example.com'],
    ]);
    const env = { ...this.#agent, ...Object.fromEntries(identity) };
    mkdirSync(this.workspace, { recursive: true });
    const run = spawnSync(program, args, { cwd: this.workspace, env, encoding: 'utf8' });
    if (run.status !== 0) throw new Error(`${program} ${args.join(' ')}: ${run.stdout}${run.stderr}`);
  }
}

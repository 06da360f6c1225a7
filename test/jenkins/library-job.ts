import { spawnSync } from 'node:child_process';
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
import { basename, delimiter, dirname, join } from 'node:path';
import { Host } from '../support/host.js';
import { installedShells } from '../support/shells.js';
import type { Behaviour, BuildRequest, BuildResult, JenkinsProcess, Server } from './jenkins-process.js';

const PROJECT = join(import.meta.dirname, '../..');
const SIMULATOR = join(PROJECT, 'simulator');
const SH = installedShells()[0] ?? { name: 'sh', command: ['sh'] as const };
const JENKINS_URL = 'https://jenkins.example.com/';

/**
 * Every host takes the same settings, as in reality; here they share a file system, and are told apart by the home in
 * which a command starts.
 */
export const ROOT = '/proc/self/cwd';
export const SETTINGS = `app: citest
image: registry.example.com/team/citest
container: { ports: ["8080:80"] }
strategy: recreate
health: { settle: 1s }
history: { file: ${ROOT}/data/citest_history }
publish: { remoteRoot: ${ROOT}, remoteDirectory: inbox }
`;

/** Whether this system has such a path; elsewhere these tests are skipped. */
export const canTellHostsApart = existsSync(ROOT);

/** What is special about one build. */
export interface Start extends Partial<Omit<BuildRequest, 'servers'>> {
  readonly behaviours?: Readonly<Record<string, Behaviour>>;
}

/** A pipeline job with a repository, an agent whose workspace persists, and docker hosts web1, web2 and web3. */
export class LibraryJob {
  readonly folder = mkdtempSync(join(tmpdir(), 'job-'));
  readonly workspace = join(this.folder, 'workspace');
  readonly repository = join(this.folder, 'repository');
  readonly hosts: Readonly<Record<string, Host>> = {
    web1: new Host(SH),
    web2: new Host(SH),
    web3: new Host(SH),
  };
  readonly #jenkins: JenkinsProcess;
  readonly #agent: Record<string, string>;
  #number = 0;

  constructor(jenkins: JenkinsProcess, files: Readonly<Record<string, string>> = {}) {
    this.#jenkins = jenkins;
    this.#agent = this.#environment(join(this.folder, 'docker'), this.folder);
    mkdirSync(this.workspace);
    mkdirSync(this.repository);
    this.#inRepository('simctl init && git init -q -b main');
    this.write({ 'gen-scripts.yml': SETTINGS, '.gitignore': 'release/\n.gen-scripts/\n', ...files });
  }

  /** Puts files into the repository; they are committed with the next tag. */
  write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.repository, name)), { recursive: true });
      writeFileSync(join(this.repository, name), text);
    }
  }

  /** Commits a version of the app under a git tag; `behaviour` in the simulator's words. */
  tag(name: string, behaviour = 'ready=0'): void {
    this.write({ Dockerfile: `FROM busybox\n# simulator: ${behaviour}\nARG VERSION=${name}\n` });
    this.#inRepository(`git add -A && git commit -qm ${name} && git tag ${name}`);
  }

  /** A branch with this name at the last commit. */
  branch(name: string): void {
    this.#inRepository(`git branch ${name}`);
  }

  /** GitLab pushed a tag: the parameters have their defaults. */
  push(tag: string, script: string, start: Start = {}): Promise<BuildResult> {
    const variables = { gitlabSourceBranch: `refs/tags/${tag}`, gitlabUserName: 'Han Meimei' };
    const parameters = { CTRL_BUILD: true, ROLLBACK_TO: '', ROLLBACK_STEPS: '', GIT_TAG: '' };
    return this.build(script, {
      ...start,
      variables: { ...variables, ...start.variables },
      parameters: start.parameters ?? parameters,
    });
  }

  /** One build of this Jenkinsfile; by hand unless `start` says otherwise. */
  build(script: string, { variables, behaviours, ...start }: Start = {}): Promise<BuildResult> {
    this.#number += 1;
    const number = String(this.#number);
    const run = {
      JENKINS_URL,
      JOB_NAME: 'citest',
      BUILD_NUMBER: number,
      BUILD_URL: `${JENKINS_URL}job/citest/${number}/`,
    };
    return this.#jenkins.run({
      project: PROJECT,
      workspace: this.workspace,
      repository: this.repository,
      script,
      agent: this.#agent,
      variables: { ...run, ...variables },
      parameters: {},
      causes: [],
      credentials: {},
      tools: {},
      servers: this.#servers(behaviours ?? {}),
      ...start,
    });
  }

  read(name: string): string {
    return readFileSync(join(this.workspace, name), 'utf8');
  }

  has(name: string): boolean {
    return existsSync(join(this.workspace, name));
  }

  /** Anywhere below a folder. */
  hasIn(folder: string, name: string): boolean {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' }).some((path) => basename(path) === name);
  }

  /** What each host serves. */
  serving(): (string | undefined)[] {
    return Object.values(this.hosts).map((host) => host.serves());
  }

  host(name: string): Host {
    const host = this.hosts[name];
    if (host === undefined) throw new Error(`no host ${name}`);
    return host;
  }

  /** simctl for the agent and the registry. */
  simulate(words: string): void {
    this.#inRepository(`simctl ${words}`);
  }

  remove(): void {
    for (const host of Object.values(this.hosts)) host.remove();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #servers(behaviours: Readonly<Record<string, Behaviour>>): Record<string, Server> {
    const servers = Object.entries(this.hosts).map(([name, { folder }]): [string, Server] => [
      name,
      {
        root: folder,
        home: folder,
        environment: this.#environment(join(folder, 'sim'), folder),
        behaviour: behaviours[name] ?? '',
      },
    ]);
    return Object.fromEntries(servers);
  }

  #environment(state: string, home: string): Record<string, string> {
    return {
      PATH: [SIMULATOR, dirname(process.execPath), process.env.PATH].join(delimiter),
      HOME: home,
      TMPDIR: home,
      LC_ALL: 'C.UTF-8',
      SIM_STATE: state,
      SIM_REGISTRY: join(this.folder, 'registry'),
    };
  }

  #inRepository(command: string): void {
    const who = { GIT_AUTHOR_NAME: 'test', GIT_AUTHOR_EMAIL: 'test@example.com' };
    const committer = { GIT_COMMITTER_NAME: 'test', GIT_COMMITTER_EMAIL: 'test@example.com' };
    const env = { ...this.#agent, ...who, ...committer };
    const run = spawnSync('sh', ['-ec', command], { cwd: this.repository, env, encoding: 'utf8' });
    if (run.status !== 0) throw new Error(`${command}: ${run.stdout}${run.stderr}`);
  }
}

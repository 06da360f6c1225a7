import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { makeRepository } from './app.mjs';
import { searchPath } from './host.mjs';
import { must } from './process.mjs';
import { command, execute, startExecute, transfer } from './ssh.mjs';

const project = join(import.meta.dirname, '../../..');
const cli = '/opt/gen-scripts/gen-scripts.cjs';
const node = '/opt/gen-scripts/node';

/** Puts what a Jenkins agent needs on `agent`: node and the one-file CLI. */
export async function equipAgent(agent) {
  mkdirSync(agent.path('/opt/gen-scripts'));
  copyFileSync(join(project, 'resources/gen-scripts.cjs'), agent.path(cli));
  // node may be installed where the agent's file system does not reach
  writeFileSync(agent.path(node), '');
  await must('mount', ['--bind', process.execPath, agent.path(node)]);
}

/**
 * One Jenkins job: a workspace on the agent that persists between builds, and build numbers that rise.
 *
 * options: { agent, app, config (text of gen-scripts.yml), password, client (path of the docker client it builds with),
 *            say (function that takes text for the log), ballast, check (see app.mjs; left out: a small image that gives up soon) }
 */
export class Job {
  buildNumber = 0;
  #pushed = new Set();

  constructor(options) {
    Object.assign(this, options);
    this.workspace = `/home/${this.agent.user}/workspace/${this.app}`;
  }

  prepare() {
    const folder = `/opt/client-${this.app}`;
    mkdirSync(this.agent.path(folder));
    symlinkSync(this.client, this.agent.path(join(folder, 'docker')));
    this.searchPath = `${folder}:${searchPath}`;
    return makeRepository(this.agent, this.workspace, this.config, this);
  }

  /** A tag was pushed: check out, render, build, push. `env` adds to Jenkins' environment. Leaves release/. */
  async build(tag, env = {}) {
    this.buildNumber += 1;
    const environment = this.#environment(env);
    await this.#step('git', ['checkout', '-q', '--force', tag], {});
    const rendered = await this.#step(node, [cli], environment);
    if (rendered.status !== 0) throw new Error(`gen-scripts: exit ${rendered.status}\n${rendered.output}`);
    // A tag is built once: what the later builds of the same tag would push is the same image.
    const builder = this.#find('build.sh');
    if (!builder || (this.#pushed.has(tag) && env.CTRL_BUILD === undefined)) return rendered;
    const built = await this.#step('sh', [builder], environment);
    if (built.status !== 0) throw new Error(`build.sh: exit ${built.status}\n${built.output}`);
    if (env.CTRL_BUILD === undefined) this.#pushed.add(tag);
    return built;
  }

  /** The checkbox was cleared: a roll back. The tag checked out has nothing to do with the target. */
  rollback(env = {}) {
    return this.build('v1', { CTRL_BUILD: 'false', ...env });
  }

  /** `gen-scripts` with other arguments; { status, output }. */
  generate(args, env = {}) {
    return this.#step(node, [cli, ...args], this.#environment(env));
  }

  has(name) {
    return existsSync(this.release(name));
  }

  /** In release/ or, where hosts have scripts of their own, in a folder of it; relative to the workspace. */
  #find(name) {
    const found = this.#findAll(name)[0];
    return found && join('release', found);
  }

  #findAll(name) {
    const all = existsSync(this.release('')) ? readdirSync(this.release(''), { recursive: true }) : [];
    return all.filter((path) => basename(path) === name);
  }

  /** Publish over SSH, first half: release/* to the host. */
  ship(host) {
    return transfer(host, this.release(''), this.app);
  }

  /** The job's last step: credentials that were shipped do not stay in the workspace. */
  close() {
    for (const path of this.#findAll('registry.credentials')) rmSync(this.release(path), { force: true });
  }

  /** Publish over SSH, second half. Returns { status, output, ... } of the remote script. */
  exec(host, options, script) {
    return this.startExec(host, options, script).ended;
  }

  /** As `exec`, to be interrupted: { child, ended }. */
  startExec(host, options = '', script = 'auto.sh') {
    const exec = startExecute(host, this.command(host, options, script));
    const told = exec.ended.then((result) => this.#tell(host, `${script} ${options}`, result));
    return { child: exec.child, ended: told };
  }

  command(host, options, script) {
    return `sh ${host.home}/${this.app}/${script} --build ${this.buildNumber} ${options} </dev/null`;
  }

  /** A whole build by tag push, on one host. */
  async deploy(host, tag, env = {}) {
    await this.build(tag, env);
    await this.ship(host);
    return this.exec(host);
  }

  /** A whole build with the checkbox cleared, on one host. */
  async undo(host, env = {}) {
    await this.rollback(env);
    await this.ship(host);
    return this.exec(host);
  }

  /** As `exec`, the way of the shared library: { status, outcome }, the outcome file that came back, or null. */
  async ask(host) {
    const { publish } = JSON.parse(readFileSync(this.release('manifest.json'), 'utf8'));
    const said = await execute(host, this.#substituted(publish.execCommand));
    this.#tell(host, publish.execCommand, said);
    const name = '.gen-scripts/outcomes/1';
    await this.#emptyFolder(name);
    // The plugin leaves out the second transfer when the first has failed.
    const isFetched =
      said.status === 0 &&
      (await command(
        host,
        `${this.#substituted(publish.fetchCommand)} ${name}`,
        this.agent.path(this.workspace),
      ));
    return { status: said.status, outcome: isFetched ? join(name, 'outcome') : null };
  }

  /** What `gen-scripts report` makes of one host's outcome. */
  async report(host, outcome) {
    const answers = JSON.stringify([{ server: host.name, app: this.app, file: outcome ?? 'none' }]);
    writeFileSync(this.agent.path(join(this.workspace, '.gen-scripts/outcomes.json')), answers);
    const { status, stdout, output } = await this.#step(node, [cli, 'report'], {});
    if (status !== 0) throw new Error(`gen-scripts report: exit ${status}\n${output}`);
    return JSON.parse(stdout);
  }

  #tell(host, command, result) {
    this.say(`--- ${host.name}: ${command} -> ${result.status} (${result.ms} ms)\n${result.output}`);
    return result;
  }

  /** As Jenkins does it with every command. */
  #substituted(text) {
    return text.replace(/\$(\$|BUILD_NUMBER\b)/g, (_, name) => (name === '$' ? '$' : this.buildNumber));
  }

  /** In the workspace, made by the user that the agent runs as. */
  async #emptyFolder(name) {
    rmSync(this.agent.path(join(this.workspace, name)), { recursive: true, force: true });
    await this.#step('mkdir', ['-p', name], {});
  }

  /** Where a file of release/ is for the test. */
  release(name) {
    return this.agent.path(join(this.workspace, 'release', name));
  }

  #environment(more) {
    return {
      PATH: this.searchPath,
      BUILD_NUMBER: String(this.buildNumber),
      JOB_NAME: this.app,
      BUILD_URL: `http://jenkins.example.com/job/${this.app}/${this.buildNumber}/`,
      REGISTRY_USERNAME: 'ci',
      REGISTRY_PASSWORD: this.password,
      ...more,
    };
  }

  async #step(program, args, env) {
    const result = await this.agent.inside(program, args, {
      user: this.agent.user,
      cwd: this.workspace,
      env,
    });
    this.say(
      `--- agent: ${program} ${args.join(' ')} -> ${result.status} (${result.ms} ms)\n${result.output}`,
    );
    return result;
  }
}

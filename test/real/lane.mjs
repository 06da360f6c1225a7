import { appendFileSync, copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { Faults } from './stack/faults.mjs';
import { Job } from './stack/jenkins.mjs';
import { must } from './stack/process.mjs';
import { Registry } from './stack/registry.mjs';

/**
 * One host, its registry and its Jenkins job. Cases of a lane run one after the other; lanes run side by side.
 *
 * options: { folder, app, host, agent, port (of the registry), password, config (function that gives gen-scripts.yml) }
 */
export class Lane {
  /** Everything printed since the case began. */
  transcript = '';

  constructor(options) {
    Object.assign(this, options);
    this.registry = new Registry(this.folder, this.port, this.password);
    this.repository = `${this.registry.address}/team/${this.app}`;
    this.faults = new Faults(this.host);
    const say = (text) => this.say(text);
    this.job = new Job({ ...options, client: this.host.client, config: this.config(this), say });
  }

  say(text) {
    this.transcript += `${text.trimEnd()}\n`;
    appendFileSync(`${this.folder}/transcript-${this.app}`, `${text}\n`);
  }

  async prepare() {
    await this.registry.prepare();
    await Promise.all([this.registry.start(), this.host.prepare().then(() => this.host.start())]);
    const passwordFile = '/etc/registry.password';
    writeFileSync(this.host.path(passwordFile), `${this.password}\n`, { mode: 0o600 });
    await this.host.inside('chown', [this.host.user, passwordFile]);
    this.loginFolder = `${this.folder}/login-${this.app}`;
    mkdirSync(this.loginFolder);
    const auth = Buffer.from(`ci:${this.password}`).toString('base64');
    const auths = { [this.registry.address]: { auth } };
    writeFileSync(`${this.loginFolder}/config.json`, JSON.stringify({ auths }));
    await this.job.prepare();
    await this.#settleNeighbours();
  }

  /** An empty host, as on the first day: no container, image or history of the app; neighbours stay. */
  async reset() {
    this.transcript = '';
    // A case that failed may have left these.
    for (const leave of this.host.thieves) await leave();
    if (!this.registry.isUp) await this.registry.start();
    if (this.host.isUp) await this.host.startEngine();
    else await this.host.start();
    const history = this.host.path('/data/jenkins');
    for (const name of readdirSync(history)) rmSync(`${history}/${name}`, { recursive: true });
    rmSync(this.host.path(`${this.host.home}/${this.app}`), { recursive: true, force: true });
    this.faults.clear();
    const all = (await this.host.docker('ps', '--all', '--quiet', '--no-trunc')).split('\n');
    const mine = all.filter((id) => id && !this.neighbours.includes(id));
    if (mine.length > 0) await this.host.docker('rm', '--force', '--volumes', ...mine);
    const images = await this.host.docker('images', '--quiet', '--filter', `reference=${this.repository}`);
    if (images) await this.host.docker('rmi', '--force', ...new Set(images.split('\n')));
  }

  deploy(tag, env) {
    return this.job.deploy(this.host, tag, env);
  }

  undo(env) {
    return this.job.undo(this.host, env);
  }

  exec(options, script) {
    return this.job.exec(this.host, options, script);
  }

  /** One of the scripts that were shipped last, once more: what a run consumes is put there again. */
  run(script, options) {
    this.#rearm();
    return this.exec(options, `${script}.sh`);
  }

  /** As `run`, to be interrupted. */
  startRun(script) {
    this.#rearm();
    return this.job.startExec(this.host, '', `${script}.sh`);
  }

  /** A script that stops after its `place`-th change and waits, while `meanwhile` is done to its host. Returns its end. */
  async held(script, place, meanwhile) {
    this.faults.plan('hold', 'after', place + 1);
    const exec = this.startRun(script);
    await this.faults.reached(exec);
    try {
      await meanwhile(exec);
    } finally {
      this.faults.release();
    }
    return exec.ended;
  }

  #rearm() {
    if (!this.job.has('registry.credentials')) return;
    const shipped = this.host.path(`${this.host.home}/${this.app}/registry.credentials`);
    copyFileSync(this.job.release('registry.credentials'), shipped);
  }

  /** Containers whose names only contain the app's: nothing may ever happen to them. */
  async #settleNeighbours() {
    const rootfs = this.agent.path(`${this.job.workspace}/rootfs`);
    const archive = `${this.folder}/neighbour-${this.app}.tar`;
    await must('tar', ['-C', rootfs, '-cf', archive, '.']);
    this.neighbours = [];
    for (const name of [`${this.app}2`, `my-${this.app}`]) {
      const image = `${this.registry.address}/team/${name}:v1`;
      await this.host.docker('import', archive, image);
      const idle = ['sh', '-c', "trap 'exit 0' TERM; sleep 100000 & wait"];
      const options = ['--detach', '--restart', 'always', '--name', name];
      this.neighbours.push(await this.host.docker('run', ...options, image, ...idle));
    }
  }
}

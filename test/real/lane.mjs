import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { Faults } from './stack/faults.mjs';
import { must } from './stack/process.mjs';
import { sweep } from './sweep.mjs';
import { Unit } from './unit.mjs';

/** One host, its registry and its Jenkins job. options: `host`, and what a unit has; the job builds with the host's docker client. */
export class Lane extends Unit {
  constructor(options) {
    super({ ...options, client: options.host.client });
    this.faults = new Faults(this.host);
  }

  async prepare() {
    await Promise.all([super.prepare(), this.host.prepare().then(() => this.host.start())]);
    const passwordFile = '/etc/registry.password';
    writeFileSync(this.host.path(passwordFile), `${this.password}\n`, { mode: 0o600 });
    await this.host.inside('chown', [this.host.user, passwordFile]);
    this.loginFolder = `${this.folder}/login-${this.app}`;
    mkdirSync(this.loginFolder);
    const auth = Buffer.from(`ci:${this.password}`).toString('base64');
    const auths = { [this.registry.address]: { auth } };
    writeFileSync(`${this.loginFolder}/config.json`, JSON.stringify({ auths }));
    await this.#settleNeighbours();
  }

  /** An empty host, as on the first day: no container, image or history of the app; neighbours stay. */
  async reset() {
    await super.reset();
    await sweep(this);
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

import { chownSync, copyFileSync, statSync } from 'node:fs';
import { Faults } from './stack/faults.mjs';
import { Unit } from './unit.mjs';

/** A unit whose scripts run on one host. options: `host`, and what a unit has. */
export class Post extends Unit {
  constructor(options) {
    super(options);
    this.faults = new Faults(this.host);
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
    const { uid, gid } = statSync(this.host.path(this.host.home));
    chownSync(shipped, uid, gid);
  }
}

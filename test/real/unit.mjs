import { appendFileSync } from 'node:fs';
import { Job } from './stack/jenkins.mjs';
import { Registry } from './stack/registry.mjs';

/**
 * A registry, a Jenkins job, and what was said since a case began. Cases of a unit run one after the other; units run side by
 * side.
 *
 * options: { folder, app, agent, port (of the registry), password, client (that the job builds with),
 *            config (function that gives gen-scripts.yml) }
 */
export class Unit {
  /** Everything printed since the case began. */
  transcript = '';

  constructor(options) {
    Object.assign(this, options);
    this.registry = new Registry(this.folder, this.port, this.password);
    this.repository = `${this.registry.address}/team/${this.app}`;
    const say = (text) => this.say(text);
    this.job = new Job({ ...options, config: this.config(this), say });
  }

  say(text) {
    this.transcript += `${text.trimEnd()}\n`;
    appendFileSync(`${this.folder}/transcript-${this.app}`, `${text}\n`);
  }

  async prepare() {
    await this.registry.prepare();
    await this.registry.start();
    await this.job.prepare();
  }

  async reset() {
    this.transcript = '';
    if (!this.registry.isUp) await this.registry.start();
  }
}

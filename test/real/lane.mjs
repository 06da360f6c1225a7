import { mkdirSync, writeFileSync } from 'node:fs';
import { Post } from './post.mjs';
import { must } from './stack/process.mjs';
import { sweep } from './sweep.mjs';

/** One host, its registry and its Jenkins job. options: as of a post; the job builds with the host's docker client. */
export class Lane extends Post {
  constructor(options) {
    super({ ...options, client: options.host.client });
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

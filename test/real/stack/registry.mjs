import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { must, until } from './process.mjs';

/** A registry at 10.77.0.1:<port>, for user `ci` with `password`; for everybody when that is ''. It can be stopped and started again. */
export class Registry {
  #server;
  isUp = false;

  constructor(folder, port, password) {
    this.host = '10.77.0.1';
    Object.assign(this, { port, password, folder: join(folder, `registry-${port}`) });
    this.address = `${this.host}:${port}`;
  }

  async prepare() {
    mkdirSync(this.folder);
    // No blob cache: with one, a push after a deletion claims a success that is none.
    const config = {
      version: '0.1',
      log: { level: 'warn' },
      storage: { filesystem: { rootdirectory: join(this.folder, 'data') }, delete: { enabled: true } },
      http: { addr: this.address },
      ...(await this.#authentication()),
    };
    writeFileSync(join(this.folder, 'config.yml'), JSON.stringify(config));
  }

  /** host: another one, for when something else stands at the registry's address. */
  async start(host = this.host) {
    const log = openSync(join(this.folder, 'log'), 'a');
    const command = ['serve', join(this.folder, 'config.yml')];
    const address = `${host}:${this.port}`;
    const env = { ...process.env, REGISTRY_HTTP_ADDR: address };
    this.#server = spawn('docker-registry', command, { stdio: ['ignore', log, log], env });
    closeSync(log);
    await until(`registry ${address}`, () =>
      fetch(`http://${address}/v2/`).then(
        (r) => r.status === (this.password ? 401 : 200),
        () => false,
      ),
    );
    this.isUp = true;
  }

  /** From now on connections are refused. */
  async stop() {
    const gone = new Promise((resolve) => this.#server.on('close', resolve));
    this.#server.kill('SIGKILL');
    await gone;
    this.isUp = false;
  }

  async #authentication() {
    if (this.password === '') return {};
    const path = join(this.folder, 'htpasswd');
    const { stdout } = await must('htpasswd', ['-niBC5', 'ci'], { input: this.password });
    writeFileSync(path, stdout);
    return { auth: { htpasswd: { realm: 'test', path } } };
  }
}

import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { until } from './process.mjs';

const folder = '/var/lib/faults';

/** The test's side of docker-fault.sh on one host. */
export class Faults {
  constructor(host) {
    this.host = host;
  }

  /** Forgets all calls and plans. Only calls made from now on count. */
  clear() {
    for (const name of ['plan', 'changes', 'reached']) rmSync(this.#path(name), { force: true });
  }

  /** At the `number`-th change from now on, `action` ('kill' or 'hold') `when` ('before' or 'after') its effect. */
  plan(action, when, number) {
    this.clear();
    writeFileSync(this.#path('plan'), `${action} ${when} ${number}\n`);
  }

  /** Every change since `clear`, one docker command line each, without the word docker. */
  changes() {
    return this.host.read(`${folder}/changes`).split('\n').slice(0, -1);
  }

  /** Resolves when the planned call is reached; a run that ends without it is no fault at all. */
  async reached(exec) {
    let over = false;
    exec.ended.then(() => {
      over = true;
    });
    const isThere = () => existsSync(this.#path('reached'));
    await until('the planned docker call', () => isThere() || over);
    if (!isThere())
      throw new Error(`the script ended before the planned call:\n${(await exec.ended).output}`);
  }

  wasReached() {
    return existsSync(this.#path('reached'));
  }

  /** Lets a held call go on. */
  release() {
    rmSync(this.#path('plan'), { force: true });
  }

  #path(name) {
    return this.host.path(`${folder}/${name}`);
  }
}

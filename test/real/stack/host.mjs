import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { furnish } from './furniture.mjs';
import { must, run, until } from './process.mjs';

/** What a login finds: the fault injector stands before the client it passes calls to. */
export const searchPath = '/opt/fault:/opt/client:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * A machine of its own: network address, process ids, host name, docker engine, SSH server, and a file system that shows
 * this machine's programs but keeps every write to itself.
 *
 * options: { folder, cgroup, name, number (address 10.77.0.<number>), user ('root', or one who may use docker),
 *            client (path of the docker client), shell (program behind /bin/sh), keys (of SshKeys),
 *            disk (megabytes of a file system of its own for docker's data; none: what this machine has),
 *            homeSize (of a file system of its own for the user's home, as '1m'; none: what this machine has) }
 */
export class Host {
  #launcher;
  isUp = false;
  /** Functions that end processes beside docker, see thief.mjs. */
  thieves = new Set();

  constructor(options) {
    Object.assign(this, options);
    this.address = `10.77.0.${this.number}`;
    /** Its end of the cable, on the bridge that connects the hosts. */
    this.port = `port${this.number}`;
    this.base = join(this.folder, this.name);
    this.home = this.user === 'root' ? '/root' : `/home/${this.user}`;
    this.socket = `unix://${join(this.base, 'run/docker.sock')}`;
  }

  /** Where a path of this host is for the test. */
  path(path) {
    return join(this.base, 'root', path);
  }

  read(path) {
    return existsSync(this.path(path)) ? readFileSync(this.path(path), 'utf8') : '';
  }

  /** Lays out the file system; nothing runs yet. */
  async prepare() {
    const parts = ['upper', 'work', 'root', 'docker', 'run', 'tmp', 'history'];
    for (const name of parts) mkdirSync(join(this.base, name), { recursive: true });
    if (this.disk) await this.#giveDisk();
    await must('mount', ['-t', 'tmpfs', '-o', 'size=1m,mode=755', 'tmpfs', join(this.base, 'history')]);
    const layers = `lowerdir=/,upperdir=${this.base}/upper,workdir=${this.base}/work`;
    await must('mount', ['-t', 'overlay', 'overlay', '-o', layers, this.path('/')]);
    // The engine cannot keep its own overlays on an overlay, sockets do not belong on one, and the history's disk is small.
    const mounts = { docker: '/var/lib/docker', run: '/run', tmp: '/tmp', history: '/data/jenkins' };
    if (this.homeSize) Object.assign(mounts, await this.#giveHome());
    for (const [part, target] of Object.entries(mounts)) {
      mkdirSync(this.path(target), { recursive: true });
      await must('mount', ['--bind', join(this.base, part), this.path(target)]);
    }
    for (const name of ['/dev', '/sys']) await must('mount', ['--rbind', name, this.path(name)]);
    await furnish(this);
  }

  async start() {
    // As after a reboot. A containerd.pid that survives makes dockerd wait 15 s and give up.
    for (const entry of readdirSync(join(this.base, 'run')))
      rmSync(join(this.base, 'run', entry), { recursive: true });
    const namespaces = ['--mount', '--net', '--pid', '--ipc', '--uts', '--fork', '--kill-child=SIGKILL'];
    const boot = ['bash', join(import.meta.dirname, 'host-boot.sh'), this.path('/'), this.name, this.cgroup];
    const log = openSync(join(this.base, 'boot.log'), 'a');
    this.#launcher = spawn('unshare', [...namespaces, ...boot], { stdio: ['ignore', log, log] });
    closeSync(log);
    this.init = await until(`${this.name}: first process`, () => firstChild(this.#launcher.pid));
    await this.#plugIn();
    await until(`${this.name}: the engine answers`, () => this.#answers());
    await this.#listens();
    this.isUp = true;
  }

  /** A power cut: engine, shims, containers, SSH server and scripts end at once, in the middle of whatever they do. */
  async crash() {
    const gone = new Promise((resolve) => this.#launcher.on('close', resolve));
    process.kill(this.init, 'SIGKILL');
    await gone;
    this.isUp = false;
  }

  /** The engine alone: SIGTERM as `systemctl stop docker`, SIGKILL as an out-of-memory killer would; scripts and SSH stay. */
  async stopEngine(signal) {
    const pid = (await this.inside('pidof', ['dockerd'])).stdout.trim();
    await this.inside('kill', ['-s', signal, pid]);
    const isGone = async () => (await this.inside('pidof', ['dockerd', 'containerd'])).status !== 0;
    await until(`${this.name}: the end of the engine`, isGone);
  }

  async startEngine() {
    if (await this.#answers()) return;
    process.kill(this.init, 'SIGUSR1');
    await until(`${this.name}: the engine answers again`, () => this.#answers());
  }

  /** From now on SSH connections are refused; those that are open stay. */
  async stopSsh() {
    const [pid] = await this.#listenersOfSsh();
    await this.inside('kill', [pid]);
    await until(
      `${this.name}: the end of the SSH server`,
      async () => (await this.#listenersOfSsh()).length === 0,
    );
  }

  async startSsh() {
    if ((await this.#listenersOfSsh()).length > 0) return;
    process.kill(this.init, 'SIGUSR2');
    await this.#listens();
  }

  /** Runs a program inside as `user` (default root), in `cwd`, with exactly this environment. As `run` otherwise. */
  inside(program, args, { user = 'root', cwd = '/', env = {}, ...options } = {}) {
    const home = user === 'root' ? '/root' : `/home/${user}`;
    const become = ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--init-groups'];
    const enter = ['--target', String(this.init), '--mount', '--net', '--pid', '--ipc', '--uts'];
    return run('nsenter', [...enter, ...become, 'env', '-C', cwd, program, ...args], {
      env: { PATH: searchPath, HOME: home, USER: user, LOGNAME: user, ...env },
      ...options,
    });
  }

  /** The engine, asked from outside, past the fault injector. Returns stdout; throws when docker fails. */
  async docker(...args) {
    const { stdout } = await must(this.client, args, { env: { ...process.env, DOCKER_HOST: this.socket } });
    return stdout.trim();
  }

  /** Like the disk of a small server: a file system that can be full. The kernel gives the loop device back by itself. */
  async #giveDisk() {
    const image = join(this.base, 'disk');
    await must('truncate', ['--size', `${this.disk}M`, image]);
    await must('mkfs.ext4', ['-q', '-m', '0', '-O', '^has_journal', image]);
    await must('mount', ['-o', 'loop', image, join(this.base, 'docker')]);
  }

  async #giveHome() {
    const folder = join(this.base, 'home');
    mkdirSync(folder);
    await must('mount', ['-t', 'tmpfs', '-o', `size=${this.homeSize},mode=755`, 'tmpfs', folder]);
    return { home: this.home };
  }

  async #plugIn() {
    const { port } = this;
    const into = ['--target', String(this.init), '--net', 'ip'];
    await until(`${this.name}: network`, async () => {
      // The same hardware address after a power cut: neighbours remember it for a minute.
      const card = ['name', 'eth0', 'address', `02:00:00:00:00:${this.number}`, 'netns', String(this.init)];
      const add = ['link', 'add', port, 'type', 'veth', 'peer', ...card];
      return (await run('ip', add)).status === 0; // the old end of a crashed host may need a moment to go
    });
    await must('ip', ['link', 'set', port, 'master', 'hub', 'up']);
    await must('nsenter', [...into, 'link', 'set', 'lo', 'up']);
    await must('nsenter', [...into, 'addr', 'add', `${this.address}/24`, 'dev', 'eth0']);
    await must('nsenter', [...into, 'link', 'set', 'eth0', 'up']);
    await must('nsenter', [...into, 'route', 'add', 'default', 'via', '10.77.0.1']);
  }

  /** Not the processes of its sessions, which go on without it. */
  async #listenersOfSsh() {
    const { stdout } = await this.inside('pgrep', ['--full', '^sshd: .*\\[listener\\]']);
    return stdout.split('\n').filter(Boolean);
  }

  #listens() {
    const look = ['--target', String(this.init), '--net', 'ss', '-ltnH', 'sport = :22'];
    return until(`${this.name}: the SSH server answers`, async () => (await run('nsenter', look)).stdout);
  }

  async #answers() {
    const env = { ...process.env, DOCKER_HOST: this.socket };
    return (await run(this.client, ['info'], { env })).status === 0;
  }
}

function firstChild(pid) {
  try {
    return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0]);
  } catch {
    return 0;
  }
}

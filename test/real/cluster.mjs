import { join } from 'node:path';
import { Post } from './post.mjs';
import { linkClient } from './stack/furniture.mjs';
import { must, until } from './stack/process.mjs';
import { nginx, packProxy } from './stack/proxy.mjs';
import { areReady, disband, gather, patience } from './stack/swarm.mjs';
import { forget, removeImages, wake } from './sweep.mjs';

/**
 * A swarm of three hosts, of which the first is the manager that scripts run on. Not every kernel has IPVS, without which what a service
 * publishes and its virtual address answer nothing; so nginx stands beside it on the overlay network `front`, asks docker's DNS for
 * the addresses of its tasks, and has port 8080 of the manager. options: `hosts`, `clients` (as of `findClients`), and what a unit has.
 */
export class Cluster extends Post {
  constructor(options) {
    super({ ...options, host: options.hosts[0] });
    /** A service whose name begins with the app's: nothing may ever happen to it. */
    this.neighbour = `${this.app}2`;
  }

  async prepare() {
    await super.prepare();
    await gather(this.hosts);
    await this.host.docker('network', 'create', '--driver', 'overlay', '--attachable', 'front');
    await this.#settleNeighbour();
    await this.#standProxy();
  }

  /** An empty swarm, as on the first day: every node ready, no service, image, script or history of the app; the neighbour stays. */
  async reset() {
    await super.reset();
    this.#takeNextClient();
    await Promise.all(this.hosts.map(wake));
    await this.settle();
    const services = await this.host.docker('service', 'ls', '--format', '{{.Name}}');
    if (services.split('\n').includes(this.app)) await this.host.docker('service', 'rm', this.app);
    await Promise.all(this.hosts.map((host) => this.#clear(host)));
    forget(this);
  }

  /**
   * Until every node takes tasks, and nginx runs: its container may have failed to start with the engine, whose overlay networks are there
   * only when the swarm is.
   */
  async settle() {
    await areReady(this.hosts);
    const isStarted = () => this.host.docker('start', 'front-proxy').catch(() => false);
    await until('nginx', isStarted, patience);
  }

  /** Onto the network anew: after a restart of its engine a node may have lost the way to the tasks of others. */
  async renewProxy() {
    this.say('=== nginx joins the overlay network anew');
    await this.host.docker('network', 'disconnect', '--force', 'front', 'front-proxy').catch(() => undefined);
    await this.host.docker('network', 'connect', 'front', 'front-proxy').catch(() => undefined);
    await this.host.docker('restart', '--time', '1', 'front-proxy');
  }

  /** Leaves the hosts as they were found. */
  async close() {
    await this.host.docker('rm', '--force', 'front-proxy');
    await disband(this.hosts);
  }

  /** The service, as the engine knows it: id, version of its settings, image. */
  async service(name = this.app) {
    const format = '{{.ID}} {{.Version.Index}} {{.Spec.TaskTemplate.ContainerSpec.Image}}';
    const [id, version, image] = (
      await this.host.docker('service', 'inspect', '--format', format, name)
    ).split(' ');
    return { id, version, image };
  }

  /** The tasks that are to run: [{ node, state, image }]. */
  async tasks() {
    const format = '{{.Node}}\t{{.CurrentState}}\t{{.Image}}';
    const filter = ['--filter', 'desired-state=running', '--no-trunc', '--format', format];
    const rows = (await this.host.docker('service', 'ps', ...filter, this.app)).split('\n').filter(Boolean);
    return rows
      .map((row) => row.split('\t'))
      .map(([node, state, image]) => ({ node, state: state.split(' ')[0], image }));
  }

  /** The docker clients take turns, case by case. */
  #takeNextClient() {
    this.clients.push(this.clients.shift());
    linkClient(this.host, this.clients[0].path);
    this.say(`docker client ${this.clients[0].version}`);
  }

  /** Tasks go some time after their service; what a node cannot reach the manager with any more does not. */
  async #clear(host) {
    const mine = ['--filter', `label=com.docker.swarm.service.name=${this.app}`];
    const look = async () => (await host.docker('ps', '--all', '--quiet', ...mine)) === '';
    await until(`${host.name}: the end of the tasks`, look, patience);
    await removeImages(host, this.repository);
  }

  async #settleNeighbour() {
    const archive = join(this.folder, 'neighbour-service.tar');
    await must('tar', ['-C', this.agent.path(`${this.job.workspace}/rootfs`), '-cf', archive, '.']);
    await this.host.docker('import', archive, `${this.neighbour}:v1`);
    const here = ['--constraint', 'node.role==manager', '--no-resolve-image', '--detach'];
    const idle = ['sh', '-c', "trap 'exit 0' TERM; sleep 100000 & wait"];
    await this.host.docker(
      'service',
      'create',
      '--name',
      this.neighbour,
      ...here,
      `${this.neighbour}:v1`,
      ...idle,
    );
    this.neighbourAsItWas = await this.service(this.neighbour);
  }

  /** It waits for a connection longer than a lost packet takes to come again: the app's queue is short. */
  async #standProxy() {
    const archive = join(this.folder, 'swarm-proxy.tar');
    await packProxy(join(this.folder, 'swarm-proxy'), archive, { name: this.app, limit: '4s' });
    await this.host.docker('import', archive, 'proxy:1');
    const options = ['--detach', '--restart', 'always', '--name', 'front-proxy', '--network', 'front'];
    await this.host.docker('run', ...options, '--publish', '8080:80', 'proxy:1', ...nginx);
  }
}

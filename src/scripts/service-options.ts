import type { Container, Parameters } from '../parameters/parameters.js';
import { isOwnNetwork } from '../parameters/values/networks.js';
import { parsePort } from '../parameters/values/ports.js';
import { mountedConfig, mountedSecret } from '../parameters/values/swarm.js';
import { parseVolume } from '../parameters/values/volumes.js';
import type { Argument } from './options.js';

/** What a service is told at every deploy, whole: a value that is not set is set back. */
export function serviceOptions(p: Parameters): readonly Argument[] {
  return ofService(p).map(({ argument }) => argument);
}

/** The parameter behind each argument of `serviceOptions`. */
export function serviceOptionNames(p: Parameters): readonly string[] {
  return ofService(p).map(({ name }) => name);
}

function ofService(p: Parameters): { readonly name: string; readonly argument: Argument }[] {
  const { container, swarm } = p;
  const order = orderOf(p);
  const [condition, attempts] = restartOf(container.restart);
  const rows: (readonly [name: string, ...argument: string[]])[] = [
    ['swarm.replicas', '--replicas', String(swarm.replicas)],
    ['swarm.endpoint', '--endpoint-mode', swarm.endpoint],
    ['container.restart', '--restart-condition', condition],
    ['container.restart', '--restart-max-attempts', attempts],
    ['stopTimeout', '--stop-grace-period', seconds(p.stopTimeout)],
    ['swarm.order', '--update-order', order],
    ['swarm.parallelism', '--update-parallelism', String(swarm.parallelism)],
    ['swarm.delay', '--update-delay', seconds(swarm.delay)],
    ['swarm.monitor', '--update-monitor', seconds(swarm.monitor)],
    ['swarm.order', '--rollback-order', order],
    ['swarm.parallelism', '--rollback-parallelism', String(swarm.parallelism)],
    ['swarm.monitor', '--rollback-monitor', seconds(swarm.monitor)],
    ['container.memory', '--limit-memory', container.memory || '0'],
    ['container.cpus', '--limit-cpu', container.cpus || '0'],
    ['container.user', '--user', container.user],
    ['swarm.healthCommand', '--health-cmd', swarm.healthCommand],
    ['container.init', `--init=${container.init}`],
  ];
  return rows.map(([name, ...argument]) => ({ name, argument }));
}

/** Two tasks cannot have the same port of one node. */
export function orderOf({ swarm, container }: Pick<Parameters, 'swarm' | 'container'>): string {
  const takesPorts = swarm.publish === 'host' && container.ports.length > 0;
  return swarm.order || (takesPorts || container.network === 'host' ? 'stop-first' : 'start-first');
}

/** always and unless-stopped are the same where nobody stops a container. */
function restartOf(restart: string): readonly [condition: string, attempts: string] {
  const [policy, retries = '0'] = restart.split(':');
  if (policy === 'no') return ['none', '0'];
  return policy === 'on-failure' ? ['on-failure', retries] : ['any', '0'];
}

/** Values of --env, --mount and --container-label: given again, each replaces the one of the same name. */
export function serviceMaps({ env, volumes, labels }: Container) {
  return {
    env: Object.entries(env).map(([name, value]) => `${name}=${value}`),
    mounts: volumes.map(mount),
    labels: Object.entries(labels).map(([name, value]) => `${name}=${value}`),
  };
}

function mount(volume: string): string {
  const [, , modes = ''] = volume.split(':');
  const { source, target } = readVolume(volume);
  return [
    `type=${source.startsWith('/') ? 'bind' : 'volume'}`,
    ...(source === '' ? [] : [`source=${source}`]),
    `target=${target}`,
    ...(modes.split(',').includes('ro') ? ['readonly'] : []),
  ].join(',');
}

/**
 * What the service has of each list, a word each: `network:front`, `env:TZ`. An update removes what is no longer among
 * them, and adds those that docker would refuse, or have twice, if they were given again.
 */
export function serviceKeys({ container, swarm }: Parameters): readonly string[] {
  const { env, volumes, labels, network, networks } = container;
  const attached = [network, ...networks].filter((name) => name === 'host' || isOwnNetwork(name));
  return [
    ...Object.keys(env).map((name) => `env:${name}`),
    ...volumes.map((volume) => `mount:${readVolume(volume).target}`),
    ...Object.keys(labels).map((name) => `container-label:${name}`),
    ...attached.map((name) => `network:${name}`),
    ...container.ports.map((port) => `publish:${publish(port, swarm.publish)}`),
    ...swarm.secrets.map(mountedSecret).map(({ name, target }) => `secret:source=${name},target=${target}`),
    ...swarm.configs.map(mountedConfig).map(({ name, target }) => `config:source=${name},target=${target}`),
    ...swarm.constraints.map((constraint) => `constraint:${constraint}`),
  ];
}

function publish(text: string, mode: string): string {
  const port = parsePort(text);
  if ('code' in port) throw new Error(`not a port: ${text}`);
  const { host, container, protocol } = port;
  return `published=${host.first},target=${container.first},protocol=${protocol},mode=${mode}`;
}

function readVolume(text: string) {
  const volume = parseVolume(text);
  if ('code' in volume) throw new Error(`not a volume: ${text}`);
  return volume;
}

function seconds(milliseconds: number): string {
  return `${Math.ceil(milliseconds / 1000)}s`;
}

import { readOptions } from './options.js';
import type { Container, Parameters, Strategy } from './parameters.js';
import type { CrossRule, RuleFinding } from './rules.js';
import { standsAlone } from './values/networks.js';
import { publishedAt } from './values/ports.js';

/** What `strategy:` means for this app, and why. */
export interface Chosen {
  readonly strategy: Strategy;
  /** One clause; empty where the user chose. */
  readonly why: string;
}

type Needs = Pick<Parameters, 'strategy' | 'container' | 'health' | 'preflight'>;

export function strategyOf(p: Needs): Chosen {
  return p.strategy === 'auto' ? choose(p) : { strategy: p.strategy, why: '' };
}

/** Two at once must be able to run, to be told apart, and to do no harm, as far as the settings tell. */
function choose(p: Needs): Chosen {
  const wanted = publishes(p.container) ? 'preflight' : 'start-first';
  const [doubt] = [...obstaclesOf(wanted, p).map(({ detail }) => detail), ...doubtsAbout(wanted, p)];
  if (doubt !== undefined) return { strategy: 'recreate', why: doubt };
  const why = wanted === 'preflight' ? 'it publishes ports' : 'it publishes no port, and a proxy finds both';
  return { strategy: wanted, why };
}

/** What only its owner can know to be harmless. */
function doubtsAbout(
  strategy: 'preflight' | 'start-first',
  { container, health, preflight }: Needs,
): string[] {
  const doubts: string[] = [];
  const isUnasked = strategy === 'start-first' || preflight.volumes === 'read-only';
  if (isUnasked && writes(container)) doubts.push('two versions might write to its volumes');
  if (hasOption(container, DEVICES)) doubts.push('two versions might use its device');
  if (strategy === 'preflight' && health.url !== '' && probedPort(health.url, container) === undefined)
    doubts.push('health.url leads to none of container.ports, so it cannot be asked for another container');
  if (strategy === 'start-first' && !isFound(container))
    doubts.push('it publishes no port, and nothing is known to find two containers of it');
  return doubts;
}

const DEVICES = ['device', 'gpus'];

function writes(container: Container): boolean {
  const isWritable = (volume: string) => !volume.split(':').slice(2).join(',').split(',').includes('ro');
  return container.volumes.some(isWritable) || hasOption(container, ['volume', 'mount', 'volumes-from']);
}

/** By an alias, or by what the proxies Traefik, Caddy and nginx-proxy look for in containers. */
function isFound(container: Container): boolean {
  return (
    hasOption(container, ['network-alias', 'net-alias']) ||
    Object.keys(container.labels).some((name) => /^(traefik\.|caddy)/.test(name)) ||
    'VIRTUAL_HOST' in container.env
  );
}

function hasOption({ options }: Container, names: readonly string[]): boolean {
  return readOptions(options).options.some(({ name }) => names.includes(name));
}

interface Obstacle {
  readonly at: RuleFinding['at'];
  readonly value: string;
  readonly detail: string;
}

/** Why two versions cannot be there at once as the strategy wants them. */
function obstaclesOf(strategy: Strategy, { container, health, preflight }: Needs): Obstacle[] {
  if (strategy === 'recreate') return [];
  const { network } = container;
  const found: Obstacle[] = [];
  if (standsAlone(network))
    found.push({ at: ['container', 'network'], value: network, detail: `container.network is ${network}` });
  if (health.url.startsWith('https:'))
    found.push({
      at: ['health', 'url'],
      value: health.url,
      detail: 'a certificate is for a name, and beside the old version only an address leads to the new one',
    });
  if (strategy === 'start-first' && publishes(container))
    found.push({
      at: ['strategy'],
      value: strategy,
      detail: 'two versions cannot publish the same port: handover or preflight can',
    });
  if (strategy === 'handover' && !publishes(container))
    found.push({
      at: ['strategy'],
      value: strategy,
      detail: 'no port is published: there is nothing to hand over, start-first does it',
    });
  for (const { name, index } of readOptions(container.options).options)
    if (SINGLE[strategy].has(name))
      found.push({
        at: ['container', 'options', index],
        value: `--${name}`,
        detail: `--${name} cannot be given to two versions at once`,
      });
  if (strategy === 'preflight' && preflight.volumes === 'read-only')
    for (const { name, index } of readOptions(container.options).options)
      if (['volume', 'mount', 'volumes-from'].includes(name))
        found.push({
          at: ['container', 'options', index],
          value: `--${name}`,
          detail: `--${name} cannot be made read-only here: use container.volumes, or preflight.volumes: none or same`,
        });
  return found;
}

/** Options that only one container at a time can have, and that a strategy cannot move. */
const SINGLE: Readonly<Record<Strategy, ReadonlySet<string>>> = {
  recreate: new Set(),
  preflight: new Set(),
  handover: new Set(['publish-all', 'link', 'link-local-ip', 'mac-address']),
  'start-first': new Set(['publish', 'publish-all', 'ip', 'ip6', 'link-local-ip', 'mac-address']),
};

function publishes(container: Container): boolean {
  return portsOf(container).length > 0;
}

function portsOf({ ports, options }: Container): string[] {
  const more = readOptions(options).options.filter(({ name }) => name === 'publish');
  return [...ports, ...more.map(({ value }) => value ?? '')];
}

/** The port of the container that a URL of this host leads to; undefined when it is none of those that are published. */
export function probedPort(url: string, container: Container): number | undefined {
  return publishedAt(Number(new URL(url).port || 80), portsOf(container));
}

export const strategyFits: CrossRule = {
  reads: [
    'strategy',
    'preflight.volumes',
    'container.network',
    'container.ports',
    'container.options',
    'health.url',
  ],
  check(p) {
    if (p.strategy === 'auto' || p.engine === 'swarm') return [];
    const hint = 'strategy: recreate works with every setting; docs/strategies.md tells them apart';
    return obstaclesOf(p.strategy, p).map(({ at, value, detail }) => ({
      at,
      code: 'GS059',
      value,
      detail: `strategy: ${p.strategy}: ${detail}`,
      hint,
    }));
  },
};

import { readOptions } from './options.js';
import type { Container, Parameters, Strategy } from './parameters.js';
import type { CrossRule, RuleFinding } from './rules.js';

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

/** Never what an app could be harmed by, as far as its settings tell: two at once must be able to run, and nothing may write twice. */
function choose(p: Needs): Chosen {
  const [obstacle] = obstaclesOf('preflight', p);
  if (publishes(p.container))
    return obstacle === undefined
      ? { strategy: 'preflight', why: 'it publishes ports' }
      : { strategy: 'recreate', why: obstacle.detail };
  const [other] = obstaclesOf('start-first', p);
  if (other !== undefined) return { strategy: 'recreate', why: other.detail };
  return p.container.network === 'bridge'
    ? {
        strategy: 'recreate',
        why: 'it publishes no port, and nothing finds it by name on the default network',
      }
    : { strategy: 'start-first', why: 'it publishes no port and is found by name' };
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
  if (/^(host|none|container:.*)$/.test(network))
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

function publishes({ ports, options }: Container): boolean {
  return ports.length > 0 || readOptions(options).options.some(({ name }) => name === 'publish');
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
    if (p.strategy === 'auto') return [];
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

import { readOptions } from './options.js';
import type { Container, Parameters } from './parameters.js';
import type { CrossRule, RuleFinding } from './rules.js';
import type { Path } from './tree.js';
import { formatPath } from './tree.js';
import { standsAlone } from './values/networks.js';
import { parsePort, portsCollide } from './values/ports.js';
import { normalisePath, parseVolume } from './values/volumes.js';

/** An argument of `docker create`, from a key of its own or from container.options. */
interface Argument {
  readonly at: Path;
  readonly text: string;
}

/** @returns every pair of which the second would clash with the first */
export function findClashes<T>(items: readonly T[], clash: (a: T, b: T) => boolean): (readonly [T, T])[] {
  return items.flatMap((item, index) => {
    const first = items.slice(0, index).find((earlier) => clash(earlier, item));
    return first === undefined ? [] : [[first, item] as const];
  });
}

function argumentsOf(container: Container, key: 'ports' | 'volumes', option: string): Argument[] {
  const own = container[key].map((text, index) => ({ at: ['container', key, index], text }));
  const more = readOptions(container.options)
    .options.filter(({ name }) => name === option)
    .map(({ value, index }) => ({ at: ['container', 'options', index], text: value }));
  return [...own, ...more];
}

export const portsNeedNetwork: CrossRule = {
  reads: ['container.ports', 'container.options', 'container.network'],
  check({ container }) {
    const { network } = container;
    if (!standsAlone(network)) return [];
    return argumentsOf(container, 'ports', 'publish').map(({ at, text }) => ({
      at,
      code: 'GS083',
      value: text,
      detail: `container.network is ${network}`,
      hint: network === 'host' ? 'remove it: the process already listens on the host' : 'remove it',
    }));
  },
};

export const networksFit: CrossRule = {
  reads: ['container.network', 'container.networks'],
  check({ container: { network, networks } }) {
    const findings: RuleFinding[] = [];
    for (const [index, value] of networks.entries()) {
      const at = ['container', 'networks', index];
      if (standsAlone(network))
        findings.push({
          ...{ at, code: 'GS044', value, detail: `container.network is ${network}` },
          hint: 'docker connects such a container to no other network',
        });
      else if (value === network || networks.indexOf(value) < index)
        findings.push({ at, code: 'GS044', value, detail: 'it is named twice', hint: 'keep one of the two' });
    }
    return findings;
  },
};

export const portsDiffer: CrossRule = {
  reads: ['container.ports', 'container.options'],
  check({ container }) {
    const ports = argumentsOf(container, 'ports', 'publish').flatMap((argument) => {
      const port = parsePort(argument.text);
      return 'code' in port ? [] : [{ ...argument, port }];
    });
    return findClashes(ports, (a, b) => portsCollide(a.port, b.port)).map((pair) => twice('GS085', pair));
  },
};

export const volumesDiffer: CrossRule = {
  reads: ['container.volumes', 'container.options'],
  check({ container }) {
    const volumes = argumentsOf(container, 'volumes', 'volume').flatMap((argument) => {
      const volume = parseVolume(argument.text);
      return 'code' in volume ? [] : [{ ...argument, target: volume.target }];
    });
    const tmpfs = readOptions(container.options)
      .options.filter(({ name }) => name === 'tmpfs')
      .map(({ value, index }) => ({
        at: ['container', 'options', index],
        text: value,
        target: normalisePath(value.split(':')[0] ?? ''),
      }));
    return findClashes([...volumes, ...tmpfs], (a, b) => a.target === b.target).map((pair) =>
      twice('GS086', pair),
    );
  },
};

function twice(code: string, [first, second]: readonly [Argument, Argument]): RuleFinding {
  return { at: second.at, code, value: second.text, detail: `so does ${formatPath(first.at)}` };
}

/** --publish, --volume and --env-file add to what the keys say; these would replace it, or be replaced. */
export const optionsContradictNothing: CrossRule = {
  reads: [
    'container.options',
    'container.env',
    'container.labels',
    'container.memory',
    'container.cpus',
    'container.user',
    'container.init',
  ],
  check({ container }: Parameters) {
    return readOptions(container.options).options.flatMap(({ name, value, index }) => {
      const key = findContradicted(container, name, value.split('=')[0] ?? '');
      return key === undefined
        ? []
        : [
            {
              at: ['container', 'options', index],
              code: 'GS055',
              detail: `--${name} and ${key}`,
              hint: 'keep one of the two',
            },
          ];
    });
  },
};

/** @returns the key that says the same */
function findContradicted(container: Container, option: string, name: string): string | undefined {
  switch (option) {
    case 'memory':
    case 'cpus':
    case 'user':
      return container[option] === '' ? undefined : `container.${option}`;
    case 'init':
      return container.init ? 'container.init' : undefined;
    case 'env':
      return Object.hasOwn(container.env, name) ? `container.env.${name}` : undefined;
    case 'label':
      return Object.hasOwn(container.labels, name) ? `container.labels.${name}` : undefined;
    default:
      return undefined;
  }
}

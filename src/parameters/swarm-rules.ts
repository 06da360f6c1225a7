import { findClashes } from './container-rules.js';
import type { Parameters } from './parameters.js';
import type { CrossRule, RuleFinding } from './rules.js';
import { ENTRIES, type Name } from './table.js';
import type { Path } from './tree.js';
import { formatDuration } from './values/durations.js';
import { parsePort } from './values/ports.js';
import { mountedConfig, mountedSecret } from './values/swarm.js';
import { parseVolume } from './values/volumes.js';

/** A rule that asks nothing of an app with another engine. */
function ofSwarm(reads: readonly Name[], check: (p: Parameters) => readonly RuleFinding[]): CrossRule {
  return { reads: ['engine', ...reads], check: (p) => (p.engine === 'swarm' ? check(p) : []) };
}

/** Settings of one host's containers -> why a service has none, or what to use instead. */
const MEANINGLESS: Readonly<Partial<Record<Name, string>>> = {
  'container.envFile': 'docker service update takes no env file: use swarm.secrets',
  'container.options': 'they are arguments of docker create, which a service is not made with',
  strategy: 'Swarm replaces the tasks: use swarm.order',
  'preflight.volumes': 'Swarm replaces the tasks: use swarm.order',
  'handover.stop': 'Swarm replaces the tasks: use swarm.order',
  drain: 'Swarm stops an old task as soon as the new one is healthy',
  retain:
    'Swarm keeps the old tasks and images of each node as it is set up to: docker swarm update --task-history-limit',
};

const nothingMeaningless: CrossRule = {
  reads: ['engine'],
  check({ engine, strategy }, isGiven) {
    if (engine !== 'swarm') return [];
    return Object.entries(MEANINGLESS)
      .filter(([name]) => isGiven(name as Name) && !(name === 'strategy' && strategy === 'auto'))
      .map(([name, detail]) => ({ at: name.split('.'), code: 'GS280', detail }));
  },
};

const swarmNeedsEngine: CrossRule = {
  reads: ['engine'],
  check({ engine }, isGiven) {
    if (engine === 'swarm') return [];
    return ENTRIES.filter(([name]) => name.startsWith('swarm.') && isGiven(name)).map(([name]) => ({
      at: name.split('.'),
      code: 'GS281',
    }));
  },
};

const portsAreSimple = ofSwarm(['container.ports'], ({ container }) =>
  container.ports.flatMap((text, index) => {
    const port = parsePort(text);
    if ('code' in port) return [];
    const at = ['container', 'ports', index];
    const ranged = port.host.first !== port.host.last;
    const detail = port.ip !== '' ? 'Swarm publishes on every address of a node' : ranged ? 'a range' : '';
    const expected = 'hostPort:containerPort[/tcp|udp|sctp]';
    return detail === '' ? [] : [{ at, code: 'GS282', value: text, detail, expected }];
  }),
);

/** An update could not tell which of the two it is to remove. */
const targetsDiffer = ofSwarm(['container.ports'], ({ container }) => {
  const ports = container.ports.flatMap((text, index) => {
    const port = parsePort(text);
    return 'code' in port ? [] : [{ text, at: ['container', 'ports', index] as Path, port }];
  });
  return findClashes(
    ports,
    (a, b) => a.port.container.first === b.port.container.first && a.port.protocol === b.port.protocol,
  ).map(([first, second]) => ({
    at: second.at,
    code: 'GS283',
    value: second.text,
    detail: `${first.text} publishes the same port of the container`,
  }));
});

const volumesAreMounts = ofSwarm(['container.volumes'], ({ container }) =>
  container.volumes.flatMap((text, index) => {
    const parsed = parseVolume(text);
    if ('code' in parsed) return [];
    const modes = (text.split(':')[2] ?? '').split(',').filter((mode) => !['', 'ro', 'rw'].includes(mode));
    const detail = /[\s,"']/.test(text)
      ? 'white space, commas and quotes cannot be given to --mount'
      : modes.length > 0
        ? `a mount knows no ${modes.join(', ')}`
        : '';
    const at = ['container', 'volumes', index];
    return detail === '' ? [] : [{ at, code: 'GS282', value: text, detail }];
  }),
);

const networkFits = ofSwarm(['container.network'], ({ container: { network } }) =>
  network === 'none' || network.startsWith('container:')
    ? [
        {
          at: ['container', 'network'],
          code: 'GS282',
          value: network,
          expected: 'bridge (no network of its own), host or the name of an overlay network',
        },
      ]
    : [],
);

const listsDiffer = ofSwarm(['swarm.secrets', 'swarm.configs', 'swarm.constraints'], ({ swarm }) => {
  const secrets = swarm.secrets.map((text, index) => ({
    ...mountedSecret(text),
    ...{ text, at: ['swarm', 'secrets', index] as Path, kind: 'secret' },
  }));
  const configs = swarm.configs.map((text, index) => ({
    ...mountedConfig(text),
    ...{ text, at: ['swarm', 'configs', index] as Path, kind: 'config' },
  }));
  const constraints = swarm.constraints.map((text, index) => ({
    text,
    at: ['swarm', 'constraints', index] as Path,
  }));
  return [
    ...findClashes(
      [...secrets, ...configs],
      (a, b) => a.path === b.path || (a.kind === b.kind && a.name === b.name),
    ),
    ...findClashes(constraints, (a, b) => a.text === b.text),
  ].map(([first, second]) => ({
    at: second.at,
    code: 'GS283',
    value: second.text,
    detail: `so does ${first.text}`,
  }));
});

const ingressNeedsAddress = ofSwarm(
  ['swarm.endpoint', 'swarm.publish', 'container.ports'],
  ({ swarm, container }) =>
    swarm.endpoint === 'dnsrr' && swarm.publish === 'ingress' && container.ports.length > 0
      ? [{ at: ['swarm', 'endpoint'], code: 'GS284', value: 'dnsrr' }]
      : [],
);

const updateFitsTimeout = ofSwarm(
  ['swarm.replicas', 'swarm.parallelism', 'swarm.monitor', 'swarm.delay', 'health.timeout'],
  ({ swarm, health }) => {
    const turns = swarm.parallelism === 0 ? 1 : Math.ceil(swarm.replicas / swarm.parallelism);
    const least = turns * swarm.monitor + (turns - 1) * swarm.delay;
    if (least < health.timeout) return [];
    const value = formatDuration(health.timeout);
    const expected = `more than ${formatDuration(least)}: ${turns} x monitor + ${turns - 1} x delay`;
    return [{ at: ['health', 'timeout'], code: 'GS285', value, expected }];
  },
);

export const SWARM_RULES: readonly CrossRule[] = [
  nothingMeaningless,
  swarmNeedsEngine,
  portsAreSimple,
  targetsDiffer,
  volumesAreMounts,
  networkFits,
  listsDiffer,
  ingressNeedsAddress,
  updateFitsTimeout,
];

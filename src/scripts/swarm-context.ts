import { RESTART_WAIT_MS } from '../parameters/budget.js';
import type { Parameters } from '../parameters/parameters.js';
import { COMMON_NAMES, type CommonContext, commonContext, type HostScript, sha256 } from './context.js';
import type { Argument } from './options.js';
import { quoteShell } from './quote.js';
import { serviceKeys, serviceMaps, serviceOptions } from './service-options.js';

/** What the templates of a swarm's scripts may see. Every decision is made here, none in a template. */
export interface SwarmContext extends CommonContext {
  /** How long the old version may take to be back. */
  readonly backTimeoutMs: string;
  readonly serviceOptions: readonly Argument[];
  readonly env: readonly string[];
  readonly mounts: readonly string[];
  /** Of the containers. */
  readonly labels: readonly string[];
  /** Words with blanks: what the service has of each list. */
  readonly keys: string;
  /** `command` as one text, as docker service update --args reads it. */
  readonly commandText: string;
}

export function swarmContext(script: HostScript, p: Parameters, version: string): SwarmContext {
  const options = serviceOptions(p);
  const maps = serviceMaps(p.container);
  const keys = serviceKeys(p).join(' ');
  const health = healthOf(p);
  const { command } = p.container;
  return {
    ...commonContext(script, p, version),
    ...describe(script, p),
    ...maps,
    health,
    // What the settings label holds: a service made from other settings is not "the same version".
    settingsHash: sha256(JSON.stringify([options, maps, keys, command, health])).slice(0, 16),
    backTimeoutMs: String(p.health.timeout + RESTART_WAIT_MS),
    serviceOptions: options,
    keys,
    commandText: command.map(quoteShell).join(' '),
  };
}

function describe(script: HostScript, p: Parameters) {
  const isRollback = script === 'rollback';
  return {
    purpose: isRollback
      ? `go back to an earlier version of the service "${p.app}" of this swarm`
      : `deploy one image: update the service "${p.app}" of this swarm`,
    untouched: 'failed, the service was never changed',
    restored: 'failed, the old version is running again and healthy',
  };
}

function healthOf({ health, swarm }: Parameters): string {
  if (health.url !== '') return `url=${health.url}`;
  return swarm.healthCommand === '' ? 'image' : 'command';
}

/** Names that templates may use, for the check of their syntax trees. The compiler holds them to the context. */
export const SWARM_NAMES: ReadonlySet<string> = new Set<keyof SwarmContext>([
  ...COMMON_NAMES,
  'backTimeoutMs',
  'commandText',
  'env',
  'keys',
  'labels',
  'mounts',
  'serviceOptions',
]);

import type { Parameters } from '../parameters/parameters.js';
import { probedPort, strategyOf } from '../parameters/strategy.js';
import { type Argument, checkOptions, connectOptions } from './options.js';

/** What the templates may see of how a container is replaced: docs/strategies.md. */
export interface StrategyContext {
  readonly strategy: string;
  /** For the script's head: what was chosen, and why. */
  readonly choice: string;
  /** Name of the internal network on which a version gets healthy before a handover. */
  readonly stage: string;
  readonly isHandover: boolean;
  readonly isStartFirst: boolean;
  /** A container that is only checked comes first. */
  readonly checksFirst: boolean;
  /** The old container is stopped before its ports move. */
  readonly stopsFirst: boolean;
  /** Both versions run at once. */
  readonly runsBeside: boolean;
  /** The swap file of a parked version says `stop` at once. */
  readonly skipsPrepare: boolean;
  /** The label gen-scripts.beside of a container that is there already decides. */
  readonly readsBeside: boolean;
  /** A container may have to be asked at its own address. */
  readonly looksBeside: boolean;
  /** Port and path of the probe in the container: `:80/health`; `-` where there is no probe. */
  readonly ownProbe: string;
  /** The label gen-scripts.beside: strategy, probe, network, options of `docker network connect`, further networks. */
  readonly beside: string;
  /** Seconds in which both serve. */
  readonly drain: string;
  readonly hasVolumes: boolean;
  /** In words, for a comment. */
  readonly checkVolumes: string;
  readonly checkOptions: readonly Argument[];
}

export function strategyContext(script: 'repull' | 'rollback', p: Parameters): StrategyContext {
  const { strategy, why } = strategyOf(p);
  const { container, preflight, handover } = p;
  const [isHandover, isStartFirst] = [strategy === 'handover', strategy === 'start-first'];
  const runsBeside = isHandover || isStartFirst;
  const checksFirst = strategy === 'preflight';
  const ownProbe = probeInside(p);
  const further = container.networks.map((name) => `--network=${name}`);
  return {
    strategy,
    choice: why === '' ? strategy : `${strategy} (auto: ${why})`,
    stage: `gen-scripts-stage-${p.app}`,
    isHandover,
    isStartFirst,
    checksFirst,
    stopsFirst: isHandover && handover.stop === 'before',
    runsBeside,
    skipsPrepare: script === 'rollback' && !runsBeside,
    readsBeside: runsBeside && script === 'rollback',
    looksBeside: strategy !== 'recreate',
    ownProbe,
    beside: [strategy, ownProbe, container.network, ...connectOptions(container), ...further].join(' '),
    drain: String(p.drain / 1000),
    hasVolumes: container.volumes.length > 0,
    checkVolumes: VOLUMES[preflight.volumes],
    checkOptions: checkOptions(container, preflight.volumes),
  };
}

const VOLUMES = { none: 'none', 'read-only': 'read-only', same: 'as they are' } as const;

/** The probe's port as the process in the container has it; one that is not published is the same on both sides. */
function probeInside({ health, container }: Parameters): string {
  if (health.url === '') return '-';
  const { port, pathname, search } = new URL(health.url);
  return `:${probedPort(health.url, container) ?? (port || 80)}${pathname}${search}`;
}

import { Host } from '../support/host.js';
import type { Changes } from '../support/parameters.js';
import type { Shell } from '../support/shells.js';

const URL_HEALTH = { url: 'http://127.0.0.1:8080/health', timeout: 2000, settle: 500 };

/** Settings that a strategy is tried with. */
const STRATEGIES = {
  recreate: { health: URL_HEALTH },
  preflight: { strategy: 'preflight', health: URL_HEALTH },
  handover: { strategy: 'handover', health: URL_HEALTH },
  'start-first': {
    strategy: 'start-first',
    drain: 1000,
    container: { ports: [], network: 'web', options: ['--network-alias=citest.web'] },
    health: { url: 'http://citest.web/health', timeout: 2000, settle: 500 },
  },
} satisfies Record<string, Changes>;

export type Strategy = keyof typeof STRATEGIES;

/** The docker calls of three runs, one word or two each, in order; looks of the health gate left out. */
export interface Calls {
  readonly update: readonly string[];
  readonly noChange: readonly string[];
  readonly rollback: readonly string[];
}

/**
 * Runs of an app that has been deployed so often that every update drops a parked container and its image: no run of
 * its kind has more to do.
 */
export function countCalls(strategy: Strategy, shell: Shell): Calls {
  const changes: Changes = STRATEGIES[strategy];
  const host = new Host(shell);
  const callsOf = (run: () => unknown) => {
    const before = host.calls().length;
    run();
    return host.calls().slice(before).filter(isOverhead).map(nameOf);
  };
  try {
    host.sim('network', 'web');
    if (changes.container?.ports?.length === 0) host.publishNothing();
    for (const tag of [...EARLIER, 'new']) host.image(tag, 'stop=1000');
    for (const [index, tag] of EARLIER.entries()) succeed(host.deploy(tag, index + 1, changes));
    return {
      update: callsOf(() => succeed(host.deploy('new', 6, changes))),
      noChange: callsOf(() => succeed(host.deploy('new', 7, changes))),
      rollback: callsOf(() => succeed(host.rollback(8, changes))),
    };
  } finally {
    host.remove();
  }
}

/** Two more than are kept parked. */
const EARLIER = ['v1', 'v2', 'v3', 'v4', 'v5'];

function succeed({ code, output }: { code: number | null; output: string }): void {
  if (code !== 0) throw new Error(`exit ${code}\n${output}`);
}

/** The gate looks as often as the app takes to get healthy, at the state and where needed at the address: LOOK and ADDRESS. */
function isOverhead(call: string): boolean {
  return / docker /.test(call) && !/\{\{\.RestartCount\}\}|\{\{\.IPAddress\}\}/.test(call);
}

/** A line of the log is `STATUS docker ARGUMENTS`. */
function nameOf(call: string): string {
  const [, , first = '', second = ''] = call.split(' ');
  return ['container', 'image', 'network'].includes(first) ? `${first} ${second}` : first;
}

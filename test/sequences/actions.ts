/** One thing that happens to a host. Plain data, so that a sequence of them can be printed, shrunk and kept. */
export type Action =
  /** The next build deploys a version. */
  | {
      readonly do: 'deploy';
      readonly version: Version;
      readonly with?: Settings | undefined;
      readonly fault?: Fault | undefined;
    }
  /** The next build rolls back: one step, or as its parameters say. */
  | {
      readonly do: 'rollback';
      readonly steps?: number | undefined;
      readonly to?: Version | undefined;
      readonly fault?: Fault | undefined;
    }
  /** An operator types `sh rollback.sh`, the one that the last build left. */
  | {
      readonly do: 'rollback-by-hand';
      readonly steps?: number | undefined;
      readonly to?: Version | undefined;
      readonly fault?: Fault | undefined;
    }
  /** The last build's script once more, as an SSH retry or an operator runs it. */
  | { readonly do: 'again'; readonly force?: true | undefined; readonly fault?: Fault | undefined }
  | { readonly do: 'registry'; readonly is: 'up' | 'down' }
  /** The registry loses a version, or gets it back. */
  | { readonly do: 'forget' | 'push'; readonly version: Version }
  | { readonly do: 'daemon'; readonly is: 'up' | 'down' }
  | { readonly do: 'daemon-restart' | 'power-cut' }
  /** By hand, of the running container. */
  | { readonly do: 'stop' | 'restart' | 'remove' }
  /** By hand, of the newest or the oldest parked container. */
  | { readonly do: 'remove-parked'; readonly which: 'newest' | 'oldest' }
  | { readonly do: 'remove-image'; readonly version: Version }
  | { readonly do: 'edit-history'; readonly to: HistoryEdit }
  | { readonly do: 'damage-swap'; readonly to: SwapDamage }
  /** The clock of the host stands still, years ago, or is right again. */
  | { readonly do: 'clock'; readonly is: 'set back' | 'right' }
  /** The old recipe deploys; only as the beginning. */
  | { readonly do: 'recipe'; readonly version: Version }
  /** Of the next builds. */
  | { readonly do: 'strategy'; readonly is: Strategy }
  /** The app publishes no port, and is found by a name on a network; only as the beginning. */
  | { readonly do: 'portless' };

export type Version = 'v1' | 'v2' | 'v3' | 'crash' | 'sick';
export type HistoryEdit = 'nonsense' | 'nothing' | 'one more without a line end' | 'blank lines';
export type SwapDamage = 'empty' | 'cut' | 'without its end' | 'removed' | 'removed with next';

/** What a build may change of the settings. */
export interface Settings {
  readonly env?: string | undefined;
  readonly retain?: number | undefined;
}

/** `beside`: handover where a port is published, start-first where none is. */
export type Strategy = 'recreate' | 'preflight' | 'beside';

/** At the docker call of this number; the words are the simulator's (simulator/lib/faults.sh). */
export interface Fault {
  readonly at: number;
  readonly is: FaultName;
}

export const FATAL = ['kill-before', 'kill-after', 'kill-during'] as const;
export const BEARABLE = [
  'fail-before',
  'fail-after',
  'hang-before',
  'hang-after',
  'term',
  'int',
  'hup',
] as const;
export type FaultName = (typeof FATAL)[number] | (typeof BEARABLE)[number];

export const GOOD = ['v1', 'v2', 'v3'] as const satisfies readonly Version[];
/** How the images behave that are not good. */
export const BAD: ReadonlyMap<Version, readonly string[]> = new Map([
  ['crash', ['crash=1']],
  ['sick', ['healthcheck', 'unhealthy']],
]);

export function isGood(version: string | undefined): boolean {
  return version !== undefined && !BAD.has(version as Version);
}

export function isFatal(fault: Fault | undefined): boolean {
  return FATAL.some((name) => name === fault?.is);
}

/** As TypeScript, to be pasted into kept.ts. */
export function printSequence(actions: readonly Action[]): string {
  return `[\n${actions.map((action) => `  ${printValue(action)},\n`).join('')}]`;
}

function printValue(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value !== 'object' || value === null) return String(value);
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return `{ ${fields.map(([name, field]) => `${name}: ${printValue(field)}`).join(', ')} }`;
}

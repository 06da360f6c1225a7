import type { Surroundings } from '../output/terminal.js';

/** What the command line asked for, after parsing: names of options without dashes, values as they were typed. */
export interface Request {
  readonly command: CommandName;
  /** The word after the command, for example `repull.sh`; empty for none. */
  readonly word: string;
  /** One value each; the last one wins. Options that were not given are absent. */
  readonly options: Readonly<Record<string, string>>;
  /** Every --config, in order; empty when none was given. */
  readonly configs: readonly string[];
  /** Every FILE of `history` and `rehearse`, every HOST of `ship`, in order. */
  readonly files: readonly string[];
  /** Every --report of `lint` and `rehearse`, in order: FORMAT=FILE. */
  readonly reports: readonly string[];
  /** Options without a value that were given. */
  readonly switches: ReadonlySet<string>;
}

export const COMMANDS = [
  'render',
  'preview',
  'lint',
  'rehearse',
  'validate',
  'ship',
  'report',
  'notify',
  'history',
  'init',
  'schema',
  'completion',
] as const;
export type CommandName = (typeof COMMANDS)[number];

/**
 * Resolves to the exit code: 0 done, 1 findings. What the user can fix is thrown as a UserError.
 * Writes reports and scripts to stdout and everything else to stderr.
 */
export type Command = (request: Request, surroundings: Surroundings) => Promise<number>;

export const DEFAULT_OUT = 'release';

export const EXIT = { done: 0, findings: 1, badInput: 2, bug: 70 } as const;

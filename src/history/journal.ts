/** One line of a journal as the scripts write it (templates/docker/partials/swap-file.hbs); `-` has become an empty string. */
export interface JournalLine {
  /** Starts at 1. */
  readonly number: number;
  /** Milliseconds since 1970, by the host's clock. */
  readonly time: number;
  readonly run: string;
  readonly action: Action | 'adopt';
  /** Of `adopt`: the restart policy of the container. */
  readonly result: string;
  /** Of `adopt`: the id of the container. */
  readonly from: string;
  readonly to: string;
  readonly build: string;
  readonly who: string;
  /** null if not known */
  readonly seconds: number | null;
}

export type Action = 'deploy' | 'rollback' | 'recover';
export type Result = 'begun' | 'done' | 'unchanged' | 'kept' | 'restored' | 'down';

/** A line that nobody can use: the beginning of one of ours, or none of ours at all. */
export interface Unreadable {
  readonly line: number;
  readonly reason: 'cut' | 'foreign';
}

export interface Journal {
  readonly lines: readonly JournalLine[];
  /** Run id -> how it replaced the container; `recreate` leaves no line. */
  readonly strategies: ReadonlyMap<string, string>;
  readonly unreadable: readonly Unreadable[];
}

const COLUMNS = 9;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/;
const RUN = /^\d{8}T\d{6}Z-[\w-]{1,40}$/;
const ACTIONS: ReadonlySet<string> = new Set<Action>(['deploy', 'rollback', 'recover']);
const RESULTS: ReadonlySet<string> = new Set<Result>([
  'begun',
  'done',
  'unchanged',
  'kept',
  'restored',
  'down',
]);

/** Reads what is a journal's line and names the others; whatever the file holds, this does not fail. */
export function parseJournal(text: string): Journal {
  const lines: JournalLine[] = [];
  const strategies = new Map<string, string>();
  const unreadable: Unreadable[] = [];
  const rows = text.replace(/^\ufeff/, '').split('\n');
  // What follows the last line feed is empty, or a line that may have been cut within its last number.
  const open = rows.length - 1;
  for (const [index, row] of rows.entries()) {
    const bare = row.replace(/\r+$/, '');
    if (bare === '') continue;
    const line = parseLine(bare, index + 1, index === open);
    if (line !== undefined) {
      lines.push(line);
      continue;
    }
    const [run, strategy] = parseStrategy(bare);
    if (strategy !== '') strategies.set(run, strategy);
    else unreadable.push({ line: index + 1, reason: TIME.test(bare) ? 'cut' : 'foreign' });
  }
  return { lines, strategies, unreadable };
}

/** Whether a text is a journal and no history, whatever its file is called: one line of nine columns tells. */
export function isJournal(text: string): boolean {
  return text
    .slice(0, ENOUGH)
    .split('\n')
    .some((row) => row.split('\t').length === COLUMNS);
}

const ENOUGH = 64 * 1024;

function parseLine(row: string, number: number, isOpen: boolean): JournalLine | undefined {
  const cells = row.split('\t');
  const [at = '', run = '', action = '', result = '', from = '', to = '', build = '', who = '', took = ''] =
    cells;
  const time = TIME.test(at) && at.length === EXACT ? Date.parse(at) : Number.NaN;
  const isOurs = cells.length === COLUMNS && !Number.isNaN(time) && RUN.test(run) && isKnown(action, result);
  if (!isOurs) return undefined;
  const seconds = isOpen ? null : toSeconds(took);
  return {
    number,
    time,
    run,
    action: action as JournalLine['action'],
    result,
    from: withoutDash(from),
    to: withoutDash(to),
    build: withoutDash(build),
    who: withoutDash(who),
    seconds,
  };
}

/** A line that is no result: the run, and how it replaces the container. */
function parseStrategy(row: string): [run: string, strategy: string] {
  const cells = row.split('\t');
  const [, run = '', action = '', strategy = ''] = cells;
  return cells.length === COLUMNS && action === 'strategy' && RUN.test(run) ? [run, strategy] : ['', ''];
}

const EXACT = '2026-11-23T04:47:29Z'.length;

function isKnown(action: string, result: string): boolean {
  return action === 'adopt' || (ACTIONS.has(action) && RESULTS.has(result));
}

/** A host whose uptime could not be read at the end wrote a negative number. */
function toSeconds(text: string): number | null {
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}

function withoutDash(text: string): string {
  return text === '-' ? '' : text;
}

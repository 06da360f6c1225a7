import { isSameVersion } from '../report/version-of.js';
import type { Action, Journal, JournalLine, Result } from './journal.js';

/** One run of a script: all of its lines in the journal. */
export interface Run {
  readonly run: string;
  /** `adopt`: nothing but an adoption is known of it. */
  readonly action: Action | 'adopt';
  /** `begun` without an end: interrupted, or still under way. */
  readonly result: Result;
  /** What the same run was said to have ended as before somebody repaired it. */
  readonly earlier: readonly Result[];
  readonly from: string;
  readonly to: string;
  readonly build: string;
  readonly who: string;
  readonly started: number;
  /** null without an end */
  readonly ended: number | null;
  /** null if not known: no end, or an end that another run wrote, with its own time. */
  readonly seconds: number | null;
  /** A later run wrote the end of this one, after it was interrupted. */
  readonly recovered: boolean;
  readonly adopted: Adoption | null;
  /** How the container was replaced; empty for `recreate`, of which a journal says nothing. */
  readonly strategy: string;
  /** Of a deploy: the rollback that undid it; empty for none. */
  readonly rolledBackBy: string;
  /** Number of the first and the last line. */
  readonly line: number;
  readonly lastLine: number;
}

/** A container of the old recipe that this run took over. */
export interface Adoption {
  readonly container: string;
  readonly reference: string;
  readonly restart: string;
}

/** `begunAt`: time of the last `begun`, from which the run counts its seconds. */
type Draft = { -readonly [Key in keyof Run]: Run[Key] } & { begunAt: number | null };

/** The runs in the order of their first lines, which is the order in which they had the lock, whatever the clock said. */
export function toRuns({ lines, strategies }: Pick<Journal, 'lines' | 'strategies'>): Run[] {
  const drafts = new Map<string, Draft>();
  let holder = '';
  for (const line of lines) {
    const draft = findDraft(line, drafts) ?? startDraft(line, drafts);
    if (line.action === 'adopt') adopt(draft, line);
    else add(draft, line, holder);
    draft.lastLine = line.number;
    draft.strategy = strategies.get(line.run) ?? '';
    if (line.result === 'begun') holder = line.run;
  }
  const runs = [...drafts.values()];
  markRolledBack(runs);
  return runs;
}

/** A run's adoption may stand before the first line that says what kind of run it is. */
function findDraft({ run, action }: JournalLine, drafts: ReadonlyMap<string, Draft>): Draft | undefined {
  const own = drafts.get(`${run} ${action}`);
  if (own !== undefined) return own;
  if (action === 'adopt') return drafts.get(`${run} deploy`);
  const adopting = drafts.get(`${run} adopt`);
  return adopting?.action === 'adopt' || adopting?.action === action ? adopting : undefined;
}

function startDraft(line: JournalLine, drafts: Map<string, Draft>): Draft {
  const { run, action, from, to, build, who, number } = line;
  const draft: Draft = {
    run,
    action,
    result: 'begun',
    earlier: [],
    from: action === 'adopt' ? '' : from,
    to,
    build,
    who,
    started: startOf(line),
    ended: null,
    seconds: null,
    recovered: false,
    adopted: null,
    strategy: '',
    rolledBackBy: '',
    line: number,
    lastLine: number,
    begunAt: null,
  };
  drafts.set(`${run} ${action}`, draft);
  return draft;
}

/** The run id begins with the time at which the run began: `20261123T044728Z-23137`. */
function startOf({ run, time }: JournalLine): number {
  const day = `${run.slice(0, 4)}-${run.slice(4, 6)}-${run.slice(6, 8)}`;
  const start = Date.parse(`${day}T${run.slice(9, 11)}:${run.slice(11, 13)}:${run.slice(13, 15)}Z`);
  return Number.isNaN(start) ? time : start;
}

function adopt(draft: Draft, { from, to, result }: JournalLine): void {
  draft.adopted = { container: from, reference: to, restart: result };
}

/** @param holder the run whose `begun` was the last one before this line: it had the lock */
function add(draft: Draft, line: JournalLine, holder: string): void {
  draft.action = line.action as Action;
  if (line.result === 'begun') {
    draft.begunAt = line.time;
    return;
  }
  if (draft.ended !== null) draft.earlier = [...draft.earlier, draft.result];
  const { from, to, build, who } = line;
  const recovered = isByAnother(draft, line, holder);
  draft.seconds = recovered ? null : ownSeconds(draft, line);
  draft.result = line.result as Result;
  draft.from = from || draft.from;
  draft.to = to || draft.to;
  draft.build = build;
  draft.who = who;
  draft.recovered = recovered;
  draft.ended = line.time;
}

/**
 * The end of a run that another one wrote stands behind the `begun` of that one, or, as a rollback writes no `begun`, comes long
 * after the time that it says it took. A run that ends twice was interrupted, too.
 */
function isByAnother({ run, begunAt, ended }: Draft, line: JournalLine, holder: string): boolean {
  if (ended !== null || run.endsWith('-recovered')) return true;
  if (begunAt === null) return run < holder && isLate(startOf(line), line);
  return holder !== run || isLate(begunAt, line);
}

/** A rollback that another rollback ended says the time of that one, and nothing else tells the two apart. */
function ownSeconds({ begunAt }: Draft, line: JournalLine): number | null {
  return begunAt === null && isLate(startOf(line), line) ? null : line.seconds;
}

function isLate(since: number, { time, seconds }: JournalLine): boolean {
  return seconds !== null && time - since > seconds * 1000 + LONG;
}

const LONG = 5000;

/** A rollback undoes every update since its target came. */
function markRolledBack(runs: readonly Draft[]): void {
  const updates: Draft[] = [];
  for (const run of runs) {
    if (run.result !== 'done') continue;
    if (run.action === 'deploy') updates.push(run);
    if (run.action !== 'rollback') continue;
    while (updates.length > 0 && !isSameVersion(updates.at(-1)?.to ?? '', run.to)) {
      const undone = updates.pop();
      if (undone !== undefined) undone.rolledBackBy = run.run;
    }
  }
}

import { fitLines, fitTable } from '../output/table.js';
import { cell, durationCell, momentOf, stateCell, timeCell, type View, version, withZone } from './cells.js';
import { servesNow } from './compare.js';
import type { HostHistory } from './host.js';
import { formatNotes } from './notes.js';
import type { Offer } from './offers.js';
import type { Run } from './runs.js';
import { type Period, secondsBetween } from './serving.js';
import type { Words } from './words.js';

/** One host: what runs, every run of its scripts from the oldest to the newest, and where a rollback goes. */
export function formatTimeline(host: HostHistory, view: View): string {
  const parts = [
    `${nowLine(host, view)}\n${host.isOpen ? `${view.words.perhaps}\n` : ''}`,
    host.runs.length === 0 ? '' : runTable(host, view),
    host.hasHistory ? offerTable(host, view) : '',
    formatNotes([host], view),
  ];
  return fitLines(parts.filter(Boolean).join('\n'), view.width);
}

/** For each host: what runs there, as far as the journal tells. */
export function nowLine(host: HostHistory, view: View): string {
  const { words } = view;
  const { state, reference, since } = servesNow(host);
  if (state === 'unknown') return host.hasJournal ? words.unknown : words.withoutJournal;
  const at = momentOf(since, view);
  return state === 'down' ? words.down(version(reference), at) : words.now(version(reference), at);
}

/** In the order in which they go where a terminal is narrow: who, build, from, how long it served. */
const EXPENDABLE = [8, 7, 4, 6];

function runTable(host: HostHistory, view: View): string {
  const { words, width, last } = view;
  const shown = host.runs.slice(-last);
  const hidden = host.runs.length - shown.length;
  const served = servedOf(host.periods.slice(-last - 1), view);
  const newest = host.runs.at(-1);
  const rows = shown.map((run) => [
    MARKS[run.action === 'rollback' && run.result === 'done' ? 'back' : run.result],
    timeCell(run.started, view),
    durationCell(run.seconds, words),
    `${words.actions[run.action]}${run.strategy && ` (${cell(run.strategy)})`}`,
    version(run.from),
    version(run.to),
    served.get(run.lastLine) ?? '-',
    cell(run.build),
    cell(run.who),
    stateCell(run, run === newest && host.isOpen, words),
  ]);
  const table = fitTable([withZone(words.columns, 1, view), ...rows], width, EXPENDABLE);
  return (hidden > 0 ? `${words.earlierRuns(hidden)}\n` : '') + table;
}

/** So that a look down the first column finds what went wrong. */
const MARKS = {
  done: '*',
  back: '<',
  unchanged: '=',
  kept: '!',
  restored: '!',
  down: 'X',
  begun: '?',
} as const;

/** The line with which a version began to serve -> how long it did. */
function servedOf(periods: readonly Period[], { words }: View): ReadonlyMap<number, string> {
  return new Map(
    periods
      .filter(({ state }) => state === 'healthy')
      .map(({ line, since, until }) => [
        line,
        until === null ? words.still : durationCell(secondsBetween(since, until), words),
      ]),
  );
}

function offerTable({ offers }: HostHistory, { words, width, last }: View): string {
  if (offers.length === 0) return `${words.nothingOffered}\n`;
  const shown = offers.slice(0, last);
  const hidden = offers.length - shown.length;
  const table = fitTable([words.offerColumns, ...shown.map((offer) => offerRow(offer, words))], width, []);
  const more = hidden > 0 ? `${words.moreOffers(hidden)}\n` : '';
  return `${words.offered}\n${table}${more}`;
}

function offerRow({ steps, reference, refused }: Offer, words: Words): string[] {
  const note = refused ? ` ${words.refused}` : steps === null ? ` ${words.behindRefused}` : '';
  return [
    steps === null ? '-' : String(steps),
    refused ? '-' : version(reference),
    `${cell(reference)}${note}`,
  ];
}

/** One run in a few words: `deploy v2 (build 7)`. */
export function nameOfRun({ action, to, build }: Run, { words }: View): string {
  return `${words.actions[action]} ${version(to)}${build === '' ? '' : ` (#${cell(build)})`}`;
}

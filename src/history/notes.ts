import { cell, durationCell, type View } from './cells.js';
import type { HostHistory } from './host.js';

const LONGEST_LIST = 10;

/** What has to be known about the files to trust what they tell. */
export function formatNotes(hosts: readonly HostHistory[], view: View): string {
  return hosts
    .flatMap((host) => notesOf(host, view))
    .map((note) => `${note}\n`)
    .join('');
}

function notesOf(host: HostHistory, { words }: View): string[] {
  const { unreadable, setBack, hasHistory, hasJournal } = host;
  const name = cell(host.name);
  const [first] = setBack;
  const lines = unreadable.slice(0, LONGEST_LIST).map(({ line }) => line);
  const list = lines.join(', ') + (unreadable.length > LONGEST_LIST ? ', ...' : '');
  return [
    unreadable.length === 0 ? '' : words.unreadable(name, unreadable.length, list),
    first === undefined
      ? ''
      : words.clockSetBack(name, setBack.length, first.line, durationCell(first.seconds, words)),
    hasJournal ? '' : `${name}: ${words.withoutJournal}`,
    hasHistory ? '' : `${name}: ${words.withoutHistory}`,
  ].filter(Boolean);
}

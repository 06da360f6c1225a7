import { fitLines, fitTable } from '../output/table.js';
import { cell, momentOf, stateCell, timeCell, type View, version, withZone } from './cells.js';
import { agree, type Comparison, servesNow } from './compare.js';
import type { HostHistory } from './host.js';
import { formatNotes } from './notes.js';
import { nameOfRun } from './timeline.js';

/** Several hosts: a line each, whether they agree, and if not, from where on. */
export function formatSeveral(hosts: readonly HostHistory[], comparison: Comparison, view: View): string {
  const { words, width } = view;
  const rows = hosts.map((host) => hostRow(host, view));
  const table = fitTable([withZone(words.hostColumns, 2, view), ...rows], width, [2]);
  const verdict = agree(comparison) ? [words.same] : disagreement(comparison, view);
  const { firstSteps } = comparison;
  if (firstSteps !== null && firstSteps > 1) verdict.push(words.differentSteps(firstSteps));
  const said = verdict.map((line) => `${line}\n`).join('');
  const open = hosts.filter(({ isOpen }) => isOpen);
  const perhaps = open.map(({ name }) => `${cell(name)}: ${words.perhaps}\n`).join('');
  const parts = [table, said + (agree(comparison) ? '' : partingTable(hosts, comparison, view))];
  return fitLines([...parts, perhaps + formatNotes(hosts, view)].filter(Boolean).join('\n'), width);
}

const LONGEST_OFFERS = 3;

function hostRow(host: HostHistory, view: View): string[] {
  const { words } = view;
  const { state, reference, since } = servesNow(host);
  const newest = host.runs.at(-1);
  const targets = host.offers
    .slice(0, LONGEST_OFFERS)
    .map((offer) => (offer.refused ? words.refused : version(offer.reference)));
  return [
    cell(host.name),
    { healthy: version(reference), down: words.nothing, unknown: words.unknown }[state],
    timeCell(since, view),
    newest === undefined ? '-' : `${nameOfRun(newest, view)}: ${stateCell(newest, host.isOpen, words)}`,
    host.hasHistory ? targets.join(', ') || '-' : words.unknown,
  ];
}

function disagreement({ sameNow, sameTarget }: Comparison, { words }: View): string[] {
  return [sameNow ? '' : words.differentNow, sameTarget ? '' : words.differentTarget].filter(Boolean);
}

/** The first runs of each host after the last that all of them had. */
function partingTable(hosts: readonly HostHistory[], { common, apart }: Comparison, view: View): string {
  const { words, width, last } = view;
  if (apart.every((runs) => runs.length === 0)) return '';
  const title =
    common === null
      ? words.neverCommon
      : words.apart(`${nameOfRun(common, view)}${words.comma}${momentOf(common.started, view)}`);
  const rows = hosts.flatMap((host, index) => {
    const runs = apart[index] ?? [];
    if (runs.length === 0) return [[cell(host.name), '-', '-', '-', '-', words.nothingSince]];
    return runs
      .slice(0, last)
      .map((run) => [
        cell(host.name),
        timeCell(run.started, view),
        words.actions[run.action],
        version(run.to),
        cell(run.build),
        stateCell(run, run === host.runs.at(-1) && host.isOpen, words),
      ]);
  });
  return `${title}\n${fitTable([withZone(words.partingColumns, 1, view), ...rows], width, [1])}`;
}

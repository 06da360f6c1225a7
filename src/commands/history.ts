import type { View } from '../history/cells.js';
import { agree, compareHosts } from '../history/compare.js';
import { readHost } from '../history/host.js';
import { toJson } from '../history/json.js';
import { parseNamed, readHostFiles } from '../history/read-files.js';
import { formatSeveral } from '../history/several.js';
import { formatTimeline } from '../history/timeline.js';
import { WORDS } from '../history/words.js';
import { print, type Surroundings } from '../output/terminal.js';
import { UserError } from '../problems/problem.js';
import { type Command, EXIT, type Request } from './command.js';
import { languageOf } from './language.js';

/** How many runs a terminal shows unless asked for more. */
const DEFAULT_LAST = 20;

/** Tells what hosts did, from their histories and journals. Exit code 1: the hosts do not agree. */
export const history: Command = async (request, surroundings) => {
  const { files, options } = request;
  const isJson = options.format === 'json';
  const last = lastOf(options.last, isJson ? Number.POSITIVE_INFINITY : DEFAULT_LAST);
  if (files.length === 0) {
    const expected = 'a history, its journal, or - for stdin';
    throw new UserError([{ code: 'GS026', source: 'history', expected }]);
  }
  const read = await readHostFiles(files.map(parseNamed), surroundings);
  const hosts = read.map(readHost);
  const comparison = compareHosts(hosts);
  const view = viewOf(request, surroundings, last);
  const [only] = hosts;
  const isOne = hosts.length === 1 && only !== undefined;
  const text = () => (isOne ? formatTimeline(only, view) : formatSeveral(hosts, comparison, view));
  await print(surroundings, isJson ? toJson(hosts, comparison, last) : text());
  return agree(comparison) ? EXIT.done : EXIT.findings;
};

/** @throws UserError */
function lastOf(given: string | undefined, otherwise: number): number {
  if (given === undefined) return otherwise;
  if (given === 'all') return Number.POSITIVE_INFINITY;
  if (/^[1-9]\d{0,8}$/.test(given)) return Number(given);
  const expected = 'a whole number from 1, or all';
  throw new UserError([{ code: 'GS036', source: '--last', value: given, expected }]);
}

function viewOf(request: Request, { stdout }: Surroundings, last: number): View {
  return {
    words: WORDS[languageOf(request)],
    // What goes into a file or a pipe is not cut.
    width: (stdout.isTTY && stdout.columns) || Number.POSITIVE_INFINITY,
    last,
    local: request.switches.has('local'),
  };
}

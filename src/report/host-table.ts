import { formatTable } from '../output/table.js';
import { phrasesIn } from './phrases.js';
import type { HostReport } from './report.js';
import { versionOf } from './version-of.js';
import { type Language, STATE_WORDS } from './words.js';

const LONGEST_HISTORY = 3;

/** For the log: a line for each host and app. */
export function formatHosts(hosts: readonly HostReport[], language: Language): string {
  return formatTable([phrasesIn(language).columns, ...hosts.map((host) => row(host, language))]);
}

function row(host: HostReport, language: Language): string[] {
  const { server, app, from, now, seconds, state, reason, exit, history } = host;
  const words = state === 'unknown' ? phrasesIn(language).reasons[reason] : STATE_WORDS[language][state];
  const serving = [versionOf(now.reference), now.state === 'running' ? '' : now.state].filter(Boolean);
  return [
    server,
    app,
    versionOf(from) || '-',
    serving.join(' ') || '-',
    seconds === null ? '-' : String(seconds),
    `${words}${exit === null ? '' : ` (${exit})`}`,
    history.slice(0, LONGEST_HISTORY).map(versionOf).join(', ') || '-',
  ];
}

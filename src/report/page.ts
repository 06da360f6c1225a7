import { phrasesIn } from './phrases.js';
import type { HostReport } from './report.js';
import { describeGroups, type Telling } from './sentence.js';
import { versionOf } from './version-of.js';

/** Name of the build in Jenkins' list: what it brought, or tried to bring. */
export function composeDisplayName(
  number: string,
  { mode, groups, language }: Telling,
  wanted: readonly string[],
): string {
  const reached = groups.map(({ to }) => to).filter(Boolean);
  const versions = reached.length > 0 ? reached : wanted.map(versionOf).filter(Boolean);
  const phrases = phrasesIn(language);
  const named = phrases.list([...new Set(versions)].slice(0, LONGEST_LIST));
  return [number && `#${number}`, mode === 'rollback' ? phrases.rollback(named) : named]
    .filter(Boolean)
    .join(' ');
}

const LONGEST_LIST = 3;

/**
 * For the build page: what ran before, what runs now and where, and where a rollback goes. Plain text; Jenkins' markup
 * formatter may take it for HTML, so nothing that a person typed is in it but names of servers.
 */
export function composeDescription(telling: Telling, hosts: readonly HostReport[]): string {
  const phrases = phrasesIn(telling.language);
  const changes = new Set(
    hosts.filter(isChange).map(({ from, to }) => `${versionOf(from)} → ${versionOf(to)}`),
  );
  const facts = describeGroups(telling);
  const history =
    hosts
      .find((host) => host.history.length > 0)
      ?.history.slice(0, LONGEST_LIST)
      .map(versionOf) ?? [];
  return [...changes, ...facts, history.length === 0 ? '' : phrases.next(history)]
    .filter(Boolean)
    .join(phrases.semicolon)
    .replace(/[<>&"']/g, '_');
}

/** A first deploy replaces nothing. */
function isChange({ state, from }: HostReport): boolean {
  return state === 'done' && from !== '';
}

import { FAILED, type Group } from './groups.js';
import { type Phrases, phrasesIn } from './phrases.js';
import type { Report } from './report.js';
import type { Language } from './words.js';

export interface Telling {
  readonly mode: Report['mode'];
  readonly groups: readonly Group[];
  /** More than one: then each host is named with its app. */
  readonly apps: readonly string[];
  /** App -> folder of its scripts on a host; empty if not known. */
  readonly remoteFolders: ReadonlyMap<string, string>;
  readonly language: Language;
}

/** One sentence: which host is in which state, worst first, and what to do about the worst. */
export function composeSentence(telling: Telling): string {
  const { groups, language } = telling;
  const phrases = phrasesIn(language);
  if (groups.length === 0) return phrases.nobody;
  const facts = describeGroups(telling).join(phrases.semicolon);
  const advice = adviceFor(telling, phrases);
  return advice === ''
    ? `${facts}${phrases.stop}`
    : `${facts}${phrases.beforeAdvice}${advice}${phrases.stop}`;
}

/** A clause for each group of hosts. */
export function describeGroups({ mode, groups, apps, language }: Telling): string[] {
  const phrases = phrasesIn(language);
  return groups.map((group) => phrases.states[group.state](subject(group, apps, phrases), group, mode));
}

function subject({ servers, app }: Group, apps: readonly string[], phrases: Phrases) {
  const names = phrases.list(servers);
  return { names: apps.length > 1 ? phrases.appOn(app, names) : names, isOne: servers.length === 1 };
}

/** About the worst only: the next thing to do, not everything that may ever be to do. */
function adviceFor({ mode, groups, remoteFolders }: Telling, phrases: Phrases): string {
  const worst = groups[0];
  if (worst === undefined || !(FAILED.has(worst.state) || worst.state === 'nothing')) return '';
  const folder = remoteFolders.get(worst.app) ?? '';
  const script = folder === '' ? 'rollback.sh' : `${folder}/rollback.sh`;
  return phrases.advice(worst, mode, script);
}

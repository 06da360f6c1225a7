import type { HostReport, HostState } from '../report/report.js';
import { versionOf } from '../report/version-of.js';
import type { Announcement } from './announcement.js';
import { inert, shorten } from './inert.js';
import { MARKS } from './marks.js';
import type { Words } from './words.js';

/** Bytes of UTF-8. */
const LONGEST_NAME = 100;
const LONGEST_LINE = 240;

/** The troubled ones first: they are what somebody has to look at, and what must not be cut off. */
export function hostLines({ apps, hosts }: Announcement, words: Words): string[] {
  const [bad, good] = [
    hosts.filter(({ state }) => !isGood(state)),
    hosts.filter(({ state }) => isGood(state)),
  ];
  return [...bad, ...good].map((host) => shorten(hostLine(host, apps.length > 1, words), LONGEST_LINE));
}

function hostLine(host: HostReport, withApp: boolean, words: Words): string {
  const { server, app, state, seconds } = host;
  const name = withApp ? `${inert(server)} ${inert(app)}` : inert(server);
  const facts = [
    words.states[state],
    change(host),
    isGood(state) ? '' : nowRunning(host, words),
    seconds === null ? '' : words.seconds(seconds),
  ];
  return `${hostMark(state)} ${shorten(name, LONGEST_NAME)}${words.colon}${facts.filter(Boolean).join(words.comma)}`;
}

function hostMark(state: HostState): string {
  if (isGood(state)) return MARKS.SUCCESS;
  return state === 'nothing' || state === 'skipped' ? MARKS.UNSTABLE : MARKS.FAILURE;
}

function isGood(state: HostState): boolean {
  return state === 'done' || state === 'unchanged';
}

function change({ from, to }: HostReport): string {
  const [before, after] = [inert(versionOf(from)), inert(versionOf(to))];
  return after === '' ? before : `${before} → ${after}`.trim();
}

function nowRunning({ now }: HostReport, words: Words): string {
  if (now.state === 'none') return words.noContainer;
  return now.reference === '' ? '' : words.now(inert(versionOf(now.reference)), inert(now.state));
}

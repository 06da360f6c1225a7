import type { Announcement } from './announcement.js';
import { hostLines } from './host-lines.js';
import { inert, inertAddress, shorten } from './inert.js';
import { MARKS } from './marks.js';
import { type Language, WORDS, type Words } from './words.js';

/** A message as lines of plain text that every service can show; nothing in it is markup, and it is short enough. */
export interface Message {
  readonly title: string;
  /** The report's sentence, what else is to be said, and the hosts. */
  readonly lines: readonly string[];
  /** Who asked; empty if nobody is known. */
  readonly by: string;
  /** Page of the build; empty if there is none that can be shown. */
  readonly address: string;
  /** The address with its label. */
  readonly link: string;
  /** Always contains `gen-scripts`: the word for a robot that wants a keyword. */
  readonly footer: string;
}

/** Bytes of UTF-8. Their sum leaves a few hosts even in the shortest message (2048). */
const LONGEST = { title: 200, sentence: 600, by: 100, address: 500, footer: 160 } as const;

/** @param limit bytes of the whole text, its line ends included */
export function composeMessage(announcement: Announcement, language: Language, limit: number): Message {
  const words = WORDS[language];
  const who = inert(announcement.build.who);
  const { url } = announcement.build;
  const address = Buffer.byteLength(inertAddress(url)) > LONGEST.address ? '' : inertAddress(url);
  const rest: Message = {
    title: shorten(title(announcement, words), LONGEST.title),
    lines: remarks(announcement, words),
    by: who === '' ? '' : shorten(words.by(who), LONGEST.by),
    address,
    link: address === '' ? '' : words.build(address),
    footer: shorten(footer(announcement), LONGEST.footer),
  };
  const hosts = hostLines(announcement, words);
  return { ...rest, lines: [...rest.lines, ...fitLines(hosts, limit - bytes(textOf(rest)), words)] };
}

/** The message as one text, for services that take one. */
export function textOf({ title, lines, by, link, footer }: Message): string {
  return [title, ...lines, by, link, footer].filter(Boolean).join('\n');
}

function title({ apps, build, mode, result, to }: Announcement, words: Words): string {
  const target = to === '' ? '' : ` → ${inert(to)}`;
  const names = apps.slice(0, NAMED_APPS).map(inert).join(words.comma);
  const more = apps.length > NAMED_APPS ? ` ${words.moreApps(apps.length - NAMED_APPS)}` : '';
  const subject = names === '' ? inert(build.job) || 'gen-scripts' : names + more;
  return `${MARKS[result]} ${shorten(subject + target, LONGEST_SUBJECT)}${words.colon}${words.verdicts[mode][result]}`;
}

const NAMED_APPS = 3;
/** The verdict behind it must never be cut off. */
const LONGEST_SUBJECT = 150;

function remarks({ sentence, result, hasReport, isWorse }: Announcement, words: Words): string[] {
  const aborted = result === 'ABORTED';
  return [
    shorten(inert(sentence), LONGEST.sentence),
    aborted ? words.aborted : '',
    isWorse && !aborted ? words.endedWith(result) : '',
    hasReport ? '' : words.withoutReport,
  ].filter(Boolean);
}

function footer({ build }: Announcement): string {
  const { job, number } = build;
  const name = [inert(job), number === '' ? '' : `#${inert(number)}`].filter(Boolean).join(' ');
  return name === '' ? 'gen-scripts' : `gen-scripts · ${name}`;
}

/** As many lines as there is room for, and how many are missing. */
function fitLines(lines: readonly string[], room: number, words: Words): string[] {
  if (bytes(lines.join('\n')) + 1 <= room) return [...lines];
  const reserved = bytes(words.moreHosts(lines.length)) + 1;
  const fitting: string[] = [];
  let left = room - reserved;
  for (const line of lines) {
    left -= bytes(line) + 1;
    if (left < 0) break;
    fitting.push(line);
  }
  return [...fitting, words.moreHosts(lines.length - fitting.length)];
}

function bytes(text: string): number {
  return Buffer.byteLength(text);
}

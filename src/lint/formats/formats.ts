import type { Finding } from '../finding.js';
import { formatCheckstyle } from './checkstyle.js';
import { formatGitlab } from './gitlab.js';
import { formatText } from './text.js';

/** Turns findings, in order, into the whole text of a report; without findings into that of an empty one. */
export type Format = (findings: readonly Finding[]) => string;

export const FORMATS = {
  text: formatText,
  checkstyle: formatCheckstyle,
  gitlab: formatGitlab,
} as const satisfies Record<string, Format>;

export type FormatName = keyof typeof FORMATS;

export function isFormat(name: string): name is FormatName {
  return Object.hasOwn(FORMATS, name);
}

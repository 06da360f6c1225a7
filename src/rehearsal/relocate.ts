import { createHash } from 'node:crypto';
import { quoteShell } from '../scripts/quote.js';

/** Where the files of a simulated host are: name of the setting -> path. */
export type Places = Readonly<Record<'HISTORY' | 'ENV_FILE' | 'PASSWORD_FILE', string>>;

/** For who asks only what would be moved. */
export const NOWHERE: Places = { HISTORY: '', ENV_FILE: '', PASSWORD_FILE: '' };

/** A line of the settings block that is another one in a rehearsal. */
export interface MovedLine {
  /** From 1. */
  readonly line: number;
  /** `HISTORY`; or docker's option, `--env-file`. */
  readonly setting: string;
  /** As the shipped script has it, quoted for the shell. */
  readonly shipped: string;
}

export interface Relocated {
  readonly text: string;
  readonly moved: readonly MovedLine[];
  /** SHA-256, in hexadecimal, of all other lines: the same in the shipped script and in the rehearsed one. */
  readonly sha256: string;
}

/** An assignment of the settings block, or the option that hands the env file to docker. */
const SETTING =
  /^(?<before>(?<assigned>HISTORY|ENV_FILE|PASSWORD_FILE)=|\t+(?<option>--env-file) )(?<shipped>'.*?')(?<after>(?: \\)?)$/;

/** The script with its files on a simulated host; every other byte stays. Each setting is moved where it stands first, docker's option wherever it is the same. */
export function relocate(text: string, places: Places): Relocated {
  const moved: MovedLine[] = [];
  const rest = createHash('sha256');
  const lines = text.split('\n').map((line, index) => {
    const { before = '', assigned, option, shipped = '', after = '' } = SETTING.exec(line)?.groups ?? {};
    const setting = assigned ?? option ?? '';
    const isRepeated = moved.some(
      (other) => other.setting === setting && (option === undefined || other.shipped !== shipped),
    );
    if (setting === '' || isRepeated) {
      rest.update(`${line}\n`);
      return line;
    }
    moved.push({ line: index + 1, setting, shipped });
    return `${before}${quoteShell(places[(assigned ?? 'ENV_FILE') as keyof Places])}${after}`;
  });
  return { text: lines.join('\n'), moved, sha256: rest.digest('hex') };
}

/** A setting that names a file of the host, however somebody has written it. */
const FILE_OF_HOST = /(?:HISTORY|ENV_FILE|PASSWORD_FILE)=['"]?\/|--env-file[ =]['"]?\//;

/** A script that was edited may name a file of the host where `relocate` does not look: the number of the line, or undefined. */
export function firstUnmoved(text: string): number | undefined {
  const { moved } = relocate(text, NOWHERE);
  const known = new Set(moved.map(({ line }) => line));
  const found = text.split('\n').findIndex((line, index) => FILE_OF_HOST.test(line) && !known.has(index + 1));
  return found === -1 ? undefined : found + 1;
}

import type { ShellCommand, Word } from './command-list.js';
import { readCommands } from './shell-reader.js';

/** A call of docker in a script. */
export interface DockerCall {
  readonly inFunction: string;
  /** The first argument as it is written: `login`, `"$@"`. */
  readonly argument: string;
  readonly offset: number;
}

/**
 * Functions of our host scripts that call docker, and what they call: everything else asks by `query` and acts by `change`,
 * where the time limit, the lock and --dry-run are.
 */
export const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  query: ['"$@"'],
  change: ['"$@"'],
  check_engine: ['version', '--version'],
  log_in: ['login'],
  show_logs: ['logs', 'service'],
  own_check: ['exec'],
};

export function isAllowed({ inFunction, argument }: DockerCall): boolean {
  return Object.hasOwn(ALLOWED, inFunction) && (ALLOWED[inFunction] ?? []).includes(argument);
}

export function findDockerCalls(script: string): DockerCall[] {
  return readCommands(script).flatMap((command) => {
    const found = callIn(command);
    if (found === undefined) return [];
    const argument = command.words[found + 1]?.raw ?? '';
    return [{ inFunction: command.inFunction, argument, offset: command.words[found]?.offset ?? 0 }];
  });
}

/** What only names docker, or shows words. */
const NO_CALL: ReadonlySet<string> = new Set(['type', 'hash', 'which', 'say', 'echo', 'printf']);
/** What runs its argument as a script. */
const RUNS_TEXT: ReadonlySet<string> = new Set(['-c', 'eval']);

/** @returns which of its words is docker */
function callIn({ words }: ShellCommand): number | undefined {
  const hidden = words.findIndex(isHiddenCall);
  if (hidden >= 0) return hidden;
  const first = words.findIndex(({ raw }) => !ASSIGNMENT.test(raw));
  const [program, option] = words.slice(first).map(({ value }) => value);
  if (first < 0 || NO_CALL.has(program ?? '')) return undefined;
  if (program === 'command' && /^-[vV]$/.test(option ?? '')) return undefined;
  const found = words.findIndex((word, index) => (index === first ? isDocker(word) : isBareDocker(word)));
  return found < 0 ? undefined : found;
}

const ASSIGNMENT = /^[A-Za-z_]\w*=/;

function isDocker({ value }: Word): boolean {
  return /^(.*\/)?docker$/.test(value);
}

/** Behind `timeout 60` or `sudo`. What is quoted or put together is data: an image, a folder. */
function isBareDocker({ raw }: Word): boolean {
  return /^([\w./-]*\/)?docker$/.test(raw);
}

/** `D=docker`, `sh -c 'docker ps'`, `eval "docker ps"`. */
function isHiddenCall({ raw, value }: Word, index: number, words: readonly Word[]): boolean {
  if (/^[A-Za-z_]\w*=["']?([\w./-]*\/)?docker["']?$/.test(raw)) return true;
  return RUNS_TEXT.has(words[index - 1]?.value ?? '') && /(^|[\s;&|(/])docker\s/.test(value);
}

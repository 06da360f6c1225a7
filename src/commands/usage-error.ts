import { nearest } from '../parameters/nearest.js';
import type { Problem } from '../problems/problem.js';
import { COMMANDS, type CommandName } from './command.js';

/** Option without dashes -> the commands that have it. */
type Owners = ReadonlyMap<string, readonly CommandName[]>;

/** A word or an option that the command line cannot have there. */
export function unknownWord(value: string, owners: Owners): Problem {
  const hint = value.startsWith('-') ? hintForOption(value, owners) : suggest(value, COMMANDS);
  return { code: 'GS002', source: 'command line', value, ...(hint ? { hint } : {}) };
}

/** Not this command's, or nobody's. */
function hintForOption(name: string, owners: Owners): string | undefined {
  const commands = owners.get(name.replace(/^--/, ''));
  return commands
    ? `${name} belongs to ${commands.join(', ')}`
    : suggest(
        name,
        [...owners.keys()].map((option) => `--${option}`),
      );
}

function suggest(typed: string, candidates: readonly string[]): string | undefined {
  const close = nearest(typed, candidates);
  return close && `did you mean ${close}?`;
}

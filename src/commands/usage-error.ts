import { nearest } from '../parameters/nearest.js';
import { type Problem, UserError } from '../problems/problem.js';
import { COMMANDS, type CommandName } from './command.js';

/** Option without dashes -> the commands that have it. */
type Owners = ReadonlyMap<string, readonly CommandName[]>;

/** Turns what yargs says about a command line into problems of ours. */
export function usageError(message: string, argv: readonly string[], owners: Owners): UserError {
  return new UserError(toProblems(message, argv, owners));
}

function toProblems(message: string, argv: readonly string[], owners: Owners): Problem[] {
  const unknown = /^Unknown (?:argument|command)s?: (.*)$/s.exec(message)?.[1];
  if (unknown !== undefined) {
    return unknown.split(', ').map((word) => unknownWord(asTyped(word, argv), owners));
  }
  const lacking = /^Not enough arguments following: (.*)$/s.exec(message)?.[1];
  if (lacking !== undefined) return [{ code: 'GS026', source: asTyped(lacking, argv) }];
  const choice = /Argument: (.*), Given: "(.*)", Choices: (.*)$/s.exec(message);
  if (choice !== null) {
    const [, name = '', value = '', choices = ''] = choice;
    return [{ code: 'GS034', source: `--${name}`, value, expected: choices.replaceAll('"', '') }];
  }
  return [{ code: 'GS002', source: 'command line', detail: message }];
}

function unknownWord(value: string, owners: Owners): Problem {
  const hint = value.startsWith('-') ? hintForOption(value, owners) : suggest(value, COMMANDS);
  return { code: 'GS002', source: 'command line', value, ...(hint ? { hint } : {}) };
}

/** Not this command's, or nobody's. */
function hintForOption(typed: string, owners: Owners): string | undefined {
  const name = typed.split('=')[0] ?? '';
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

/** yargs drops the dashes. */
function asTyped(word: string, argv: readonly string[]): string {
  return (
    argv.find((typed) => typed.startsWith('-') && typed.replace(/^-+/, '').split('=')[0] === word) ?? word
  );
}

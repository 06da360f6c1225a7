import { nearest } from '../parameters/nearest.js';
import { type Problem, UserError } from '../problems/problem.js';
import { COMMANDS } from './command.js';

/** Turns what yargs says about a command line into problems of ours. */
export function usageError(message: string, argv: readonly string[], options: readonly string[]): UserError {
  return new UserError(toProblems(message, argv, options));
}

function toProblems(message: string, argv: readonly string[], options: readonly string[]): Problem[] {
  const unknown = /^Unknown (?:argument|command)s?: (.*)$/s.exec(message)?.[1];
  if (unknown !== undefined) {
    return unknown.split(', ').map((word) => unknownWord(asTyped(word, argv), options));
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

function unknownWord(value: string, options: readonly string[]): Problem {
  const candidates = value.startsWith('-') ? options.map((name) => `--${name}`) : COMMANDS;
  const close = nearest(value, candidates);
  return {
    code: 'GS002',
    source: 'command line',
    value,
    ...(close ? { hint: `did you mean ${close}?` } : {}),
  };
}

/** yargs drops the dashes. */
function asTyped(word: string, argv: readonly string[]): string {
  return (
    argv.find((typed) => typed.startsWith('-') && typed.replace(/^-+/, '').split('=')[0] === word) ?? word
  );
}

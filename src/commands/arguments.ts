import { parseArgs } from 'node:util';
import { type Problem, UserError } from '../problems/problem.js';
import { COMMANDS, type CommandName, type Request } from './command.js';
import { ANYWHERE, optionsOf, ownersOfOptions, WORDS } from './command-options.js';
import { unknownWord } from './usage-error.js';

/** A request, or what --help and --version ask for. */
export type Parsed =
  | { readonly request: Request }
  | { readonly help: CommandName | undefined }
  | { readonly version: true };

/** One option as it was typed. */
interface Given {
  readonly name: string;
  /** With its dashes, and without its value. */
  readonly typed: string;
  /** Undefined for none. */
  readonly value: string | undefined;
}

/** @throws UserError for unknown options and words */
export function parseArguments(argv: readonly string[]): Parsed {
  const { given, words } = split(argv);
  const [first = '', ...others] = words;
  const named = COMMANDS.find((name) => name === first);
  if (given.some(({ name }) => name === 'help')) return { help: named };
  if (given.some(({ name }) => name === 'version')) return { version: true };
  const command = named ?? 'render';
  const own = named === undefined ? words : others;
  // A word after an unknown option may be its value: it is not one more mistake.
  const problems = checkOptions(command, given);
  if (problems.length === 0) problems.push(...checkWords(command, own));
  if (problems.length > 0) throw new UserError(problems);
  return { request: toRequest(command, given, own) };
}

/** Options may stand anywhere, so what takes a value is known before the command is. */
function split(argv: readonly string[]): { given: Given[]; words: string[] } {
  const known = COMMANDS.flatMap((name) => Object.entries(optionsOf(name)));
  const options = Object.fromEntries(
    known.map(([name, { type }]) => [name, { type: type === 'boolean' ? type : ('string' as const) }]),
  );
  const { tokens, positionals } = parseArgs({
    args: [...argv],
    options: { ...options, ...ANYWHERE },
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const given = tokens.flatMap((token) => {
    if (token.kind !== 'option') return [];
    const { name, rawName: typed, value, inlineValue } = token;
    // `--tag --env x`: what looks like an option is no value of another one.
    const isValue = inlineValue === true || value === '-' || value?.startsWith('-') === false;
    return [{ name, typed, value: isValue ? value : undefined }];
  });
  return { given, words: positionals };
}

function checkOptions(command: CommandName, given: readonly Given[]): Problem[] {
  const options = optionsOf(command);
  return given.flatMap(({ name, typed, value }): Problem[] => {
    const option = options[name];
    if (option === undefined || !typed.startsWith('--')) return [unknownWord(typed, ownersOfOptions())];
    if (option.type === 'boolean') return checkSwitch(typed, value);
    if (value === undefined) return [{ code: 'GS026', source: typed }];
    const choices = (option.choices ?? []).map(String);
    const isAllowed = choices.length === 0 || choices.includes(value);
    return isAllowed ? [] : [{ code: 'GS034', source: typed, value, expected: choices.join(', ') }];
  });
}

function checkSwitch(typed: string, value: string | undefined): Problem[] {
  if (value === undefined || value === 'true' || value === 'false') return [];
  return [{ code: 'GS034', source: typed, value, expected: 'no value, true or false' }];
}

/** Further words of a command that takes one, or none. */
function checkWords(command: CommandName, words: readonly string[]): Problem[] {
  const most = WORDS[command] === undefined ? 0 : isList(command) ? words.length : 1;
  return words.slice(most).map((word) => unknownWord(word, ownersOfOptions()));
}

function isList(command: CommandName): boolean {
  return WORDS[command]?.endsWith('..]') === true;
}

function toRequest(command: CommandName, given: readonly Given[], words: readonly string[]): Request {
  const known = optionsOf(command);
  const all = (wanted: string) => given.filter(({ name }) => name === wanted).map(({ value = '' }) => value);
  const switches = new Set<string>();
  const options: Record<string, string> = {};
  for (const { name, value = 'true' } of given) {
    if (known[name]?.type !== 'boolean') options[name] = value;
    else if (value === 'true') switches.add(name);
    else switches.delete(name);
  }
  const { config: _, ...single } = options;
  const [word = ''] = words;
  return {
    command,
    word: isList(command) ? '' : word,
    options: single,
    configs: all('config'),
    files: isList(command) ? words : [],
    reports: all('report'),
    switches,
  };
}

import { COMMANDS, type CommandName } from '../commands/command.js';

/** Where the cursor of somebody who types a command line is. */
export interface Spot {
  /** The one that was typed; undefined as long as there is none. */
  readonly command: CommandName | undefined;
  /** The option whose value is being typed, without dashes; undefined for a word or an option. */
  readonly option: string | undefined;
  /** What is typed of the value, of the option or of the word. */
  readonly typed: string;
  /** What stands before `typed` in the same word: `--env=`. */
  readonly before: string;
  /** Values of the options that are complete. */
  readonly given: ReadonlyMap<string, readonly string[]>;
}

/**
 * @param words those after the program's name; the last one is the one with the cursor, up to it
 * @param takesValue whether an option of any command is followed by its value
 */
export function findSpot(words: readonly string[], takesValue: (option: string) => boolean): Spot {
  const given = new Map<string, string[]>();
  const add = (option: string, value: string) => given.set(option, [...(given.get(option) ?? []), value]);
  let command: CommandName | undefined;
  let open: string | undefined;
  for (const word of words.slice(0, -1)) {
    if (open !== undefined) {
      add(open, word);
      open = undefined;
      continue;
    }
    const [, name = '', value] = OPTION.exec(word) ?? [];
    if (name === '') command ??= asCommand(word);
    else if (value === undefined && takesValue(name)) open = name;
    else add(name, value ?? '');
  }
  return { command, given, ...lastWord(words.at(-1) ?? '', open) };
}

const OPTION = /^--([^=]+)(?:=(.*))?$/s;

function asCommand(word: string): CommandName | undefined {
  return COMMANDS.find((name) => name === word);
}

function lastWord(word: string, open: string | undefined): Pick<Spot, 'option' | 'typed' | 'before'> {
  if (open !== undefined) return { option: open, typed: word, before: '' };
  const [, name = '', value] = OPTION.exec(word) ?? [];
  if (value === undefined) return { option: undefined, typed: word, before: '' };
  return { option: name, typed: value, before: `--${name}=` };
}

import yargs, { type Argv, type Options } from 'yargs';
import { VERSION } from '../version.js';
import { COMMANDS, type CommandName, type Request } from './command.js';
import {
  COMMON,
  COMPLETION,
  HELP,
  HISTORY,
  INIT,
  LINT,
  NOTIFY,
  OUT,
  PREVIEW,
  REHEARSE,
  RENDER,
  REPORT,
  VALIDATE,
} from './options.js';
import { parameterOptions } from './parameter-options.js';
import { usageError } from './usage-error.js';

/** A request, or the text that --help and --version ask for. */
export type Parsed = { readonly request: Request } | { readonly text: string };

type Values = Record<string, unknown>;

const USAGE =
  'Usage: $0 [command] [options]\n\nCompiles gen-scripts.yml and one Jenkins build into shell scripts.';
const EPILOGUE =
  'Values: option > environment variable > gen-scripts.yml > git > default.\n' +
  'Exit codes: 0 done, 1 findings, or hosts that disagree, 2 bad input, 70 a bug in gen-scripts.';

/** @throws UserError for unknown options and words */
export function parseArguments(argv: readonly string[]): Parsed {
  let request: Request | undefined;
  let text = '';
  const parser = COMMANDS.reduce(
    (program, name) => addCommand(program, name, (values) => (request = toRequest(name, values))),
    program(),
  );
  const words = argv.map((word) => (word === '-' ? DASH : word));
  parser.parse(words, {}, (error, _, output) => {
    if (error) throw usageError(error.message.replaceAll(DASH, '-'), argv, ownersOfOptions());
    text = output;
  });
  return request === undefined ? { text: `${text}\n` } : { request };
}

/** yargs drops a lone dash from a list of words, so it goes in as what no command line can have. */
const DASH = '\0-';

function program(): Argv {
  return yargs()
    .scriptName('gen-scripts')
    .usage(USAGE)
    .epilogue(EPILOGUE)
    .version(VERSION)
    .alias({ h: 'help', v: 'version' })
    .locale('en')
    .strict()
    .exitProcess(false)
    .showHelpOnFail(false)
    .wrap(110)
    .parserConfiguration({
      'boolean-negation': false,
      'camel-case-expansion': false,
      'dot-notation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
    });
}

/** What yargs calls the word after a command: an option of another command may have that name. */
const WORD: Partial<Record<CommandName, string>> = { preview: 'script', completion: 'shell' };

/** A command and its words; `$0` is the command line without any. */
function wordsOf(name: CommandName): string | string[] {
  if (name === 'render') return ['render', '$0'];
  if (name === 'history') return 'history [file..]';
  return WORD[name] === undefined ? name : `${name} [${WORD[name]}]`;
}

function addCommand(program: Argv, name: CommandName, choose: (values: Values) => void): Argv {
  const { describe, examples } = HELP[name];
  const builder = (command: Argv) => command.options(optionsOf(name)).example([...examples]);
  return program.command(wordsOf(name), describe, builder, choose);
}

/** Options of one command, without dashes. */
export function optionsOf(name: CommandName): Record<string, Options> {
  if (name === 'schema') return {};
  if (name === 'init') return INIT;
  if (name === 'report') return REPORT;
  if (name === 'notify') return NOTIFY;
  if (name === 'history') return HISTORY;
  if (name === 'completion') return COMPLETION;
  const own = { lint: LINT, rehearse: REHEARSE, validate: VALIDATE, render: RENDER, preview: PREVIEW }[name];
  return { ...COMMON, ...(name === 'validate' ? {} : OUT), ...own, ...parametersOf(name) };
}

/** `lint` renders every mode, whatever the checkbox says. */
function parametersOf(name: CommandName): Record<string, Options> {
  const { 'ctrl-build': ctrlBuild, ...rest } = parameterOptions();
  return name === 'lint' || ctrlBuild === undefined ? rest : { 'ctrl-build': ctrlBuild, ...rest };
}

/** Option -> the commands that have it. */
function ownersOfOptions(): ReadonlyMap<string, readonly CommandName[]> {
  const owners = new Map<string, readonly CommandName[]>([
    ['help', COMMANDS],
    ['version', COMMANDS],
  ]);
  for (const name of COMMANDS)
    for (const option of Object.keys(optionsOf(name)))
      owners.set(option, [...(owners.get(option) ?? []), name]);
  return owners;
}

function toRequest(command: CommandName, values: Values): Request {
  const options: Record<string, string> = {};
  const noOptions = ['$0', '_', 'file', 'config', WORD[command]];
  const switches = new Set<string>();
  for (const [name, value] of Object.entries(values)) {
    const last = [value].flat().at(-1);
    if (last === true) switches.add(name);
    if (typeof last === 'string' && !noOptions.includes(name)) options[name] = withDash(last);
  }
  const [configs, reports] = [all(values.config), all(values.report)];
  const [word, files] = [withDash(String(values[WORD[command] ?? ''] ?? '')), all(values.file)];
  return { command, word, options, configs, files, reports, switches };
}

function all(given: unknown): string[] {
  return [given ?? []].flat().map((value) => withDash(String(value)));
}

function withDash(value: string): string {
  return value === DASH ? '-' : value;
}

import yargs, { type Argv } from 'yargs';
import { COMMANDS, type CommandName } from './command.js';
import { ANYWHERE, optionsOf, WORDS } from './command-options.js';
import { HELP } from './options.js';

const USAGE =
  'Usage: $0 [command] [options]\n\nCompiles gen-scripts.yml and one Jenkins build into shell scripts.';
const EPILOGUE =
  'Values: option > environment variable > gen-scripts.yml > git > default.\n' +
  'Exit codes: 0 done, 1 findings, a difference, hosts that disagree, or (ship) not every host as it should be, 2 bad input, 70 a bug in gen-scripts.';

/** The text of `gen-scripts --help`, or of `gen-scripts COMMAND --help`. */
export function helpText(command: CommandName | undefined): string {
  let text = '';
  const program = COMMANDS.reduce(addCommand, newProgram());
  program.parse([...(command === undefined ? [] : [command]), '--help'], {}, (_error, _values, output) => {
    text = output;
  });
  return `${text}\n`;
}

function newProgram(): Argv {
  return yargs()
    .scriptName('gen-scripts')
    .usage(USAGE)
    .epilogue(EPILOGUE)
    .alias({ [ANYWHERE.help.short]: 'help', [ANYWHERE.version.short]: 'version' })
    .locale('en')
    .exitProcess(false)
    .wrap(110);
}

function addCommand(program: Argv, name: CommandName): Argv {
  const { describe, examples } = HELP[name];
  const synopsis = WORDS[name] === undefined ? name : `${name} ${WORDS[name]}`;
  // The command line without any command is `render`.
  const names = name === 'render' ? [synopsis, '$0'] : synopsis;
  return program.command(names, describe, (own) => own.options(optionsOf(name)).example([...examples]));
}

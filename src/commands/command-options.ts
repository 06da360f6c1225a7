import type { Options } from 'yargs';
import { COMMANDS, type CommandName } from './command.js';
import {
  COMMON,
  COMPLETION,
  HISTORY,
  INIT,
  LINT,
  NOTIFY,
  OUT,
  PREVIEW,
  REHEARSE,
  RENDER,
  REPORT,
  SHIP,
  VALIDATE,
} from './options.js';
import { parameterOptions } from './parameter-options.js';

/** Options of one command, without dashes. */
export function optionsOf(name: CommandName): Record<string, Options> {
  if (name === 'schema') return {};
  if (name === 'init') return INIT;
  if (name === 'report') return REPORT;
  if (name === 'ship') return SHIP;
  if (name === 'notify') return NOTIFY;
  if (name === 'history') return HISTORY;
  if (name === 'completion') return COMPLETION;
  const own = { lint: LINT, rehearse: REHEARSE, validate: VALIDATE, render: RENDER, preview: PREVIEW }[name];
  return { ...COMMON, ...(name === 'validate' ? {} : OUT), ...own, ...parametersOf(name) };
}

/** Asked for by command after command, and always the same. */
const PARAMETERS = parameterOptions();

/** `lint` renders every mode, whatever the checkbox says. */
function parametersOf(name: CommandName): Record<string, Options> {
  const { 'ctrl-build': ctrlBuild, ...rest } = PARAMETERS;
  return name === 'lint' || ctrlBuild === undefined ? rest : { 'ctrl-build': ctrlBuild, ...rest };
}

/** Option -> the commands that have it. */
export function ownersOfOptions(): ReadonlyMap<string, readonly CommandName[]> {
  const owners = new Map<string, readonly CommandName[]>(
    Object.keys(ANYWHERE).map((name) => [name, COMMANDS]),
  );
  for (const name of COMMANDS)
    for (const option of Object.keys(optionsOf(name)))
      owners.set(option, [...(owners.get(option) ?? []), name]);
  return owners;
}

/** Options of the program itself, with their short names. */
export const ANYWHERE = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;

/** The words after a command, as its help shows them: one, or any number of them. */
export const WORDS: Partial<Record<CommandName, `[${string}]`>> = {
  preview: '[script]',
  completion: '[shell]',
  history: '[file..]',
  rehearse: '[file..]',
  ship: '[host..]',
};

import type { Options } from 'yargs';
import type { Entry } from '../parameters/entry.js';
import { ENTRIES } from '../parameters/table.js';

/** Every parameter that has a flag, as an option of the command line. All are text: the table's rules read them. */
export function parameterOptions(): Record<string, Options> {
  const entries = ENTRIES.map(([, entry]) => entry).filter(({ flag }) => flag !== '');
  return Object.fromEntries(entries.map((entry) => [entry.flag, toOption(entry)]));
}

function toOption({ key, environment, help, fallback, fallbackText }: Entry): Options {
  const otherwise = fallbackText || String(fallback);
  const isOptional = otherwise !== '' && otherwise !== 'required';
  const notes = [environment.join(' or '), isOptional ? `default: ${otherwise}` : '']
    .filter(Boolean)
    .join('; ');
  return {
    type: 'string',
    requiresArg: true,
    describe: notes === '' ? help : `${help} (${notes})`,
    group: key === '' ? 'This build:' : 'Settings, instead of those in gen-scripts.yml:',
  };
}

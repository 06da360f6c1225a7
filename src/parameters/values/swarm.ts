import { posix } from 'node:path';
import { anchored } from './names.js';
import { matches, type Rule } from './rule.js';

/** Docker's own rule for secrets and configs. */
const NAME = '[a-zA-Z0-9](?:[a-zA-Z0-9_.-]{0,62}[a-zA-Z0-9])?';
/** No white space, comma or quote: docker takes these options as lines of a CSV file, and the scripts keep them as words. */
const PATH = '[^\\s,:"\'\\u0000-\\u001f\\u007f]+';

export const SECRET = `${NAME}(?::${PATH})?`;

export const secret: Rule = matches(anchored(SECRET), {
  code: 'GS286',
  expected: 'the name of a secret, or <name>:<file name or path in the container>',
});

export const CONFIG = `${NAME}:/${PATH}`;

export const config: Rule = matches(anchored(CONFIG), {
  code: 'GS286',
  expected: '<name of a config>:</path in the container>',
});

export const CONSTRAINT = '(?:node|engine)\\.[a-zA-Z0-9_./-]+(?:==|!=)[a-zA-Z0-9_./:-]+';

export const constraint: Rule = matches(anchored(CONSTRAINT), {
  code: 'GS286',
  expected: '<attribute>==<value> or <attribute>!=<value> without blanks, such as node.labels.disk==ssd',
});

/** A secret or config, and where the container has it. */
export interface Mounted {
  readonly name: string;
  /** As docker is told. */
  readonly target: string;
  /** Where that is. */
  readonly path: string;
}

/** @param entry as the settings have it */
export function mountedSecret(entry: string): Mounted {
  const { name, target } = split(entry);
  return { name, target, path: posix.resolve('/run/secrets', target) };
}

/** @param entry as the settings have it */
export function mountedConfig(entry: string): Mounted {
  const { name, target } = split(entry);
  return { name, target, path: posix.resolve('/', target) };
}

function split(entry: string): { name: string; target: string } {
  const [name = '', target = name] = entry.split(':', 2);
  return { name, target };
}

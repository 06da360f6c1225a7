import type { Field, Value } from './field.js';

/** One parameter: all that the command line, the environment, the config file, the schema and the reference need. */
export interface Entry {
  /** Option without its dashes; empty for none. */
  readonly flag: string;
  /** Environment variables, the first one that is set wins. */
  readonly environment: readonly string[];
  /** Path in the config file; empty for what only a build knows. */
  readonly key: string;
  readonly field: Field;
  /** Where nothing is given. */
  readonly fallback: Value;
  /** What to say where the fallback is computed. */
  readonly fallbackText: string;
  readonly help: string;
  /** As it stands in a config file. */
  readonly example?: unknown;
}

/** An entry that remembers the type of its field, and with it that of its value. */
export interface EntryOf<F extends Field> extends Entry {
  readonly field: F;
}

interface Extra {
  readonly flag?: string;
  readonly fallbackText?: string;
  readonly example?: unknown;
}

/** A key of the config file; a scalar one has a flag of the same name. */
export function setting<F extends Field>(
  key: string,
  field: F,
  fallback: Value,
  help: string,
  extra: Extra = {},
): EntryOf<F> {
  const isScalar = field.shape !== 'list' && field.shape !== 'map';
  const flag = isScalar ? kebab(key) : '';
  return { flag, environment: [], key, field, fallback, fallbackText: '', help, ...extra };
}

/** What one build brings along: from Jenkins' environment, or by hand from flags. */
export function ofBuild<F extends Field>(
  flag: string,
  environment: readonly string[],
  field: F,
  help: string,
  extra: Extra = {},
): EntryOf<F> {
  return {
    flag,
    environment,
    key: '',
    field,
    fallback: '',
    fallbackText: '',
    help,
    ...extra,
  };
}

/** `publish.execTimeout` -> `publish-exec-timeout` */
function kebab(key: string): string {
  return key.replace(/[.]/g, '-').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

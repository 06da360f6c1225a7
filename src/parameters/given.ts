import type { Problem } from '../problems/problem.js';
import type { Entry } from './entry.js';
import { isFault, readScalar, type Scalar } from './field.js';
import { ENTRIES, type Name } from './table.js';
import { redact } from './values/secrets.js';

/** Text by name. An empty one is the same as none: Jenkins sets parameters that nobody filled in to nothing. */
export type Texts = Readonly<Record<string, string | undefined>>;

/** A value from the command line or the environment; `source` is `--env` or `environment CTRL_BUILD`. */
export interface Given {
  readonly value: Scalar;
  readonly source: string;
}

export interface GivenValues {
  readonly values: ReadonlyMap<Name, Given>;
  readonly problems: readonly Problem[];
  /** Given, but wrong. */
  readonly broken: ReadonlySet<Name>;
}

/** Flags by their names without dashes, and environment variables, checked by the table's rules. A flag wins. */
export function readGiven(flags: Texts, environment: Texts): GivenValues {
  const values = new Map<Name, Given>();
  const broken = new Set<Name>();
  const problems: Problem[] = [];
  for (const [name, entry] of ENTRIES) {
    const text = findText(entry, flags, environment);
    if (!text) continue;
    const result = readEntry(entry, text.value);
    if (!isFault(result)) {
      values.set(name, { value: result, source: text.source });
      continue;
    }
    const { secret, ...said } = result;
    broken.add(name);
    problems.push({ ...said, source: text.source, ...(secret ? {} : { value: redact(text.value) }) });
  }
  return { values, problems, broken };
}

function findText({ flag, environment: names }: Entry, flags: Texts, environment: Texts) {
  const places = [
    { source: `--${flag}`, value: flag === '' ? '' : flags[flag] },
    ...names.map((name) => ({ source: `environment ${name}`, value: environment[name] })),
  ];
  const trimmed = places.map(({ source, value = '' }) => ({
    source,
    value: value.replace(OUTER_BLANKS, ''),
  }));
  return trimmed.find(({ value }) => value !== '');
}

/** Not trim(), which takes more than these off: two names that git tells apart must stay two. */
const OUTER_BLANKS = /^[ \t\r\n]+|[ \t\r\n]+$/g;

/** Lists and maps have no flags. */
function readEntry({ field }: Entry, text: string) {
  return field.shape === 'list' || field.shape === 'map' ? text : readScalar(field, text);
}

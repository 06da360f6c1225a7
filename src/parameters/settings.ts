import type { Problem } from '../problems/problem.js';
import type { Config } from './config.js';
import type { Entry } from './entry.js';
import { isFault, readScalar, type Value } from './field.js';
import type { GivenValues } from './given.js';
import { toPlain } from './plain.js';
import { type Name, SETTINGS, type ValueOf } from './table.js';
import { findNode, formatPath, type Node, type Path, type Place } from './tree.js';

/** Where a value comes from: `gen-scripts.yml:3:6`, `--retain`, `default`. */
export interface Origin {
  readonly source: string;
  readonly place?: Place;
}

/** Every setting has a value, a wrong one its default; `broken` says which must not be relied on. */
export interface Settings {
  get<N extends Name>(name: N): ValueOf<N>;
  /** @param path of a setting, or of an item or entry in it */
  originOf(path: Path): Origin;
  readonly problems: readonly Problem[];
  readonly broken: ReadonlySet<string>;
}

/** Flag > config > default. @param file name of the config file in messages */
export function readSettings(given: GivenValues, config: Config, file: string): Settings {
  const values = new Map<Name, Value>(
    SETTINGS.map(([name, entry]) => [name, readSetting(name, entry, given, config)]),
  );
  const originOf = (path: Path) => findOrigin(path, given, config);
  const missing = config.root
    ? SETTINGS.filter((setting) => isMissing(setting, given, config)).map(([name]) => name)
    : [];
  return {
    get: <N extends Name>(name: N) => values.get(name) as ValueOf<N>,
    originOf,
    problems: missing.map((name) => describeMissing(name, file)),
    broken: new Set([...config.broken, ...given.broken, ...missing]),
  };
}

function readSetting(name: Name, { field, fallback }: Entry, given: GivenValues, config: Config): Value {
  const flag = given.values.get(name);
  if (flag) return flag.value;
  const written = config.broken.has(name) ? undefined : findNode(config.root, name.split('.'));
  const plain = written && toPlain(written, name.split('.'));
  const value = plain === undefined || plain === null || plain === '' ? fallback : (plain as Value);
  if (field.shape !== 'duration') return value;
  const milliseconds = readScalar(field, String(value));
  return isFault(milliseconds) ? 0 : milliseconds;
}

function findOrigin(path: Path, given: GivenValues, config: Config): Origin {
  const flag = given.values.get(formatPath(path) as Name);
  if (flag) return { source: flag.source };
  const node = findNode(config.root, path);
  return isWritten(node) ? { source: node.place.at, place: node.place } : { source: 'default' };
}

/** An empty text is "not set". */
function isWritten(node: Node | undefined): node is Node {
  return node !== undefined && !(node.kind === 'scalar' && (node.value === '' || node.value === null));
}

function isMissing([name, entry]: (typeof SETTINGS)[number], given: GivenValues, config: Config): boolean {
  if (entry.fallbackText !== 'required' || config.broken.has(name) || given.broken.has(name)) return false;
  return !given.values.has(name) && !isWritten(findNode(config.root, [name]));
}

function describeMissing(name: Name, file: string): Problem {
  const example = SETTINGS.find(([setting]) => setting === name)?.[1].example;
  return { code: 'GS026', source: `${file}: ${name}`, expected: `a line such as ${name}: ${example}` };
}

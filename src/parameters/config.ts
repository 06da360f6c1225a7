import type { Problem } from '../problems/problem.js';
import { withHost } from './hosts.js';
import { describeIssues, type LocatedProblem } from './issues.js';
import { nearest } from './nearest.js';
import { hostAt, settingsAt, toPlain } from './plain.js';
import { SETTINGS } from './table.js';
import { findNode, keysAt, type MapNode, mergeNodes, type Path } from './tree.js';
import { redact } from './values/secrets.js';
import { readYaml } from './yaml.js';

/** A config file that was read. Values whose keys are in `broken` must not be used. */
export interface Config {
  readonly problems: readonly Problem[];
  readonly environments: readonly string[];
  /** Without any environment. */
  readonly base: MapNode | undefined;
  /** With the environment merged in. */
  readonly root: MapNode | undefined;
  readonly broken: ReadonlySet<string>;
  /** Spoilt in the entry of one host: its name -> settings. */
  readonly brokenOn: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Which entry of `environments:` is wanted, and who said so; `name` is empty for none. */
export interface Wanted {
  readonly name: string;
  readonly source: string;
}

/**
 * Checks the whole file, entries of `environments:` that are not wanted included, and merges the wanted one.
 * @param file its name in messages
 */
export async function readConfig(text: string, file: string, wanted: Wanted): Promise<Config> {
  const { root, problems } = readYaml(text, file);
  if (!root) return { problems, environments: [], base: root, root, broken: ALL, brokenOn: new Map() };
  const { CONFIG_SCHEMA } = await import('./schema.js');
  const issues = describeIssues(CONFIG_SCHEMA.safeParse(toPlain(root)).error?.issues ?? [], root);
  const environments = keysAt(root, ['environments']);
  const missing = checkEnvironment(wanted, environments, file);
  const brokenOn = findBroken(issues, wanted.name);
  return {
    problems: [...problems, ...issues.map(({ problem }) => problem), ...missing],
    environments,
    base: root,
    root: mergeEnvironment(root, wanted.name),
    broken: brokenOn.get('') ?? new Set(),
    brokenOn,
  };
}

/** One host's settings. */
export function configOfHost(config: Config, host: string): Config {
  const broken = new Set([...config.broken, ...(config.brokenOn.get(host) ?? [])]);
  return { ...config, root: config.root && withHost(config.root, host), broken };
}

function checkEnvironment({ name, source }: Wanted, known: readonly string[], file: string): Problem[] {
  if (name === '' || known.includes(name)) return [];
  const expected =
    known.length > 0 ? `one of ${known.join(', ')}` : `an entry of environments: in ${file}, which has none`;
  const close = nearest(name, known);
  return [
    {
      code: 'GS027',
      source,
      value: redact(name),
      expected,
      ...(close ? { hint: `did you mean ${close}?` } : {}),
    },
  ];
}

function mergeEnvironment(root: MapNode, name: string): MapNode {
  const over = name === '' ? undefined : findNode(root, ['environments', name]);
  return over ? (mergeNodes(root, over) as MapNode) : root;
}

/**
 * Settings that are spoilt, by the host in whose entry; '' for those outside. One wrong item of a list spoils itself only: the rules
 * about several values skip what they cannot read.
 */
function findBroken(
  issues: readonly LocatedProblem[],
  environment: string,
): Map<string, ReadonlySet<string>> {
  const broken = new Map<string, ReadonlySet<string>>();
  for (const { path, isInner } of issues) {
    if (isInner || !concerns(path, environment)) continue;
    const host = hostAt(path);
    broken.set(host, new Set([...(broken.get(host) ?? []), ...settingsAt(path)]));
  }
  return broken;
}

/** Only the entry that is merged in can spoil a value. */
function concerns(path: Path, environment: string): boolean {
  return path[0] !== 'environments' || path[1] === environment;
}

/** A name that stands for several files: `*` for any characters but `/`, `?` for one. */
export function isPattern(name: string): boolean {
  return /[*?]/.test(name);
}

/** A file that is not there or may not be read. @param error what reading it threw */
export function unreadable(file: string, error: unknown): Config {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  const detail = code === 'ENOENT' && isPattern(file) ? 'no file has a name like this' : REASONS[code];
  const problem: Problem = { code: 'GS020', source: file, detail: detail ?? code };
  return {
    problems: [problem],
    environments: [],
    base: undefined,
    root: undefined,
    broken: ALL,
    brokenOn: new Map(),
  };
}

const ALL: ReadonlySet<string> = new Set(SETTINGS.map(([name]) => name));

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EACCES: 'permission denied',
  EISDIR: 'it is a folder',
};

import type { z } from 'zod';
import type { Problem } from '../problems/problem.js';
import type { FaultParams } from './field-schema.js';
import { nearest } from './nearest.js';
import { isItem, isShared, knownKeys } from './plain.js';
import { SETTINGS } from './table.js';
import { findKey, findNode, formatPath, type MapNode, type Path, type Place } from './tree.js';
import { isSecretName, redact } from './values/secrets.js';

/** A problem of the config file, with the path that it is about. */
export interface LocatedProblem {
  readonly path: Path;
  readonly problem: Problem;
  /** One item of a list or entry of a map is wrong, although it is text as it should be. */
  readonly isInner: boolean;
}

type Issue = z.core.$ZodIssue;
type Located = Omit<LocatedProblem, 'isInner'> & { readonly place: Place };

/** What the schema found, in the user's words, in the order of the file. */
export function describeIssues(issues: readonly Issue[], root: MapNode): readonly LocatedProblem[] {
  return issues
    .flatMap((issue) => {
      const isInner = issue.code === 'custom' && isItem(issue.path as Path);
      return describe(issue, issue.path as Path, root).map((located) => ({ ...located, isInner }));
    })
    .sort((a, b) => a.place.line - b.place.line || a.place.excerpt.column - b.place.excerpt.column);
}

function describe(issue: Issue, path: Path, root: MapNode): Located[] {
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey([...path, key], root));
    case 'custom':
      return [describeFault(issue.params as unknown as FaultParams, path, root)];
    case 'too_small':
      return [onValue(path, root, { code: 'GS036', expected: `${issue.minimum} at least` })];
    case 'too_big':
      return [onValue(path, root, { code: 'GS036', expected: `${issue.maximum} at most` })];
    case 'invalid_type':
      return [wrongType(issue.expected, path, root)];
    default:
      return [onValue(path, root, { code: 'GS025', detail: issue.message })];
  }
}

function describeFault({ fault, onKey }: FaultParams, path: Path, root: MapNode): Located {
  const { secret, ...said } = fault;
  if (!onKey) return onValue(path, root, said, secret);
  const key = path.at(-1) ?? '';
  return onKeyOf(path, root, { ...said, ...(secret ? {} : { value: redact(String(key)) }) });
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  array: 'a list: - item',
  record: 'a map: name: value',
  object: 'a map: name: value',
  boolean: 'true or false, without quotes',
  int: 'a whole number, without quotes',
  number: 'a whole number, without quotes',
};

function wrongType(expected: string, path: Path, root: MapNode): Located {
  const node = findNode(root, path);
  if (node?.kind === 'scalar' && node.value === null) {
    return onValue(
      path,
      root,
      { code: 'GS026', hint: 'write "" for an empty value, or remove the key' },
      true,
    );
  }
  const isBoolean = expected === 'string' && node?.kind === 'scalar' && typeof node.value === 'boolean';
  const hint = isBoolean && !isSecret(path) ? { hint: `quote it: "${node.text}"` } : {};
  const isHosts = path.at(-1) === 'hosts' || path.at(-2) === 'hosts';
  const how = isHosts ? { hint: 'a line for each: web1: or web1: { ssh: deploy@10.0.0.1 }' } : hint;
  return onValue(path, root, { code: 'GS025', expected: TYPES[expected] ?? expected, ...how });
}

function unknownKey(path: Path, root: MapNode): Located {
  const key = String(path.at(-1));
  const known = knownKeys(path.slice(0, -1));
  const close = nearest(key, known);
  const elsewhere = SETTINGS.map(([name]) => name as string).find((name) => name.endsWith(`.${key}`));
  const hint = isShared(path)
    ? `${key} is the same on all hosts: set it outside of hosts`
    : close
      ? `did you mean ${close}?`
      : elsewhere && `did you mean ${elsewhere}?`;
  return onKeyOf(path, root, {
    code: 'GS024',
    expected: `one of ${known.join(', ')}`,
    ...(hint ? { hint } : {}),
  });
}

function onKeyOf(path: Path, root: MapNode, said: Omit<Problem, 'source'>): Located {
  return locate(findKey(root, path) ?? root.place, path, said);
}

function onValue(path: Path, root: MapNode, said: Omit<Problem, 'source'>, isHidden = false): Located {
  const node = findNode(root, path);
  const isShown = node?.kind === 'scalar' && !isHidden && !isSecret(path);
  return locate(node?.place ?? root.place, path, {
    ...said,
    ...(isShown ? { value: redact(node.text) } : {}),
  });
}

function isSecret(path: Path): boolean {
  return isSecretName(String(path.at(-1)));
}

function locate(place: Place, path: Path, said: Omit<Problem, 'source'>): Located {
  const source = `${place.at}: ${redact(formatPath(path))}`;
  return { path, place, problem: { ...said, source, excerpt: place.excerpt } };
}

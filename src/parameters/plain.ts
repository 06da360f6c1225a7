import type { Field } from './field.js';
import { OF_A_HOST, SSH } from './hosts.js';
import { SETTINGS } from './table.js';
import { isNull, type Node, type Path, type ScalarNode } from './tree.js';

/**
 * Plain data for the schema. A section, map or list whose lines are all commented out is as good as not there; but a name that
 * somebody chose is there, with nothing of its own.
 */
export function toPlain(node: Node, path: Path = []): unknown {
  if (node.kind === 'list') return node.items.map((item, index) => toPlain(item, [...path, index]));
  if (node.kind === 'scalar') return isNull(node) && isNamed(path) ? {} : plainScalar(node, isText(path));
  const kept = [...node.entries].filter(
    ([key, { value }]) => !isNull(value) || isNamed([...path, key]) || !isContainer([...path, key]),
  );
  return Object.fromEntries(kept.map(([key, { value }]) => [key, toPlain(value, [...path, key])]));
}

/** A number that stands for text is taken as it is written: 1.50 stays 1.50. */
function plainScalar({ value, text }: ScalarNode, asText: boolean): unknown {
  return asText && (typeof value === 'number' || typeof value === 'bigint') ? text : value;
}

/** @returns the names of the settings that a place in the file belongs to or contains */
export function settingsAt(path: Path): string[] {
  const { inside, isHost } = within(path);
  const names = (isHost ? OF_A_HOST : SETTINGS).map(([name]) => name as string);
  return names.filter((name) =>
    name.split('.').every((part, index) => index >= inside.length || part === inside[index]),
  );
}

/** @returns the keys that may stand below a path, or nothing where any may */
export function knownKeys(path: Path): string[] {
  const { inside, isHost, isEnvironment, isNames } = within(path);
  if (isNames) return [];
  const keys = settingsAt(path).map((name) => name.split('.')[inside.length]);
  const known = [...new Set(keys.filter((key) => key !== undefined))];
  if (inside.length > 0) return known;
  if (isHost) return [SSH, ...known];
  return [...known, 'hosts', ...(isEnvironment ? [] : ['environments'])];
}

/** The host in whose entry a path is; empty for none. */
export function hostAt(path: Path): string {
  const { host, inside } = within(path);
  return inside.length > 0 ? host : '';
}

/** Where in the file a path is, and what it is there. */
interface Within {
  /** Without the environment and the host that it is in. */
  readonly inside: readonly string[];
  readonly isEnvironment: boolean;
  readonly isHost: boolean;
  /** Its name; empty for none. */
  readonly host: string;
  /** `environments` or `hosts` itself: its keys are names. */
  readonly isNames: boolean;
}

function within(path: Path): Within {
  const parts = path.map(String);
  const isEnvironment = parts[0] === 'environments';
  const rest = isEnvironment ? parts.slice(2) : parts;
  const isHost = rest[0] === 'hosts';
  const isNames = (isEnvironment && parts.length === 1) || (isHost && rest.length === 1);
  const [, host = ''] = isHost ? rest : [];
  return { inside: isHost ? rest.slice(2) : rest, isEnvironment, isHost, host, isNames };
}

/** Whether it is a key that has its place elsewhere, and none in a host's entry. */
export function isShared(path: Path): boolean {
  const { inside, isHost } = within(path);
  const [key] = inside;
  return (
    isHost &&
    key !== undefined &&
    SETTINGS.some(([name]) => name.split('.')[0] === key) &&
    !knownKeys(path.slice(0, -inside.length)).includes(key)
  );
}

/** An entry of `environments` or `hosts`. */
function isNamed(path: Path): boolean {
  return path.length > 1 && within(path.slice(0, -1)).isNames;
}

function fieldAt(path: Path): { readonly field: Field; readonly depth: number } | undefined {
  const { inside } = within(path);
  const found = SETTINGS.find(([name]) => name.split('.').every((part, index) => part === inside[index]));
  return found && { field: found[1].field, depth: inside.length - found[0].split('.').length };
}

/** Whether the path leads into a list or a map of texts. */
export function isItem(path: Path): boolean {
  return (fieldAt(path)?.depth ?? 0) > 0;
}

function isText(path: Path): boolean {
  const { inside, isHost } = within(path);
  if (isHost && inside.length === 1 && inside[0] === SSH) return true;
  const found = fieldAt(path);
  if (!found) return false;
  const { shape } = found.field;
  return shape === 'list' || shape === 'map' ? found.depth === 1 : shape === 'text' || shape === 'duration';
}

/** Whether a section, a map or a list is expected at the path. */
function isContainer(path: Path): boolean {
  const found = fieldAt(path);
  if (!found) return within(path).isNames || knownKeys(path).length > 0;
  return found.depth === 0 && (found.field.shape === 'list' || found.field.shape === 'map');
}

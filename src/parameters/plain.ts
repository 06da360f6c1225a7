import type { Field } from './field.js';
import { SETTINGS } from './table.js';
import { isNull, type Node, type Path, type ScalarNode } from './tree.js';

/** Plain data for the schema. A section, map or list whose lines are all commented out is as good as not there. */
export function toPlain(node: Node, path: Path = []): unknown {
  if (node.kind === 'list') return node.items.map((item, index) => toPlain(item, [...path, index]));
  if (node.kind === 'scalar') return plainScalar(node, isText(path));
  const kept = [...node.entries].filter(
    ([key, { value }]) => !(isNull(value) && isContainer([...path, key])),
  );
  return Object.fromEntries(kept.map(([key, { value }]) => [key, toPlain(value, [...path, key])]));
}

/** A number that stands for text is taken as it is written: 1.50 stays 1.50. */
function plainScalar({ value, text }: ScalarNode, asText: boolean): unknown {
  return asText && (typeof value === 'number' || typeof value === 'bigint') ? text : value;
}

/** @returns the names of the settings that a place in the file belongs to or contains */
export function settingsAt(path: Path): string[] {
  const inside = withoutEnvironment(path).map(String);
  return SETTINGS.map(([name]) => name as string).filter((name) =>
    name.split('.').every((part, index) => index >= inside.length || part === inside[index]),
  );
}

/** @returns the keys that may stand below a path, or nothing where any may */
export function knownKeys(path: Path): string[] {
  const inside = withoutEnvironment(path);
  const keys = settingsAt(path).map((name) => name.split('.')[inside.length]);
  const known = [...new Set(keys.filter((key) => key !== undefined))];
  return path.length === 0 ? [...known, 'environments'] : known;
}

function withoutEnvironment(path: Path): Path {
  return path[0] === 'environments' ? path.slice(2) : path;
}

function fieldAt(path: Path): { readonly field: Field; readonly depth: number } | undefined {
  const inside = withoutEnvironment(path).map(String);
  const found = SETTINGS.find(([name]) => name.split('.').every((part, index) => part === inside[index]));
  return found && { field: found[1].field, depth: inside.length - found[0].split('.').length };
}

/** Whether the path leads into a list or a map of texts. */
export function isItem(path: Path): boolean {
  return (fieldAt(path)?.depth ?? 0) > 0;
}

function isText(path: Path): boolean {
  const found = fieldAt(path);
  if (!found) return false;
  const { shape } = found.field;
  return shape === 'list' || shape === 'map' ? found.depth === 1 : shape === 'text' || shape === 'duration';
}

/** Whether a section, a map or a list is expected at the path. */
function isContainer(path: Path): boolean {
  const found = fieldAt(path);
  if (!found) return knownKeys(path).length > 0 || path[0] === 'environments';
  return found.depth === 0 && (found.field.shape === 'list' || found.field.shape === 'map');
}

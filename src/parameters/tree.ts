import type { Excerpt } from '../problems/problem.js';

/** A config file as it is written: every key and value knows its place. */
export type Node = MapNode | ListNode | ScalarNode;

export interface MapNode {
  readonly kind: 'map';
  readonly place: Place;
  readonly entries: ReadonlyMap<string, { readonly key: Place; readonly value: Node }>;
}

export interface ListNode {
  readonly kind: 'list';
  readonly place: Place;
  readonly items: readonly Node[];
}

export interface ScalarNode {
  readonly kind: 'scalar';
  readonly place: Place;
  readonly value: string | number | bigint | boolean | null;
  /** As the file has it: `1.50` and `0x1F` are kept. */
  readonly text: string;
}

/** `at` is `gen-scripts.yml:12:9`. */
export interface Place {
  readonly at: string;
  /** Starts at 1. */
  readonly line: number;
  readonly excerpt: Excerpt;
}

export type Path = readonly (string | number)[];

/** `container.ports[0]`; a key that is not a plain word is quoted: `container.env["a b"]`. */
export function formatPath(path: Path): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return /^[\w-]+$/.test(part) ? `${text}${text ? '.' : ''}${part}` : `${text}[${JSON.stringify(part)}]`;
  }, '');
}

export function findNode(root: Node | undefined, path: Path): Node | undefined {
  return path.reduce<Node | undefined>((node, part) => childOf(node, part), root);
}

function childOf(node: Node | undefined, part: string | number): Node | undefined {
  if (node?.kind === 'map') return node.entries.get(String(part))?.value;
  return node?.kind === 'list' ? node.items[Number(part)] : undefined;
}

/** The keys of the map at a path, in the order of the file; none if there is no map. */
export function keysAt(root: Node | undefined, path: Path): string[] {
  const node = findNode(root, path);
  return node?.kind === 'map' ? [...node.entries.keys()] : [];
}

/** Where the key stands, for problems with the key itself. */
export function findKey(root: Node | undefined, path: Path): Place | undefined {
  const parent = findNode(root, path.slice(0, -1));
  return parent?.kind === 'map' ? parent.entries.get(String(path.at(-1)))?.key : undefined;
}

/** `over` wins: maps merge, everything else replaces. A key without a value replaces nothing. */
export function mergeNodes(base: Node, over: Node): Node {
  if (isNull(over)) return base;
  if (base.kind !== 'map' || over.kind !== 'map') return over;
  const entries = new Map(base.entries);
  for (const [key, entry] of over.entries) {
    const before = entries.get(key);
    entries.set(key, before ? { key: entry.key, value: mergeNodes(before.value, entry.value) } : entry);
  }
  return { ...base, entries };
}

export function isNull(node: Node): boolean {
  return node.kind === 'scalar' && node.value === null;
}

import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  type YAMLError,
  type YAMLMap,
  type Node as YamlNode,
} from 'yaml';
import type { Problem } from '../problems/problem.js';
import { type Locator, makeLocator, maskSecrets } from './locate.js';
import { formatPath, type MapNode, type Node, type Path, type Place } from './tree.js';
import { isSecretName, redact } from './values/secrets.js';

/** `root` is missing when the text cannot be understood at all. */
export interface Reading {
  readonly root?: MapNode;
  readonly problems: readonly Problem[];
}

/** Aliases can stand for more than memory holds; no deploy needs as many values as this. */
const MOST_NODES = 10_000;
const DEEPEST = 20;

/** @param file name of the file in messages */
export function readYaml(text: string, file: string): Reading {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false,
    version: '1.2',
  });
  const locate = makeLocator(maskSecrets(text, documents), file, lines);
  const [document, second] = [...documents];
  if (second) return { problems: [{ code: 'GS022', ...sourceOf(locate(second.range[0])) }] };
  const errors = document?.errors ?? [];
  if (errors.length > 0) return { problems: errors.map((error) => describe(error, locate, text)) };
  return new TreeReader(document, locate).read();
}

/** A line that does not look like a key, or stands below a secret, may be a part of that secret: it is not shown. */
function describe(error: YAMLError, locate: Locator, text: string): Problem {
  const { at, line, excerpt } = locate(error.pos[0]);
  const detail = redact(error.message).split('\n')[0] ?? '';
  const above = text.split('\n').slice(Math.max(0, line - 1 - LONGEST_SECRET), line - 1);
  const isSafe = /^\s*(- )?["']?[\w.-]+["']?\s*:/.test(excerpt.line) && !above.some(hasSecret);
  return { code: 'GS021', source: at, detail, ...(isSafe ? { excerpt } : {}) };
}

/** Lines; a private key takes about 50. */
const LONGEST_SECRET = 100;

function hasSecret(line: string): boolean {
  return isSecretName(line.split(/["']?\s*:/)[0] ?? '') || redact(line) !== line;
}

function sourceOf(place: Place, path: Path = []) {
  const name = formatPath(path);
  return { source: name ? `${place.at}: ${name}` : place.at, excerpt: place.excerpt };
}

/** Makes our tree of yaml's: aliases and merge keys are followed, keys given twice are problems. */
class TreeReader {
  private readonly problems: Problem[] = [];
  private count = 0;

  constructor(
    private readonly document: Document.Parsed | undefined,
    private readonly locate: Locator,
  ) {}

  read(): Reading {
    const start = this.locate(0);
    const content = this.document?.contents ?? undefined;
    const root = content ? this.readNode(content as YamlNode, []) : emptyMap(start);
    if (root?.kind === 'map') return { root, problems: this.problems };
    if (root?.kind === 'scalar' && root.value === null)
      return { root: emptyMap(start), problems: this.problems };
    if (root)
      this.problems.push({ code: 'GS025', ...sourceOf(root.place), expected: 'a map: app: ..., image: ...' });
    return { problems: this.problems };
  }

  private readNode(node: YamlNode, path: Path): Node | undefined {
    const place = this.locate(node.range?.[0] ?? 0);
    if (++this.count > MOST_NODES || path.length > DEEPEST) return this.giveUp(place);
    if (isAlias(node)) return this.readAlias(node.resolve(this.document as Document.Parsed), path, place);
    if (isMap(node)) return this.readMap(node, path, place);
    if (isSeq(node)) return { kind: 'list', place, items: this.readItems(node.items, path) };
    if (!isScalar(node)) return undefined;
    const value = node.value as string | number | bigint | boolean | null;
    return { kind: 'scalar', place, value, text: node.source ?? String(value ?? '') };
  }

  /** Says so once: everything that follows would be too much as well. */
  private giveUp(place: Place): undefined {
    if (!this.problems.some(({ code }) => code === 'GS028'))
      this.problems.push({ code: 'GS028', ...sourceOf(place) });
  }

  /** The value is shown where the alias stands, its parts where they are written. */
  private readAlias(target: YamlNode | undefined, path: Path, place: Place): Node | undefined {
    const node = target && this.readNode(target, path);
    return node && { ...node, place };
  }

  private readItems(items: readonly unknown[], path: Path): Node[] {
    return items.flatMap((item, index) => this.readNode(item as YamlNode, [...path, index]) ?? []);
  }

  private readMap(map: YAMLMap, path: Path, place: Place): Node {
    const entries = new Map<string, { key: Place; value: Node }>();
    const merged: Node[] = [];
    for (const pair of map.items) {
      const key = this.readKey(pair.key as YamlNode, path, entries);
      if (key === undefined) continue;
      const keyPlace = this.locate((pair.key as YamlNode).range?.[0] ?? 0);
      const value = pair.value
        ? this.readNode(pair.value as YamlNode, [...path, key])
        : ({ kind: 'scalar', place: keyPlace, value: null, text: '' } as const);
      if (value && key === '<<') merged.push(...(value.kind === 'list' ? value.items : [value]));
      else if (value) entries.set(key, { key: keyPlace, value });
    }
    for (const node of merged) mergeInto(entries, node);
    return { kind: 'map', place, entries };
  }

  private readKey(key: YamlNode, path: Path, known: ReadonlyMap<string, unknown>): string | undefined {
    const place = this.locate(key.range?.[0] ?? 0);
    const text = isScalar(key) ? (typeof key.value === 'string' ? key.value : (key.source ?? '')) : undefined;
    if (text === undefined || text === '__proto__') {
      this.problems.push({ code: 'GS024', ...sourceOf(place, path), detail: 'a key must be a plain word' });
      return undefined;
    }
    if (known.has(text)) this.problems.push({ code: 'GS023', ...sourceOf(place, [...path, text]) });
    return text;
  }
}

function mergeInto(entries: Map<string, { key: Place; value: Node }>, node: Node): void {
  if (node.kind !== 'map') return;
  for (const [key, entry] of node.entries) if (!entries.has(key)) entries.set(key, entry);
}

function emptyMap(place: Place): MapNode {
  return { kind: 'map', place, entries: new Map() };
}

import { type Document, isScalar, type LineCounter, visit } from 'yaml';
import type { Place } from './tree.js';
import { isSecretName, redact } from './values/secrets.js';

/** Offset in the text -> place. */
export type Locator = (offset: number) => Place;

/** Secrets over several lines cannot be told from their lines; masked in place, everything else keeps its column. */
export function maskSecrets(text: string, documents: readonly Document.Parsed[]): string {
  let masked = text;
  const hide = (pair: { key: unknown; value: unknown }) => {
    const range = isScalar(pair.value) ? pair.value.range : undefined;
    if (!range || !isScalar(pair.key) || !isSecretName(String(pair.key.value))) return;
    const [start, end] = range;
    masked = masked.slice(0, start) + masked.slice(start, end).replace(/[^\r\n]/g, '*') + masked.slice(end);
  };
  for (const document of documents) visit(document, { Pair: (_, pair) => hide(pair) });
  return masked;
}

/** @param text as it may be shown */
export function makeLocator(text: string, file: string, counter: LineCounter): Locator {
  const lines = text.split(/\r?\n/);
  const shown = new Map<number, string>();
  return (offset) => {
    const { line, col } = counter.linePos(Math.min(offset, text.length));
    const [at, column] = [Math.max(line, 1), Math.max(col, 1)];
    const redacted = shown.get(at) ?? redact(lines[at - 1] ?? '');
    shown.set(at, redacted);
    return { at: `${file}:${at}:${column}`, line: at, excerpt: { line: redacted, column } };
  };
}

import type { Resolved } from '../parameters/resolve.js';
import { ENTRIES } from '../parameters/table.js';
import { formatPath } from '../parameters/tree.js';
import { formatDuration } from '../parameters/values/durations.js';
import { flatten } from './manifest.js';

/** A value as it is shown to people, and where it comes from. */
export interface ShownValue {
  /** `container.ports[0]` */
  readonly name: string;
  readonly text: string;
  readonly source: string;
}

/**
 * Durations with their unit, other values as JSON, so that empty and odd ones can be seen. Parts of a map or list
 * may come from different places.
 */
export function showValues({ parameters, sources }: Pick<Resolved, 'parameters' | 'sources'>): ShownValue[] {
  return flatten(parameters)
    .flatMap(([name, value]) => partsOf(name, value))
    .map(([name, value]) => ({
      name,
      text: formatValue(name, value),
      source: sources.get(name) ?? 'default',
    }));
}

function formatValue(name: string, value: unknown): string {
  const entry = ENTRIES.find(([known]) => known === name)?.[1];
  const isDuration = entry?.field.shape === 'duration' && typeof value === 'number';
  return isDuration ? formatDuration(value) : JSON.stringify(value);
}

function partsOf(name: string, value: unknown): [string, unknown][] {
  const parts = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  if (parts.length === 0) return [[name, value]];
  const step = (key: string) => (Array.isArray(value) ? Number(key) : key);
  return parts.map(([key, part]) => [formatPath([...name.split('.'), step(key)]), part]);
}

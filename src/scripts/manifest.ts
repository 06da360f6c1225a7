import { createHash } from 'node:crypto';
import type { Host } from '../parameters/hosts.js';
import { imageOf } from '../parameters/image.js';
import type { Parameters } from '../parameters/parameters.js';
import { normalisePath } from '../parameters/values/volumes.js';
import type { Transfer } from '../report/report.js';
import type { Scripts } from './render.js';

/** What a manifest says besides the parameters. */
export interface Shipping {
  /** Version of gen-scripts. */
  readonly version: string;
  /** Where the scripts were written, as the user named it. */
  readonly folder: string;
  readonly transfer: Transfer;
  /** Those that the scripts are for; none if the settings name no hosts. */
  readonly hosts: readonly Host[];
}

/**
 * `manifest.json`: every parameter with its value and source, and the sha256 of each script. Holds no secret, because no
 * parameter does; and no time or path of this machine, so that equal inputs give equal bytes.
 */
export function renderManifest(
  parameters: Parameters,
  sources: ReadonlyMap<string, string>,
  scripts: Scripts,
  { version, folder, transfer, hosts }: Shipping,
): string {
  const manifest = {
    generator: { name: 'gen-scripts', version },
    app: parameters.app,
    mode: parameters.mode,
    image: imageOf(parameters) || null,
    folder: normalisePath(folder),
    hosts,
    publish: transfer,
    scripts: sumsOf(scripts),
    parameters: Object.fromEntries(
      flatten(parameters).map(([name, value]) => [name, { value, source: sourceOf(name, sources) }]),
    ),
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** `container.ports` -> ["8080:80"]; maps and lists are one value. */
export function flatten(parameters: Parameters): [string, unknown][] {
  return Object.entries(parameters).flatMap(([key, value]): [string, unknown][] => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [[key, value]];
    return Object.entries(value).map(([inner, innerValue]) => [`${key}.${inner}`, innerValue]);
  });
}

function sourceOf(name: string, sources: ReadonlyMap<string, string>): string {
  return sources.get(name) ?? sources.get(name.split('.')[0] ?? name) ?? 'default';
}

/** auto.sh repeats another one. */
function sumsOf(scripts: Scripts): Record<string, { sha256: string }> {
  const sums = new Map<string, string>();
  return Object.fromEntries(
    [...scripts].map(([name, text]) => {
      const sum = sums.get(text) ?? sha256(text);
      sums.set(text, sum);
      return [name, { sha256: sum }];
    }),
  );
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

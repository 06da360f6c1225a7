import type { Config } from './config.js';
import type { Settings } from './settings.js';
import { findNode } from './tree.js';

/** Defaults of these are made from the app's name; a value that is written is not. */
const OWN_OF_AN_APP = ['history.file', 'publish.remoteDirectory'] as const;

/**
 * An environment may be another app on the same host or the same app on another host, and nothing here tells which:
 * so it is only said, not refused.
 */
export function noticeShared({ base }: Config, settings: Settings, environment: string): string[] {
  const app = scalarAt(base, 'app');
  if (environment === '' || app === undefined || app.value === settings.get('app')) return [];
  return OWN_OF_AN_APP.flatMap((name) => {
    const written = scalarAt(base, name);
    if (written === undefined || written.value !== settings.get(name)) return [];
    const who = `environment ${environment} has app "${settings.get('app')}"`;
    return [
      `${who}, but the ${name} of "${app.value}" (${written.at}): on one host both apps would share it`,
    ];
  });
}

/** An empty text is "not set". */
function scalarAt(root: Config['base'], name: string): { value: string; at: string } | undefined {
  const node = findNode(root, name.split('.'));
  if (node?.kind !== 'scalar' || node.value === null || node.value === '') return undefined;
  return { value: String(node.value), at: node.place.at };
}

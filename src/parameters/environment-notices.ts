import type { Config } from './config.js';
import type { Host } from './hosts.js';
import type { Parameters } from './parameters.js';
import type { Settings } from './settings.js';
import { findNode, keysAt } from './tree.js';

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

/** Maps merge, so both are asked; who wrote them in two places may have meant one of them. */
export function noticeHosts({ base }: Config, environment: string): string[] {
  if (environment === '') return [];
  const [outside, inside] = [keysAt(base, ['hosts']), keysAt(base, ['environments', environment, 'hosts'])];
  if (outside.length === 0 || inside.length === 0) return [];
  return [
    `environment ${environment} goes to ${[...new Set([...outside, ...inside])].join(', ')}: to the hosts outside of environments as well`,
  ];
}

/** Each manager has its own history, lock and journal: nothing tells whether these are managers of one swarm. */
export function noticeManagers({ engine }: Pick<Parameters, 'engine'>, hosts: readonly Host[]): string[] {
  if (engine !== 'swarm' || hosts.length < 2) return [];
  const names = hosts.map(({ name }) => name).join(', ');
  return [
    `engine: swarm: ${names} must be managers of a swarm of their own each; of one swarm name one manager`,
  ];
}

/** An empty text is "not set". */
function scalarAt(root: Config['base'], name: string): { value: string; at: string } | undefined {
  const node = findNode(root, name.split('.'));
  if (node?.kind !== 'scalar' || node.value === null || node.value === '') return undefined;
  return { value: String(node.value), at: node.place.at };
}

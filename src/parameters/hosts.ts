import { SETTINGS } from './table.js';
import { findNode, type MapNode, mergeNodes, type Node } from './tree.js';
import { matches, type Rule } from './values/rule.js';

/** An entry of `hosts:`. */
export interface Host {
  /** Of the server in Publish over SSH, and for ssh unless it has a destination of its own. */
  readonly name: string;
  /** What `gen-scripts ship` gives to ssh: a name of the user's ssh configuration, or `user@address`. */
  readonly ssh: string;
}

/** A key of `hosts.NAME` that is no setting. */
export const SSH = 'ssh';

/** It names a folder, and stands in Jenkins' fields, in lists with commas and in tables. */
export const HOST_NAME = `[^\\s,/\\\\<>&'"*?:$.\\u0000-\\u001f\\u007f-][^\\s,/\\\\<>&'"*?:$\\u0000-\\u001f\\u007f]{0,99}`;

export const hostName: Rule = matches(new RegExp(`^(?:${HOST_NAME})$`), {
  code: 'GS260',
  expected: `a name without white space and without , / \\ < > & ' " * ? : $, the first no "." or "-"`,
});

/** ssh takes a first "-" for an option, and whoever can write a destination must not write a command. */
export const DESTINATION =
  '([A-Za-z0-9_][A-Za-z0-9_.-]*@)?([A-Za-z0-9_][A-Za-z0-9_.%-]*|[0-9A-Fa-f]*:[0-9A-Fa-f]*:[0-9A-Fa-f:.]*(%[A-Za-z0-9_.-]+)?)';

export const destination: Rule = matches(new RegExp(`^(?:${DESTINATION})$`), {
  code: 'GS261',
  expected: 'a name of the ssh configuration, or user@address, such as deploy@10.0.0.5',
  hint: 'port, key and jump host belong into ~/.ssh/config',
});

/** What is the same wherever it runs: there is one image, made of one checkout, and one rollout. */
const SHARED = /^(?:app|image|engine|build\..*|git\..*|rollout\..*)$/;

/** Settings that a host may have of its own. */
export const OF_A_HOST = SETTINGS.filter(([name]) => !SHARED.test(name));

/** In the order of the file, which is that of the rollout. @param root with the environment merged in */
export function hostsIn(root: MapNode | undefined): Host[] {
  const hosts = findNode(root, ['hosts']);
  if (hosts?.kind !== 'map') return [];
  return [...hosts.entries].map(([name, { value }]) => ({ name, ssh: sshOf(value) || name }));
}

function sshOf(host: Node): string {
  const node = findNode(host, [SSH]);
  return node?.kind === 'scalar' && node.value !== null ? node.text : '';
}

/** Whether any host has values of its own, so that each needs its own scripts. */
export function areDifferent(root: MapNode | undefined): boolean {
  return hostsIn(root).some(({ name }) => {
    const own = findNode(root, ['hosts', name]);
    return own?.kind === 'map' && [...own.entries.keys()].some((key) => key !== SSH);
  });
}

/** The settings of one host: its own values over the others, as an environment's. */
export function withHost(root: MapNode, name: string): MapNode {
  const own = findNode(root, ['hosts', name]);
  if (own?.kind !== 'map') return root;
  const entries = new Map([...own.entries].filter(([key]) => key !== SSH));
  return mergeNodes(root, { ...own, entries }) as MapNode;
}

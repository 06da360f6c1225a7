import type { Parameters } from '../../parameters/parameters.js';
import { formatPath } from '../../parameters/tree.js';
import { buildOptionNames, containerOptionNames } from '../../scripts/options.js';
import { serviceOptionNames } from '../../scripts/service-options.js';

/**
 * The parameters that a value of a script is made of: by what the template calls it, and the how many-th of that name it is, from 0.
 */
export type NamesOf = (script: string, name: string, turn: number) => readonly string[];

export function makeNames(p: Parameters): NamesOf {
  const lists: Readonly<Record<string, readonly string[]>> = {
    containerOptions: containerOptionNames(p.container),
    serviceOptions: serviceOptionNames(p),
    env: Object.keys(p.container.env).map((key) => formatPath(['container', 'env', key])),
    mounts: p.container.volumes.map((_, index) => formatPath(['container', 'volumes', index])),
    labels: Object.keys(p.container.labels).map((key) => formatPath(['container', 'labels', key])),
    buildOptions: buildOptionNames(p),
    command: p.container.command.map((_, index) => `container.command[${index}]`),
  };
  return (script, name, turn) => {
    if (lists[name] !== undefined) return lists[name].slice(turn, turn + 1);
    if (name === 'hookBefore' || name === 'hookAfter') return [hookOf(script, name)];
    return NAMES[name] ?? [];
  };
}

function hookOf(script: string, name: 'hookBefore' | 'hookAfter'): string {
  return `hooks.${name === 'hookBefore' ? 'before' : 'after'}${script === 'rollback' ? 'Rollback' : 'Deploy'}`;
}

/** What the contexts of src/scripts/context.ts are made of; what is not here is ours, and no setting. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  app: ['app'],
  backTimeoutMs: ['health.timeout'],
  build: ['jenkins.buildNumber'],
  commandText: ['container.command'],
  context: ['build.context'],
  engine: ['engine'],
  envFile: ['container.envFile'],
  health: ['health.url'],
  healthInterval: ['health.interval'],
  healthIntervalMs: ['health.interval'],
  healthTimeoutMs: ['health.timeout'],
  historyFile: ['history.file'],
  historyKeep: ['history.keep'],
  image: ['image'],
  keys: ['container.network', 'container.ports', 'swarm.secrets', 'swarm.configs', 'swarm.constraints'],
  lockWait: ['lockWait'],
  passwordFile: ['registry.passwordFile'],
  pullLimit: ['publish.execTimeout'],
  purpose: ['app'],
  push: ['build.image'],
  pushedAs: ['build.image'],
  registry: ['image'],
  registryUser: ['registry.username'],
  restart: ['container.restart'],
  retain: ['retain'],
  rollbackSteps: ['rollback.steps'],
  rollbackTo: ['rollback.to'],
  settleMs: ['health.settle'],
  source: ['source.describe', 'source.commit', 'jenkins.buildNumber', 'jenkins.user'],
  stopTimeout: ['stopTimeout'],
  tag: ['tag'],
  who: ['jenkins.user'],
};

import type { Parameters } from '../../parameters/parameters.js';
import { buildOptionNames, containerOptionNames } from '../../scripts/options.js';

/**
 * The parameters that a value of a script is made of.
 * @param name what the template calls it
 * @param turn the how many-th of that name it is, from 0
 */
export function namesOf(script: string, name: string, turn: number, p: Parameters): readonly string[] {
  if (name === 'containerOptions') return one(containerOptionNames(p.container)[turn]);
  if (name === 'buildOptions') return one(buildOptionNames(p)[turn]);
  if (name === 'command') return [`container.command[${turn}]`];
  if (name === 'hookBefore' || name === 'hookAfter') return [hookOf(script, name)];
  return NAMES[name] ?? [];
}

function one(name: string | undefined): readonly string[] {
  return name === undefined ? [] : [name];
}

function hookOf(script: string, name: 'hookBefore' | 'hookAfter'): string {
  return `hooks.${name === 'hookBefore' ? 'before' : 'after'}${script === 'rollback' ? 'Rollback' : 'Deploy'}`;
}

/** What the contexts of src/scripts/context.ts are made of; what is not here is ours, and no setting. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  app: ['app'],
  build: ['jenkins.buildNumber'],
  context: ['build.context'],
  envFile: ['container.envFile'],
  health: ['health.url'],
  healthInterval: ['health.interval'],
  healthIntervalMs: ['health.interval'],
  healthTimeoutMs: ['health.timeout'],
  historyFile: ['history.file'],
  historyKeep: ['history.keep'],
  image: ['image'],
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

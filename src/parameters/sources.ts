import type { Parts } from './assemble.js';
import { type Name, SETTINGS, type ValueOf } from './table.js';
import { formatPath, type Path } from './tree.js';

/** Path in Parameters -> where its value comes from; entries of maps and items of lists have their own. */
export function listSources(parts: Parts): ReadonlyMap<string, string> {
  return new Map([...ofBuild(parts), ...SETTINGS.flatMap(([name]) => ofSetting(name, parts))]);
}

type Pair = readonly [string, string];

function ofBuild({ given, build, git }: Parts): Pair[] {
  const from = (name: Name) => given.values.get(name)?.source ?? 'default';
  const gitSource = git.commit === '' ? 'default' : 'git';
  const tag = build.tag?.source ?? gitSource;
  const isRollback = build.mode === 'rollback';
  return [
    ['mode', build.modeSource],
    ['tag', isRollback ? 'default' : tag],
    ['environment', from('environment')],
    ['source.describe', tag],
    ...['commit', 'branch', 'dirty'].map((key): Pair => [`source.${key}`, gitSource]),
    ...(['buildNumber', 'buildUrl', 'jobName', 'user'] as const).map(
      (name): Pair => [`jenkins.${name}`, from(name)],
    ),
    ['rollback.to', isRollback ? from('rollbackTo') : 'default'],
    ['rollback.steps', isRollback ? from('rollbackSteps') : 'default'],
    ['rollback.from', isRollback ? from('rollbackFrom') : 'default'],
  ];
}

function ofSetting(name: Name, { settings }: Parts): Pair[] {
  const path = name.split('.');
  const value: unknown = settings.get(name) satisfies ValueOf<Name>;
  const inner: Path[] =
    typeof value === 'object' && value !== null ? keysOf(value).map((key) => [...path, key]) : [];
  return [path, ...inner].map((at) => [formatPath(at), settings.originOf(at).source]);
}

function keysOf(value: object): (string | number)[] {
  return Array.isArray(value) ? [...value.keys()] : Object.keys(value);
}

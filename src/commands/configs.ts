import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { isPattern } from '../parameters/config.js';
import { keysAt } from '../parameters/tree.js';
import { readYaml } from '../parameters/yaml.js';
import { filesLike } from './config-pattern.js';

export const DEFAULT_CONFIG = 'gen-scripts.yml';

/** The files that a run reads, as they were named; those that a pattern stands for are in order of their names. */
export async function configsOf(configs: readonly string[], cwd: string): Promise<readonly string[]> {
  if (configs.length === 0) return [DEFAULT_CONFIG];
  if (!configs.some(isPattern)) return configs;
  const found = await Promise.all(configs.map((name) => (isPattern(name) ? filesLike(name, cwd) : [name])));
  return found.flat();
}

/** Environment -> the files that know it, in order of appearance. An unreadable file is for `resolve` to report. */
export async function readEnvironments(
  configs: readonly string[],
  cwd: string,
): Promise<Map<string, string[]>> {
  const environments = new Map<string, string[]>();
  for (const config of await configsOf(configs, cwd)) {
    const text = await readFile(resolve(cwd, config), 'utf8').catch(() => '');
    for (const name of keysAt(readYaml(text, config).root, ['environments']))
      environments.set(name, [...(environments.get(name) ?? []), config]);
  }
  return environments;
}

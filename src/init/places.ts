import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Places } from './answers.js';

export const CONFIG = 'gen-scripts.yml';
export const JENKINSFILE = 'Jenkinsfile';
export const VENDORED_CLI = 'tools/gen-scripts.cjs';
export const VENDORED_SCHEMA = 'tools/gen-scripts.schema.json';
export const LOCAL_SCHEMA = 'gen-scripts.schema.json';

/** The file that is running: the bundle, except in tests that run the sources. */
export function runningFile(): string {
  return fileURLToPath(import.meta.url);
}

/** With --vendor the repository brings both along; else they are where an installed package has them. */
export function findPlaces(cwd: string, vendor: boolean): Places {
  if (vendor) return { command: `node ${VENDORED_CLI}`, schema: `./${VENDORED_SCHEMA}` };
  const cli = runningFile();
  const schema = join(dirname(dirname(cli)), 'gen-scripts.schema.json');
  return {
    command: isBelow(cwd, cli) ? `node ${relative(cwd, cli)}` : 'gen-scripts',
    schema: isBelow(cwd, schema) && existsSync(schema) ? `./${relative(cwd, schema)}` : `./${LOCAL_SCHEMA}`,
  };
}

/** A path that leads out of the repository holds on one machine only. */
function isBelow(folder: string, path: string): boolean {
  return !relative(folder, path).startsWith('..');
}

import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { quoteShell } from '../scripts/quote.js';
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

/**
 * With --vendor the repository brings both along; else they are where an installed package has them. A CLI that runs
 * from elsewhere is not on the agent: it has to be brought as --vendor does it.
 */
export function findPlaces(cwd: string, vendor: boolean): Places {
  if (vendor) return { command: `node ${VENDORED_CLI}`, schema: `./${VENDORED_SCHEMA}` };
  const cli = runningFile();
  const schema = join(dirname(dirname(cli)), 'gen-scripts.schema.json');
  return {
    command: `node ${isBelow(cwd, cli) ? relative(cwd, cli) : VENDORED_CLI}`,
    schema: isBelow(cwd, schema) && existsSync(schema) ? `./${relative(cwd, schema)}` : `./${LOCAL_SCHEMA}`,
  };
}

/** @returns the command that runs this CLI again, now and on this machine */
export function runAgain(cwd: string, vendor: boolean): string {
  const path = vendor ? VENDORED_CLI : relative(cwd, runningFile());
  return `node ${/^[\w./@%+=:,-]+$/.test(path) ? path : quoteShell(path)}`;
}

/** Whether the CLI that the generated files name has yet to be put there. */
export function lacksCli(cwd: string, vendor: boolean): boolean {
  return !vendor && !isBelow(cwd, runningFile()) && !existsSync(join(cwd, VENDORED_CLI));
}

/** A path that leads out of the repository holds on one machine only. */
function isBelow(folder: string, path: string): boolean {
  return !relative(folder, path).startsWith('..');
}

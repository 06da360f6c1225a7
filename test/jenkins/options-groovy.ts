import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Runs a Groovy script of this folder under Groovy 2.4, as Jenkins does; its stdout as JSON. */
export function runGroovy(script: string, ...args: string[]): unknown {
  const file = join(import.meta.dirname, script);
  const run = spawnSync('groovy', [file, ...args], { encoding: 'utf8', env: javaEnvironment() });
  if (run.status !== 0) throw new Error(`${script}: ${run.error?.message ?? run.stderr}`);
  return JSON.parse(run.stdout);
}

/**
 * Groovy 2.4 does not start on a Java newer than 17, which may well be the default one. All of them end before an optimising
 * compiler or a collector with several threads would pay: without these, up to half the processor time is saved.
 */
export function javaEnvironment(): NodeJS.ProcessEnv {
  const folder = '/usr/lib/jvm';
  const found = existsSync(folder) ? readdirSync(folder).find((name) => /^java-17-/.test(name)) : undefined;
  const quick = { ...process.env, JDK_JAVA_OPTIONS: '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC' };
  return found === undefined ? quick : { ...quick, JAVA_HOME: join(folder, found) };
}

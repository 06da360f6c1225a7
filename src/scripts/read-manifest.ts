import * as z from 'zod';
import type { Parameters } from '../parameters/parameters.js';
import { UserError } from '../problems/problem.js';

/** What a manifest knows of the scripts beside it. */
export interface Manifest {
  /** Of the gen-scripts that wrote it. */
  readonly version: string;
  readonly parameters: Parameters;
  /** Script -> SHA-256. */
  readonly sums: ReadonlyMap<string, string>;
}

/**
 * The other way round than `renderManifest`.
 * @param path to name in a message
 * @throws UserError for what this version would not write
 */
export function readManifest(text: string, path: string): Manifest {
  const refuse = (detail: string) => new UserError([{ code: 'GS014', source: path, detail }]);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw refuse('not JSON');
  }
  const outer = MANIFEST.safeParse(json);
  if (!outer.success) throw refuse(inOneLine(outer.error));
  const { generator, scripts, parameters: entries } = outer.data;
  const values = Object.entries(entries).map(([name, { value }]) => [name, value] as const);
  const parameters = PARAMETERS.safeParse(nest(values));
  if (!parameters.success)
    throw refuse(`by gen-scripts ${generator.version}: ${inOneLine(parameters.error)}`);
  const sums = Object.entries(scripts).map(([name, { sha256 }]) => [name, sha256] as const);
  return { version: generator.version, parameters: parameters.data, sums: new Map(sums) };
}

function inOneLine(error: z.ZodError): string {
  return z.prettifyError(error).replace(/\s+/g, ' ');
}

/** `container.ports` -> container: { ports } */
function nest(values: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  const nested: Record<string, Record<string, unknown> | unknown> = {};
  for (const [name, value] of values) {
    const [outer = '', inner] = name.split('.', 2);
    if (inner === undefined) nested[outer] = value;
    else nested[outer] = { ...(nested[outer] as object | undefined), [inner]: value };
  }
  return nested;
}

const MANIFEST = z.object({
  generator: z.object({ name: z.literal('gen-scripts'), version: z.string() }),
  scripts: z.record(z.string(), z.object({ sha256: z.string() })),
  parameters: z.record(z.string(), z.object({ value: z.unknown() })),
});

const text = z.string();
const list = z.array(z.string());
const map = z.record(z.string(), z.string());
const whole = z.number().int();

const PARAMETERS: z.ZodType<Parameters> = z.strictObject({
  app: text,
  engine: z.enum(['docker', 'swarm']),
  image: text,
  mode: z.enum(['deploy', 'manual', 'rollback']),
  tag: text,
  environment: text,
  source: z.strictObject({ describe: text, commit: text, branch: text, dirty: z.boolean() }),
  jenkins: z.strictObject({ buildNumber: text, buildUrl: text, jobName: text, user: text }),
  rollback: z.strictObject({ to: text, steps: whole }),
  build: z.strictObject({
    ...{ image: text, context: text, dockerfile: text, args: map, target: text, platform: text, labels: map },
  }),
  registry: z.strictObject({
    login: z.enum(['none', 'file', 'shipped']),
    username: text,
    passwordFile: text,
  }),
  container: z.strictObject({
    ...{ ports: list, env: map, envFile: text, volumes: list, network: text, networks: list, restart: text },
    ...{ memory: text, cpus: text, user: text, labels: map, init: z.boolean(), command: list, options: list },
  }),
  health: z.strictObject({ url: text, timeout: z.number(), interval: z.number(), settle: z.number() }),
  swarm: z.strictObject({
    ...{ replicas: whole, constraints: list, secrets: list, configs: list, healthCommand: text },
    ...{ publish: z.enum(['ingress', 'host']), endpoint: z.enum(['vip', 'dnsrr']) },
    ...{ order: z.enum(['', 'start-first', 'stop-first']), parallelism: whole },
    ...{ delay: z.number(), monitor: z.number() },
  }),
  strategy: z.enum(['recreate', 'preflight', 'handover', 'start-first', 'auto']),
  preflight: z.strictObject({ volumes: z.enum(['none', 'read-only', 'same']) }),
  handover: z.strictObject({ stop: z.enum(['after', 'before']) }),
  drain: z.number(),
  stopTimeout: z.number(),
  lockWait: z.number(),
  history: z.strictObject({ file: text, keep: whole }),
  retain: whole,
  hooks: z.strictObject({ beforeDeploy: text, afterDeploy: text, beforeRollback: text, afterRollback: text }),
  publish: z.strictObject({ remoteRoot: text, remoteDirectory: text, execTimeout: z.number() }),
});

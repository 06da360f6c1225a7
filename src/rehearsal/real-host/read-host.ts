import * as z from 'zod';
import { UserError } from '../../problems/problem.js';
import { parseStream } from './json-stream.js';

/** What a docker host has, as far as a rehearsal plays it. */
export interface RealHost {
  /** Version of the engine; empty where nobody said. */
  readonly engine: string;
  /** Newest first, as docker lists them. */
  readonly containers: readonly RealContainer[];
  readonly images: readonly RealImage[];
  /** Undefined where nobody said. */
  readonly networks: readonly RealNetwork[] | undefined;
}

export interface RealContainer {
  readonly id: string;
  readonly name: string;
  /** 64 digits. */
  readonly imageId: string;
  readonly reference: string;
  /** docker's word: created, running, paused, restarting, exited, removing, dead. */
  readonly state: string;
  readonly exitCode: number;
  /** Undefined without a HEALTHCHECK, and for a container that never ran. */
  readonly health: string | undefined;
  readonly policy: string;
  readonly retries: number;
  readonly isRemovedAtEnd: boolean;
  readonly hasInit: boolean;
  /** Of its settings: `default` or one of those that it is on. */
  readonly network: string;
  /** It is on, or will be when it is started. */
  readonly networks: readonly string[];
  readonly ports: readonly RealPort[];
  readonly labels: ReadonlyMap<string, string>;
}

export interface RealNetwork {
  readonly name: string;
  readonly isInternal: boolean;
}

export interface RealPort {
  /** `0.0.0.0` for every address. */
  readonly ip: string;
  readonly number: number;
  /** The container's own. */
  readonly inside: number;
  readonly protocol: string;
}

export interface RealImage {
  /** 64 digits. */
  readonly id: string;
  readonly tags: readonly string[];
  readonly digests: readonly string[];
}

const WRITTEN_BY = 'what this prints: gen-scripts rehearse --ask-host | ssh HOST sh';

/**
 * Reads what `rehearse --ask-host` or `docker inspect` printed.
 * @throws UserError for anything else, and for a part of it
 */
export function readRealHost(text: string, file: string): RealHost {
  const refuse = (detail: string) =>
    new UserError([{ code: 'GS067', source: '--containers', value: file, detail, expected: WRITTEN_BY }]);
  const entries = parseStream(text);
  if (typeof entries === 'string') throw refuse(entries);
  const read = entries.map((entry, index) => {
    const { success, data, error } = ENTRY.safeParse(entry);
    if (success) return data;
    throw refuse(`entry ${index + 1}: ${z.prettifyError(error).replace(/\s+/g, ' ')}`);
  });
  const engine = read.find((entry) => 'Engine' in entry)?.Engine;
  if (engine !== undefined && !read.some((entry) => 'End' in entry)) throw refuse('its end is missing');
  if (read.length === 0) throw refuse('it is empty');
  const networks = read.flatMap((entry) => ('Network' in entry ? [toNetwork(entry)] : []));
  return {
    engine: engine ?? '',
    containers: unique(read.flatMap((entry) => ('HostConfig' in entry ? [toContainer(entry)] : []))),
    images: unique(read.flatMap((entry) => ('RepoTags' in entry ? [toImage(entry)] : []))),
    networks: engine === undefined ? undefined : networks,
  };
}

/** Between two questions to the host one may have been listed twice. */
function unique<T extends { readonly id: string }>(all: readonly T[]): T[] {
  return [...new Map(all.map((one) => [one.id, one])).values()];
}

/** The labels that decide something; others may hold anything. */
const OURS = /^gen-scripts\.|^com\.docker\.(?:compose\.project|swarm\.service\.id)$/;

const ID = z.string().regex(/^[0-9a-f]{64}$/);
const IMAGE_ID = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const REFERENCE = z
  .string()
  .max(500)
  .regex(/^[A-Za-z0-9_.:/@-]*$/);
const WORD = z.string().regex(/^[A-Za-z0-9_.:-]*$/);
const BINDINGS = z.record(
  z.string().regex(/^\d+(?:\/[a-z]+)?$/),
  z
    .array(z.object({ HostIp: z.string().regex(/^[0-9a-fA-F.:]*$/), HostPort: z.string().regex(/^\d*$/) }))
    .nullable(),
);

const CONTAINER = z.object({
  Id: ID,
  Name: z.string().regex(/^\/?[A-Za-z0-9][A-Za-z0-9_.-]*$/),
  Image: IMAGE_ID,
  State: z.object({
    Status: z.enum(['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead']),
    ExitCode: z.number().int(),
    Health: z.object({ Status: z.string() }).nullish(),
  }),
  HostConfig: z.object({
    RestartPolicy: z.object({
      Name: z.enum(['', 'no', 'always', 'unless-stopped', 'on-failure']),
      MaximumRetryCount: z.number().int().min(0),
    }),
    AutoRemove: z.boolean(),
    NetworkMode: WORD,
    PortBindings: BINDINGS.nullish(),
    Init: z.boolean().nullish(),
  }),
  NetworkSettings: z.object({ Networks: z.record(z.string(), z.unknown()).nullish() }).nullish(),
  Config: z.object({
    Image: REFERENCE,
    Labels: z.record(z.string(), z.unknown()).refine(areInLine, 'a label of several lines').nullish(),
  }),
});

const IMAGE = z.object({
  Id: IMAGE_ID,
  RepoTags: z.array(REFERENCE).nullish(),
  RepoDigests: z.array(REFERENCE).nullish(),
});

const NETWORK = z.object({ Network: z.string(), Internal: z.boolean().optional() });

/** The longest first: an image has an Id as well. */
const ENTRY = z.union([
  z.object({ Engine: WORD.or(z.string().regex(/^[\w.+~:-]*$/)) }),
  NETWORK,
  z.object({ End: z.literal(true) }),
  CONTAINER,
  IMAGE.extend({ RepoTags: z.array(REFERENCE).nullable() }),
]);

function toContainer({
  Id,
  Name,
  Image,
  State,
  HostConfig,
  NetworkSettings,
  Config,
}: z.infer<typeof CONTAINER>): RealContainer {
  const { RestartPolicy, AutoRemove, NetworkMode, PortBindings, Init } = HostConfig;
  const labels = Object.entries(Config.Labels ?? {}).filter(([key]) => OURS.test(key));
  return {
    id: Id,
    name: Name.replace(/^\//, ''),
    imageId: Image.slice('sha256:'.length),
    reference: Config.Image,
    state: State.Status,
    exitCode: State.ExitCode,
    health: State.Health?.Status,
    policy: RestartPolicy.Name || 'no',
    retries: RestartPolicy.MaximumRetryCount,
    isRemovedAtEnd: AutoRemove,
    hasInit: Init ?? false,
    network: NetworkMode,
    networks: toNetworks(NetworkMode, Object.keys(NetworkSettings?.Networks ?? {})),
    ports: toPorts(PortBindings ?? {}),
    labels: new Map(labels.flatMap(([key, value]) => toLabel(key, value))),
  };
}

/** What says nothing of its networks is on the one that it was made for; one that shares another's has none. */
function toNetworks(mode: string, names: readonly string[]): string[] {
  if (mode.startsWith('container:')) return [];
  const known = names.filter((name) => name !== '');
  return known.length > 0 ? known : [mode === 'default' ? 'bridge' : mode];
}

function toNetwork({ Network, Internal = false }: z.infer<typeof NETWORK>): RealNetwork {
  return { name: Network, isInternal: Internal };
}

function areInLine(labels: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(labels).every(([key, value]) => !OURS.test(key) || !/\p{Cc}/u.test(String(value)));
}

/** A label that is missing on the host was written as an empty one. */
function toLabel(key: string, value: unknown): [string, string][] {
  return typeof value === 'string' && value !== '' ? [[key, value]] : [];
}

/** One without a port of the host gets another at every start, and is in nobody's way. */
function toPorts(bindings: z.infer<typeof BINDINGS>): RealPort[] {
  return Object.entries(bindings).flatMap(([key, hosts]) =>
    (hosts ?? [])
      .filter(({ HostPort }) => HostPort !== '')
      .map(({ HostIp, HostPort }) => ({
        ip: HostIp === '' || HostIp === '::' ? '0.0.0.0' : HostIp,
        number: Number(HostPort),
        inside: Number.parseInt(key, 10),
        protocol: key.split('/')[1] ?? 'tcp',
      })),
  );
}

function toImage({ Id, RepoTags, RepoDigests }: z.infer<typeof IMAGE>): RealImage {
  return { id: Id.slice('sha256:'.length), tags: RepoTags ?? [], digests: RepoDigests ?? [] };
}

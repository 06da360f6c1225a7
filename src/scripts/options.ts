import { readOptions } from '../parameters/options.js';
import type { CheckVolumes, Container, Parameters } from '../parameters/parameters.js';
import { formatPath } from '../parameters/tree.js';

/** One command-line argument as it is read: an option with its value, or alone. */
export type Argument = readonly string[];

/** An argument, and the parameter behind it. */
interface Option {
  readonly name: string;
  readonly argument: Argument;
}

/** What `docker create` is told about the container, in a fixed order; name, labels of ours and restart are the script's. */
export function containerOptions(c: Container): readonly Argument[] {
  return ofContainer(c).map(({ argument }) => argument);
}

/** The parameter behind each argument of `containerOptions`. */
export function containerOptionNames(c: Container): readonly string[] {
  return ofContainer(c).map(({ name }) => name);
}

function ofContainer(c: Container): Option[] {
  return [
    ...each('container.ports', c.ports, '--publish'),
    ...pairs('container.env', c.env, '--env'),
    ...single('container.envFile', c.envFile, '--env-file'),
    ...each('container.volumes', c.volumes, '--volume'),
    ...single('container.network', c.network === 'bridge' ? '' : c.network, '--network'),
    ...single('container.memory', c.memory, '--memory'),
    ...single('container.cpus', c.cpus, '--cpus'),
    ...single('container.user', c.user, '--user'),
    ...pairs('container.labels', c.labels, '--label'),
    ...(c.init ? [{ name: 'container.init', argument: ['--init'] }] : []),
    ...each('container.options', c.options),
  ];
}

/**
 * The same for a container that is only checked beside the running one: nothing of it may be in the way, be found by
 * others or, without leave, write where the running one does.
 */
export function checkOptions(container: Container, volumes: CheckVolumes): readonly Argument[] {
  const options = without(container.options, volumes === 'none' ? [...IN_THE_WAY, ...MOUNTS] : IN_THE_WAY);
  const mounted = volumes === 'none' ? [] : container.volumes;
  return containerOptions({
    ...container,
    ports: [],
    volumes: volumes === 'read-only' ? mounted.map(readOnly) : mounted,
    options,
  });
}

const IN_THE_WAY = [
  'publish',
  'publish-all',
  'network-alias',
  'net-alias',
  'ip',
  'ip6',
  'link-local-ip',
  'mac-address',
];
const MOUNTS = ['volume', 'mount', 'volumes-from'];

/** Options of `docker network connect` that give a container back what it had: its aliases and fixed addresses. */
export function connectOptions({ options }: Container): string[] {
  return readOptions(options).options.flatMap(({ name, value }) => {
    const option = CONNECT.get(name);
    return option === undefined ? [] : [`--${option}=${value}`];
  });
}

const CONNECT: ReadonlyMap<string, string> = new Map([
  ['network-alias', 'alias'],
  ['net-alias', 'alias'],
  ['ip', 'ip'],
  ['ip6', 'ip6'],
]);

/** Entries of container.options without some options; one that stands in a bunch of short ones takes them with it. */
function without(entries: readonly string[], names: readonly string[]): string[] {
  const { options } = readOptions(entries);
  const starts = new Set(options.map(({ index }) => index));
  const dropped = new Set(options.filter(({ name }) => names.includes(name)).map(({ index }) => index));
  let begun = -1;
  return entries.filter((_, index) => {
    if (starts.has(index)) begun = index;
    return !dropped.has(begun);
  });
}

/** A volume without a source is the container's own. */
function readOnly(volume: string): string {
  const [source = '', target, modes = ''] = volume.split(':');
  if (target === undefined) return volume;
  const kept = modes.split(',').filter((mode) => !['', 'rw', 'ro'].includes(mode));
  return [source, target, [...kept, 'ro'].join(',')].join(':');
}

/** What `docker build` is told, but for the tag. The label marks the images that clean-up may remove. */
export function buildOptions(p: Parameters): readonly Argument[] {
  return ofBuild(p).map(({ argument }) => argument);
}

/** ... and the parameter behind each of them. */
export function buildOptionNames(p: Parameters): readonly string[] {
  return ofBuild(p).map(({ name }) => name);
}

function ofBuild({ app, build: b, source: { commit } }: Parameters): Option[] {
  const revision = commit === '' ? '' : `org.opencontainers.image.revision=${commit}`;
  return [
    ...single('build.dockerfile', b.dockerfile, '--file'),
    ...single('build.target', b.target, '--target'),
    ...single('build.platform', b.platform, '--platform'),
    ...pairs('build.args', b.args, '--build-arg'),
    ...pairs('build.labels', b.labels, '--label'),
    ...single('app', `gen-scripts.build=${app}`, '--label'),
    ...single('source.commit', revision, '--label'),
  ];
}

function single(name: string, value: string, option: string): Option[] {
  return value === '' ? [] : [{ name, argument: [option, value] }];
}

/** @param option before each value; none where the values are options themselves */
function each(name: string, values: readonly string[], option?: string): Option[] {
  return values.map((value, index) => ({
    name: formatPath([...name.split('.'), index]),
    argument: option === undefined ? [value] : [option, value],
  }));
}

function pairs(name: string, values: Readonly<Record<string, string>>, option: string): Option[] {
  return Object.entries(values).map(([key, value]) => ({
    name: formatPath([...name.split('.'), key]),
    argument: [option, `${key}=${value}`],
  }));
}

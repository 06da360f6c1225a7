import { readOptions } from '../parameters/options.js';
import type { CheckVolumes, Container, Parameters } from '../parameters/parameters.js';
import { formatPath } from '../parameters/tree.js';

/** One command-line argument as it is read: an option with its value, or alone. */
export type Argument = readonly string[];

/** What `docker create` is told about the container, in a fixed order; name, labels of ours and restart are the script's. */
export function containerOptions(c: Container): readonly Argument[] {
  return [
    ...c.ports.map((port) => ['--publish', port]),
    ...pairs('--env', c.env),
    ...single('--env-file', c.envFile),
    ...c.volumes.map((volume) => ['--volume', volume]),
    ...single('--network', c.network === 'bridge' ? '' : c.network),
    ...single('--memory', c.memory),
    ...single('--cpus', c.cpus),
    ...single('--user', c.user),
    ...pairs('--label', c.labels),
    ...(c.init ? [['--init']] : []),
    ...c.options.map((option) => [option]),
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
  const b = p.build;
  return [
    ...single('--file', b.dockerfile),
    ...single('--target', b.target),
    ...single('--platform', b.platform),
    ...pairs('--build-arg', b.args),
    ...pairs('--label', b.labels),
    ['--label', `gen-scripts.build=${p.app}`],
    ...(p.source.commit ? [['--label', `org.opencontainers.image.revision=${p.source.commit}`]] : []),
  ];
}

/** The parameter behind each argument of `containerOptions`, in its order. */
export function containerOptionNames(c: Container): readonly string[] {
  return [
    ...namesIn('container.ports', c.ports),
    ...namesIn('container.env', c.env),
    ...nameOf('container.envFile', c.envFile),
    ...namesIn('container.volumes', c.volumes),
    ...nameOf('container.network', c.network === 'bridge' ? '' : c.network),
    ...nameOf('container.memory', c.memory),
    ...nameOf('container.cpus', c.cpus),
    ...nameOf('container.user', c.user),
    ...namesIn('container.labels', c.labels),
    ...(c.init ? ['container.init'] : []),
    ...namesIn('container.options', c.options),
  ];
}

/** ... and behind each of `buildOptions`. */
export function buildOptionNames(p: Parameters): readonly string[] {
  const b = p.build;
  return [
    ...nameOf('build.dockerfile', b.dockerfile),
    ...nameOf('build.target', b.target),
    ...nameOf('build.platform', b.platform),
    ...namesIn('build.args', b.args),
    ...namesIn('build.labels', b.labels),
    'app',
    ...nameOf('source.commit', p.source.commit),
  ];
}

function nameOf(name: string, value: string): readonly string[] {
  return value === '' ? [] : [name];
}

function namesIn(name: string, values: object): readonly string[] {
  const step = (key: string) => (Array.isArray(values) ? Number(key) : key);
  return Object.keys(values).map((key) => formatPath([...name.split('.'), step(key)]));
}

function single(option: string, value: string): readonly Argument[] {
  return value === '' ? [] : [[option, value]];
}

function pairs(option: string, values: Readonly<Record<string, string>>): readonly Argument[] {
  return Object.entries(values).map(([key, value]) => [option, `${key}=${value}`]);
}

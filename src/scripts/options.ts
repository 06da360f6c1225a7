import type { Container, Parameters } from '../parameters/parameters.js';
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

import type { Container, Parameters } from '../parameters/parameters.js';

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

function single(option: string, value: string): readonly Argument[] {
  return value === '' ? [] : [[option, value]];
}

function pairs(option: string, values: Readonly<Record<string, string>>): readonly Argument[] {
  return Object.entries(values).map(([key, value]) => [option, `${key}=${value}`]);
}

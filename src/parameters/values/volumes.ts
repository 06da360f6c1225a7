import { posix } from 'node:path';
import type { Fault, Rule } from './rule.js';

/** `source` is empty for an anonymous volume; `target` is normalised. */
export interface Volume {
  readonly source: string;
  readonly target: string;
}

const MODES = ['ro', 'rw', 'z', 'Z', 'nocopy', 'consistent', 'cached', 'delegated'];
const PROPAGATION = ['shared', 'rshared', 'slave', 'rslave', 'private', 'rprivate'];

const FAULT: Fault = {
  code: 'GS040',
  expected: '[/host/path or volume name:]/container/path[:ro,...]',
};

export const VOLUME = '([^:]+:)?/[^:]+(:[a-zA-Z,]+)?';

/** The syntax of `docker create --volume` that every engine since 20.10 takes. */
export const volume: Rule = (text) => {
  const parsed = parseVolume(text);
  return 'code' in parsed ? parsed : undefined;
};

export function parseVolume(text: string): Volume | Fault {
  const parts = text.split(':');
  const [first = '', second, modes] = parts;
  if (parts.length > 3) return FAULT;
  const [source, target] = second === undefined ? ['', first] : [first, second];
  if (second !== undefined && !isSource(source)) return badSource(source);
  if (!target.startsWith('/'))
    return { ...FAULT, detail: `${target || 'an empty path'} is no absolute path` };
  if (posix.normalize(target) === '/') return { ...FAULT, detail: 'the container has its own /' };
  const bad = modes === undefined ? undefined : findBadMode(modes.split(','));
  if (bad !== undefined) return { ...FAULT, detail: bad };
  return { source, target: normalisePath(target) };
}

function isSource(source: string): boolean {
  return source.startsWith('/') || /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(source);
}

function badSource(source: string): Fault {
  const isPath = /^[.~$]/.test(source) || source.includes('/');
  return isPath ? { ...FAULT, detail: `${source} is no absolute path of the host` } : FAULT;
}

function findBadMode(modes: readonly string[]): string | undefined {
  const unknown = modes.find((mode) => ![...MODES, ...PROPAGATION].includes(mode));
  if (unknown !== undefined)
    return `unknown mode ${unknown || '(empty)'}; known: ${[...MODES, ...PROPAGATION].join(', ')}`;
  const clashes = [['ro', 'rw'], ['z', 'Z'], PROPAGATION].map((group) =>
    modes.filter((mode) => group.includes(mode)),
  );
  const clash = clashes.find((given) => given.length > 1);
  return clash ? `${clash.join(' and ')} exclude each other` : undefined;
}

/** Two spellings of one path become the same text. */
export function normalisePath(path: string): string {
  const normal = posix.normalize(path);
  return normal.length > 1 && normal.endsWith('/') ? normal.slice(0, -1) : normal;
}

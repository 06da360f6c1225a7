import { FLAGS, REFUSED, SHORT, VALUED } from './docker-options.js';
import { editDistance, nearest } from './nearest.js';
import { labelKey } from './values/names.js';
import type { Fault } from './values/rule.js';
import { findSecret } from './values/secrets.js';

/** One option of `docker create` as docker would understand it. `value` is empty for a flag that is just there. */
export interface DockerOption {
  readonly name: string;
  readonly value: string;
  /** Index of the entry of container.options where it begins. */
  readonly index: number;
}

export interface IndexedFault {
  readonly index: number;
  readonly fault: Fault;
}

/** What `docker create` would make of the arguments; stray words and `--` would become the image. */
export function readOptions(entries: readonly string[]): {
  readonly options: readonly DockerOption[];
  readonly faults: readonly IndexedFault[];
} {
  const options: DockerOption[] = [];
  const faults: IndexedFault[] = [];
  for (let index = 0; index < entries.length; index++) {
    const read = readEntry(entries[index] ?? '', entries[index + 1]);
    if ('code' in read) faults.push({ index, fault: read });
    else options.push(...read.options.map((option) => ({ ...option, index })));
    if ('tookNext' in read && read.tookNext) index++;
  }
  return { options, faults };
}

/** Everything that is wrong with container.options by itself. */
export function checkOptions(entries: readonly string[]): readonly IndexedFault[] {
  const { options, faults } = readOptions(entries);
  const more = options.flatMap((option) => {
    const fault = checkOption(option);
    return fault ? [{ index: option.index, fault }] : [];
  });
  return [...faults, ...more].sort((a, b) => a.index - b.index);
}

interface Entry {
  readonly options: readonly Omit<DockerOption, 'index'>[];
  readonly tookNext: boolean;
}

function readEntry(entry: string, next: string | undefined): Entry | Fault {
  if (!entry.startsWith('-') || /^--?$/.test(entry))
    return { ...NOT_AN_OPTION, detail: 'docker would take it for the image' };
  return entry.startsWith('--') ? readLong(entry.slice(2), next) : readShort(entry.slice(1), next);
}

const NOT_AN_OPTION: Fault = {
  code: 'GS053',
  expected: '--name=value, a flag, or an option followed by its value as the next entry',
};

function readLong(text: string, next: string | undefined): Entry | Fault {
  const equals = text.indexOf('=');
  const name = equals < 0 ? text : text.slice(0, equals);
  if (/\s/.test(name))
    return { ...NOT_AN_OPTION, hint: 'join the option and its value by "=", or make them two entries' };
  if (equals >= 0) return mayBeNew(name) ? single(name, text.slice(equals + 1)) : unknown(name);
  if (FLAGS.has(name)) return single(name, '');
  return VALUED.has(name) ? withNext([], name, next) : unknown(name);
}

/** A later docker has options that are not in our list; one that is a letter or two away from a known one is a slip. */
function mayBeNew(name: string): boolean {
  if (FLAGS.has(name) || VALUED.has(name)) return true;
  const close = nearest(name, [...FLAGS, ...VALUED]);
  return /^[a-z]/.test(name) && (close === undefined || editDistance(name, close) > 2);
}

function unknown(name: string): Fault {
  if (name === 'detach')
    return { ...NOT_AN_OPTION, hint: 'leave it out: containers are always started in the background' };
  const close = nearest(name, [...FLAGS, ...VALUED]);
  const hint = close ? `did you mean --${close}?` : `if your docker has it, write --${name}=value`;
  return { ...NOT_AN_OPTION, hint };
}

/** `-it`, `-e A=1`, `-eA=1`, `-p8080:80`: the first letter that takes a value takes the rest. */
function readShort(letters: string, next: string | undefined): Entry | Fault {
  const flags: Omit<DockerOption, 'index'>[] = [];
  for (let at = 0; at < letters.length; at++) {
    const name = SHORT.get(letters.charAt(at));
    if (name === undefined) return NOT_AN_OPTION;
    const rest = letters.slice(at + 1).replace(/^=/, '');
    if (VALUED.has(name) && rest !== '')
      return { options: [...flags, { name, value: rest }], tookNext: false };
    if (VALUED.has(name)) return withNext(flags, name, next);
    flags.push({ name, value: '' });
  }
  return { options: flags, tookNext: false };
}

/** Docker would take even another option for the value; nobody means that, but `--pids-limit -1` is usual. */
function withNext(before: Entry['options'], name: string, next: string | undefined): Entry | Fault {
  if (next === undefined || /^-(?!\d)/.test(next)) {
    return { ...NOT_AN_OPTION, detail: `--${name} has no value`, hint: `write --${name}=value` };
  }
  return { options: [...before, { name, value: next }], tookNext: true };
}

function single(name: string, value: string): Entry {
  return { options: [{ name, value }], tookNext: false };
}

function checkOption({ name, value }: DockerOption): Fault | undefined {
  const why = REFUSED.get(name);
  if (why) return { code: 'GS054', detail: `--${name}`, hint: why };
  const [key = '', ...rest] = value.split('=');
  if (name === 'env') return findSecret(key, rest.join('='));
  return name === 'label' ? labelKey(key) : undefined;
}

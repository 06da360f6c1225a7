import { type DurationLimits, parseDuration } from './values/durations.js';
import { type Fault, firstFault, oneOf, type Rule } from './values/rule.js';
import { noUserinfo } from './values/secrets.js';
import { noNul, oneLine, wellFormed } from './values/text.js';

/** How one value is written, checked and kept. A scalar that is empty is "not set" and is not checked. */
export type Field = TextField | DurationField | IntegerField | BooleanField | ListField | MapField;

export interface TextField {
  readonly shape: 'text';
  readonly rules: readonly Rule[];
  /** For editors: what the rules take, or more. Without anchors. */
  readonly pattern?: string;
  readonly choices?: readonly string[];
}

/** Kept in milliseconds. */
export interface DurationField {
  readonly shape: 'duration';
  readonly limits: DurationLimits;
}

export interface IntegerField {
  readonly shape: 'integer';
  readonly min: number;
  readonly max: number;
}

export interface BooleanField {
  readonly shape: 'boolean';
}

export interface ListField {
  readonly shape: 'list';
  readonly item: TextField;
  /** What can only be told from several items together. */
  readonly check?: (items: readonly string[]) => readonly { readonly index: number; readonly fault: Fault }[];
}

export interface MapField {
  readonly shape: 'map';
  readonly key: TextField;
  readonly value: TextField;
  /** What can only be told from key and value together. */
  readonly check?: (key: string, value: string) => Fault | undefined;
}

export type Scalar = string | number | boolean;

/** A field's value as the program keeps it. */
export type Value = Scalar | readonly string[] | Readonly<Record<string, string>>;

const EVERYWHERE: readonly Rule[] = [noNul, wellFormed, noUserinfo];

/** Any text but NUL: line ends belong to it. */
export function anyText(...rules: readonly Rule[]): TextField {
  return { shape: 'text', rules: [...EVERYWHERE, ...rules] };
}

export function line(pattern?: string, ...rules: readonly Rule[]): TextField {
  return { shape: 'text', rules: [...EVERYWHERE, oneLine, ...rules], ...(pattern ? { pattern } : {}) };
}

export function choice(...choices: readonly string[]): TextField {
  return { shape: 'text', rules: [...EVERYWHERE, oneOf(choices)], choices };
}

export function listOf(item: TextField, check?: ListField['check']): ListField {
  return { shape: 'list', item, ...(check ? { check } : {}) };
}

export function mapOf(key: TextField, value: TextField, check?: MapField['check']): MapField {
  return { shape: 'map', key, value, ...(check ? { check } : {}) };
}

const SECOND = 1000;
const DAY = 24 * 3600 * SECOND;

export function duration(limits: Partial<DurationLimits> = {}): DurationField {
  return { shape: 'duration', limits: { min: 0, max: DAY, step: SECOND, ...limits } };
}

export function integer(min: number, max: number): IntegerField {
  return { shape: 'integer', min, max };
}

export const flag: BooleanField = { shape: 'boolean' };

export type ScalarField = TextField | DurationField | IntegerField | BooleanField;

/** Reads a scalar as text: from the command line, the environment, or a number as the config file has it. */
export function readScalar(field: ScalarField, text: string): Scalar | Fault {
  switch (field.shape) {
    case 'text':
      return firstFault(field.rules, text) ?? text;
    case 'duration':
      return parseDuration(text, field.limits);
    case 'integer':
      return readInteger(field, text);
    case 'boolean':
      return text === 'true' || text === 'false'
        ? text === 'true'
        : { code: 'GS025', expected: 'true or false' };
  }
}

function readInteger({ min, max }: IntegerField, text: string): number | Fault {
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  return value >= min && value <= max
    ? value
    : { code: 'GS036', expected: `a whole number from ${min} to ${max}` };
}

export function isFault(value: Scalar | Fault): value is Fault {
  return typeof value === 'object';
}

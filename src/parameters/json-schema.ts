import * as z from 'zod';
import type { Entry } from './entry.js';
import type { Field, TextField } from './field.js';
import { DESTINATION, HOST_NAME, SSH } from './hosts.js';
import { CONFIG_SCHEMA } from './schema.js';
import { SETTINGS } from './table.js';
import { DURATION } from './values/durations.js';
import { ENVIRONMENT_NAME } from './values/names.js';

type JsonSchema = z.core.JSONSchema.BaseSchema;
/** Keywords to add. */
type Facts = Readonly<Record<string, unknown>>;

/** The JSON Schema of gen-scripts.yml, for editors; draft 7 is what they all know. @returns JSON with a final line end */
export function renderJsonSchema(): string {
  const schema = z.toJSONSchema(CONFIG_SCHEMA, { target: 'draft-07', io: 'input', override });
  const { $schema, ...rest } = schema;
  const titled = { $schema, title: 'gen-scripts.yml', ...rest, required: REQUIRED };
  return `${JSON.stringify(titled, null, 2)}\n`;
}

const ENTRIES: ReadonlyMap<string, Entry> = new Map(SETTINGS);
const REQUIRED = SETTINGS.filter(([, entry]) => isRequired(entry)).map(([name]) => name);

/** zod may ask twice about one place. */
function override({ jsonSchema, path }: { jsonSchema: JsonSchema; path: readonly unknown[] }): void {
  Object.assign(jsonSchema, describe(path.map(String)));
  asWritten(jsonSchema, path);
}

/** What the table says about a place of the schema: `properties, health, properties, url`. */
function describe(path: readonly string[]): Facts {
  return describeAt(path, true);
}

/** @param withDefault not within an environment or a host: there, what is left out is not the default */
function describeAt(path: readonly string[], withDefault: boolean): Facts {
  const [, first = '', part, ...rest] = path;
  const names = NAMES[first];
  if (first === SSH && part === undefined) return SSH_FACTS;
  if (names === undefined) return describeSetting(path, withDefault);
  if (part === undefined) return { description: names.description };
  return part === 'propertyNames' ? { pattern: `^${names.pattern}$` } : describeAt(rest, false);
}

/** Maps whose keys somebody chooses. */
const NAMES: Readonly<Record<string, { readonly description: string; readonly pattern: string }>> = {
  environments: {
    description:
      'What differs elsewhere: --env NAME merges an entry over the rest; maps merge, lists replace',
    pattern: ENVIRONMENT_NAME,
  },
  hosts: {
    description:
      'The hosts of a rollout in their order, by the names of their SSH servers in Jenkins; what is different on one of them stands in its entry, and is merged over the rest',
    pattern: HOST_NAME,
  },
};

const SSH_FACTS: Facts = {
  description:
    'Where gen-scripts ship connects to: a name of your ssh configuration, or user@address. Default: the name of the entry',
  pattern: `^(?:${DESTINATION})?$`,
};

function describeSetting(path: readonly string[], withDefault: boolean): Facts {
  const part = PARTS.find((name) => name === path.at(-1));
  const names = (part === undefined ? path : path.slice(0, -1)).filter((_, index) => index % 2 === 1);
  const entry = ENTRIES.get(names.join('.'));
  if (entry === undefined) return {};
  return part === undefined ? describeEntry(entry, withDefault) : describePart(entry.field, part);
}

/** What a schema has below a list or a map. */
const PARTS = ['items', 'propertyNames', 'additionalProperties'] as const;

function describePart(field: Field, part: (typeof PARTS)[number]): Facts {
  if (field.shape === 'list') return textFacts(field.item, false);
  if (field.shape !== 'map') return {};
  return textFacts(part === 'propertyNames' ? field.key : field.value, false);
}

function describeEntry(entry: Entry, withDefault: boolean): Facts {
  const { field, help, fallback, fallbackText, example } = entry;
  return {
    ...fieldFacts(field),
    description: fallbackText && !isRequired(entry) ? `${help}. Default: ${fallbackText}` : help,
    ...(withDefault && fallbackText === '' ? { default: fallback } : {}),
    ...(example === undefined ? {} : { examples: [example] }),
    ...(isRequired(entry) ? { minLength: 1 } : {}),
  };
}

function isRequired({ fallbackText }: Entry): boolean {
  return fallbackText === 'required';
}

function fieldFacts(field: Field): Facts {
  if (field.shape === 'duration') return { pattern: `^(${DURATION})?$` };
  return field.shape === 'text' ? textFacts(field, true) : {};
}

/** @param mayBeEmpty an empty scalar is "not set"; an empty item of a list is an item like any other */
function textFacts({ choices, pattern }: TextField, mayBeEmpty: boolean): Facts {
  return {
    ...(choices ? { enum: [...choices] } : {}),
    ...(pattern ? { pattern: mayBeEmpty ? `^(?:${pattern})?$` : `^(?:${pattern})$` } : {}),
  };
}

/** YAML writes some texts as numbers, and a key whose lines are all commented out as null; both are taken. */
function asWritten(jsonSchema: JsonSchema, path: readonly unknown[]): void {
  if (jsonSchema.type === 'string') {
    if (!jsonSchema.enum && path.at(-1) !== 'propertyNames')
      Object.assign(jsonSchema, withNumbers(jsonSchema));
  } else if ((jsonSchema.type === 'object' && path.length > 0) || jsonSchema.type === 'array') {
    Object.assign(jsonSchema, { type: [jsonSchema.type, 'null'] });
  }
}

/** Patterns say nothing about numbers, so a number is only taken where its digits would be: not for a port or a time. */
function withNumbers({ pattern }: JsonSchema): object {
  const takes = (text: string) => pattern === undefined || new RegExp(pattern).test(text);
  if (takes('8080')) return { type: ['string', 'number'] };
  return takes('0') ? { type: ['string', 'integer'], maximum: 0, minimum: 0 } : {};
}

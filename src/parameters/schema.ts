import * as z from 'zod';
import type { Entry } from './entry.js';
import { checkAlways, fieldSchema, keysOf } from './field-schema.js';
import { SETTINGS } from './table.js';
import { ENVIRONMENT_NAME, environmentName } from './values/names.js';

function makeConfigSchema(): z.ZodType {
  const environments = z
    .record(z.string().meta({ pattern: `^${ENVIRONMENT_NAME}$` }), settingsSchema(false))
    .check(
      checkAlways((value, report) => {
        for (const key of keysOf(value)) {
          const fault = environmentName(key);
          if (fault) report([key], { fault, onKey: true });
        }
      }),
    )
    .meta({
      description:
        'What differs elsewhere: --env NAME merges an entry over the rest; maps merge, lists replace',
    });
  return settingsSchema(true, { environments: environments.optional() });
}

type Shape = Record<string, z.ZodType>;

/** Keys with a dot become sections; the order is the table's. */
function settingsSchema(withDefaults: boolean, more: Shape = {}): z.ZodType {
  const shape = new Map<string, z.ZodType | Shape>();
  for (const [name, entry] of SETTINGS) {
    const [first = '', second] = name.split('.');
    const schema = describe(fieldSchema(entry.field), entry, withDefaults).optional();
    shape.set(first, second === undefined ? schema : { ...(shape.get(first) as Shape), [second]: schema });
  }
  const keys = [...shape].map(([key, value]) => [key, value instanceof z.ZodType ? value : section(value)]);
  return z.strictObject({ ...(Object.fromEntries(keys) as Shape), ...more });
}

function section(shape: Shape): z.ZodType {
  return z.strictObject(shape).optional();
}

function describe(schema: z.ZodType, entry: Entry, withDefaults: boolean): z.ZodType {
  const isRequired = entry.fallbackText === 'required';
  return schema.meta({
    description:
      entry.fallbackText && !isRequired ? `${entry.help}. Default: ${entry.fallbackText}` : entry.help,
    ...(withDefaults && entry.fallbackText === '' ? { default: entry.fallback } : {}),
    ...(entry.example === undefined ? {} : { examples: [entry.example] }),
    ...(isRequired ? { minLength: 1 } : {}),
  });
}

/** The shape of a config file; durations are still text, and nothing is required: flags may bring `app` and `image`. */
export const CONFIG_SCHEMA = makeConfigSchema();

/** The JSON Schema of gen-scripts.yml, for editors; draft 7 is what they all know. @returns JSON with a final line end */
export function renderJsonSchema(): string {
  const schema = z.toJSONSchema(CONFIG_SCHEMA, { target: 'draft-07', io: 'input', override: asWritten });
  const { $schema, ...rest } = schema;
  const titled = { $schema, title: 'gen-scripts.yml', ...rest, required: REQUIRED };
  return `${JSON.stringify(titled, null, 2)}\n`;
}

const REQUIRED = SETTINGS.filter(([, entry]) => entry.fallbackText === 'required').map(([name]) => name);

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** YAML writes some texts as numbers, and a key whose lines are all commented out as null; both are taken. */
function asWritten({ jsonSchema, path }: { jsonSchema: JsonSchema; path: readonly unknown[] }): void {
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

import * as z from 'zod';
import { checkAlways, fieldSchema, keysOf } from './field-schema.js';
import { SETTINGS } from './table.js';
import { environmentName } from './values/names.js';

/** As large as all the others together, and most files have no environments. */
const ENVIRONMENT = z.lazy(() => settingsSchema());

function makeConfigSchema(): z.ZodType {
  const environments = z.record(z.string(), ENVIRONMENT).check(
    checkAlways((value, report) => {
      for (const key of keysOf(value)) {
        const fault = environmentName(key);
        if (fault) report([key], { fault, onKey: true });
      }
    }),
  );
  return settingsSchema({ environments: environments.optional() });
}

type Shape = Record<string, z.ZodType>;

/** Keys with a dot become sections; the order is the table's. */
function settingsSchema(more: Shape = {}): z.ZodType {
  const shape = new Map<string, z.ZodType | Shape>();
  for (const [name, { field }] of SETTINGS) {
    const [first = '', second] = name.split('.');
    const schema = fieldSchema(field).optional();
    shape.set(first, second === undefined ? schema : { ...(shape.get(first) as Shape), [second]: schema });
  }
  const keys = [...shape].map(([key, value]) => [key, value instanceof z.ZodType ? value : section(value)]);
  return z.strictObject({ ...(Object.fromEntries(keys) as Shape), ...more });
}

function section(shape: Shape): z.ZodType {
  return z.strictObject(shape).optional();
}

/** The shape of a config file; durations are still text, and nothing is required: flags may bring `app` and `image`. */
export const CONFIG_SCHEMA = makeConfigSchema();

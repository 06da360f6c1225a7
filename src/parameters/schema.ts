import * as z from 'zod';
import { line } from './field.js';
import { checkAlways, fieldSchema, keysOf } from './field-schema.js';
import { destination, hostName, OF_A_HOST, SSH } from './hosts.js';
import { SETTINGS } from './table.js';
import { environmentName } from './values/names.js';
import type { Rule } from './values/rule.js';

/** As large as all the others together, and most files have none of either. */
const ENVIRONMENT = z.lazy(() => settingsSchema(SETTINGS, { hosts: HOSTS.optional() }));
const HOST = z.lazy(() =>
  settingsSchema(OF_A_HOST, { [SSH]: fieldSchema(line(undefined, destination)).optional() }),
);
const HOSTS = namedSchema(hostName, HOST);

function makeConfigSchema(): z.ZodType {
  const environments = namedSchema(environmentName, ENVIRONMENT);
  return settingsSchema(SETTINGS, { hosts: HOSTS.optional(), environments: environments.optional() });
}

/** A map whose keys are names that somebody chose. */
function namedSchema(rule: Rule, value: z.ZodType): z.ZodType {
  return z.record(z.string(), value).check(
    checkAlways((given, report) => {
      for (const key of keysOf(given)) {
        const fault = rule(key);
        if (fault) report([key], { fault, onKey: true });
      }
    }),
  );
}

type Shape = Record<string, z.ZodType>;

/** Keys with a dot become sections; the order is the table's. */
function settingsSchema(settings: typeof SETTINGS, more: Shape): z.ZodType {
  const shape = new Map<string, z.ZodType | Shape>();
  for (const [name, { field }] of settings) {
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

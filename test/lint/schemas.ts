import { readFileSync } from 'node:fs';
import { Ajv, type AnySchema, type ValidateFunction } from 'ajv';
import AjvDraft04 from 'ajv-draft-04';

/** As JSON Schema means them, as far as our reports use them. */
const FORMATS = {
  uri: (text: string) => URL.canParse(text),
  'uri-reference': (text: string) => !/[^!#$&'()*+,/:;=?@[\]\w.~%-]|%(?![\da-f]{2})/i.test(text),
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/,
};

/** The schema of SARIF 2.1.0, which Microsoft's package for tests of SARIF carries. */
export function sarifSchema(): ValidateFunction {
  const file = new URL(
    '../../node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json',
    import.meta.url,
  );
  const Draft04 = AjvDraft04 as unknown as typeof Ajv;
  const ajv = new Draft04({ strict: false, unicodeRegExp: false, allErrors: true, formats: FORMATS });
  return ajv.compile(JSON.parse(readFileSync(file, 'utf8')));
}

export function jsonSchema(schema: AnySchema): ValidateFunction {
  return new Ajv({ allErrors: true, formats: FORMATS }).compile(schema);
}

/** @returns what the schema says against it */
export function faults(validate: ValidateFunction, document: unknown): string[] {
  validate(document);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

import { expect, test } from '@jest/globals';
import { LEVELS, type LintRun } from '../../src/lint/finding.js';
import { FORMATS } from '../../src/lint/formats/formats.js';
import { CD, ODD, OTHER, QUOTE, runOf } from './findings.js';
import { faults, jsonSchema } from './schemas.js';

const position = { type: 'integer', minimum: 1 };
const text = { type: 'string' };

/** What we promise: these fields are always there. */
const FINDING = {
  file: text,
  line: position,
  column: position,
  level: { enum: [...LEVELS] },
  code: { type: 'string', pattern: '^(SC|GS)\\d+$' },
  message: text,
  link: text,
  template: {
    type: ['object', 'null'],
    properties: { file: text, line: position },
    required: ['file', 'line'],
    additionalProperties: false,
  },
};
const schema = jsonSchema({
  type: 'object',
  required: ['shellCheck', 'scripts', 'findings'],
  additionalProperties: false,
  properties: {
    shellCheck: { type: ['string', 'null'] },
    scripts: { type: 'array', items: text },
    findings: {
      type: 'array',
      items: {
        type: 'object',
        properties: FINDING,
        required: Object.keys(FINDING),
        additionalProperties: false,
      },
    },
  },
});

test.each<{ name: string; run: LintRun }>([
  { name: 'findings', run: runOf([QUOTE, CD, OTHER, ODD]) },
  { name: 'none', run: runOf([]) },
  { name: 'ShellCheck did not run', run: runOf([], { shellCheck: undefined }) },
])('$name: exactly the promised fields', ({ run }) =>
  expect(faults(schema, JSON.parse(FORMATS.json(run)))).toEqual([]),
);

test('the values', () =>
  expect(JSON.parse(FORMATS.json(runOf([CD])))).toEqual({
    shellCheck: 'ShellCheck 0.9.0',
    scripts: ['release/build.sh', 'release/repull.sh', 'release/rollback.sh'],
    findings: [{ ...CD, link: 'https://www.shellcheck.net/wiki/SC2164' }],
  }));

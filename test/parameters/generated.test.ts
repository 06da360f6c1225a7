import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import * as z from 'zod';
import { renderJsonSchema } from '../../src/parameters/json-schema.js';
import { renderReference } from '../../src/parameters/reference.js';
import { SETTINGS } from '../../src/parameters/table.js';
import { REQUIRED, resolveGiven } from './support.js';

const file = (name: string) => new URL(`../../${name}`, import.meta.url);

/** `UPDATE=1 npx jest test/parameters/generated` writes them. */
describe.each([
  { name: 'gen-scripts.schema.json', render: renderJsonSchema },
  { name: 'docs/parameters.md', render: renderReference },
])('$name', ({ name, render }) => {
  if (process.env.UPDATE) writeFileSync(file(name), render());

  test('is what the table says', () => expect(readFileSync(file(name), 'utf8')).toBe(render()));
});

const schema = JSON.parse(renderJsonSchema());
const validator = z.fromJSONSchema(schema);

describe('the JSON Schema and the program agree', () => {
  test.each([
    REQUIRED,
    `${REQUIRED}container: { cpus: 1.5, user: 1000, env: { A: 1, B: "" }, memory: "", ports: ["8080:80"] }`,
    `${REQUIRED}health:\ncontainer:\n  ports:\n  env:\n`,
    `${REQUIRED}environments: { staging: { app: citest-staging, container: { ports: ["8081:80"] } } }`,
    `${REQUIRED}publish: { execTimeout: 0 }\nregistry: { login: shipped }`,
    `${REQUIRED}hosts: { web1: , web2: { ssh: deploy@10.0.0.2, container: { env: { A: 1 } } } }`,
    `${REQUIRED}environments: { s: { hosts: { web1: } } }\nrollout: { batch: 2, canary: 1, wait: 30s, onFailure: rollback }`,
    `${REQUIRED}health: { timeout: 30s, interval: 1s, url: "http://127.0.0.1/" }`,
  ])('both take %s', async (yml) => {
    expect(validator.safeParse(parse(yml)).error).toBeUndefined();
    expect((await resolveGiven({ yml })).length).toBeGreaterThan(0);
  });

  test.each([
    'app: citest\n',
    'app: c\nimage: a\n',
    `${REQUIRED}x: 1`,
    `${REQUIRED}container: { prots: [] }`,
    `${REQUIRED}container: { ports: "80:80" }`,
    `${REQUIRED}container: { ports: ["80a:80"] }`,
    `${REQUIRED}container: { env: { "A B": c } }`,
    `${REQUIRED}container: { env: { A: true } }`,
    `${REQUIRED}container: { init: "true" }`,
    `${REQUIRED}container: { restart: sometimes }`,
    `${REQUIRED}retain: 1001`,
    `${REQUIRED}retain: "3"`,
    `${REQUIRED}health: { timeout: 1x }`,
    `${REQUIRED}registry: { login: vault }`,
    `${REQUIRED}health: { timeout: 60 }`,
    `${REQUIRED}container: { ports: [80] }`,
    `${REQUIRED}environments: { "a b": {} }`,
    `${REQUIRED}environments: { s: { nonsense: 1 } }`,
    `${REQUIRED}hosts: [web1]`,
    `${REQUIRED}hosts: { web1: { app: other } }`,
    `${REQUIRED}hosts: { web1: { ssh: "-oProxyCommand=x" } }`,
    `${REQUIRED}hosts: { "a/b": }`,
    `${REQUIRED}environments: { s: { hosts: { web1: { rollout: { batch: 2 } } } } }`,
    `${REQUIRED}rollout: { batch: 0% }`,
  ])('both refuse %s', async (yml) => {
    expect(validator.safeParse(parse(yml)).success).toBe(false);
    await expect(resolveGiven({ yml })).rejects.toThrow();
  });

  test('every key is described, and its example is valid', () => {
    for (const [name, { example }] of SETTINGS) {
      const [first = '', second] = name.split('.');
      const described = second ? schema.properties[first].properties[second] : schema.properties[first];
      expect([name, described.description]).toEqual([name, expect.stringMatching(/.{10}/)]);
      if (example === undefined) continue;
      const config = {
        app: 'citest',
        image: 'a',
        ...(second ? { [first]: { [second]: example } } : { [first]: example }),
      };
      expect([name, validator.safeParse(config).error]).toEqual([name, undefined]);
    }
  });

  test('nothing unknown is allowed anywhere', () => {
    expect(schema.additionalProperties).toBe(false);
    expect(schema.required).toEqual(['app', 'image']);
    expect(schema.properties.container.additionalProperties).toBe(false);
    expect(schema.properties.environments.additionalProperties.additionalProperties).toBe(false);
    expect(schema.properties.environments.additionalProperties.required).toBeUndefined();
  });
});

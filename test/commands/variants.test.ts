import { afterAll, expect, test } from '@jest/globals';
import { readInputs } from '../../src/commands/apps.js';
import { planVariants } from '../../src/commands/variants.js';
import { cleanUp, folderWith, gen, genWith, settings } from './support.js';

afterAll(cleanUp);

const STAGING = 'environments:\n  staging: { app: citest-staging, retain: 1 }\n';

async function variantsOf(
  files: Record<string, string>,
  configs: string[],
  options: Record<string, string> = {},
) {
  const cwd = await folderWith(files);
  const request = {
    command: 'lint',
    word: '',
    options,
    configs,
    reports: [],
    files: [],
    switches: new Set<string>(),
  } as const;
  let found: [string, string[]][] = [];
  const { PATH = '' } = process.env;
  const env = { PATH, gitlabSourceBranch: 'refs/tags/v9', CTRL_BUILD: 'nonsense' };
  const { stdin, stdout, stderr } = process;
  const inputs = await readInputs(request, { cwd, env, stdin, stdout, stderr });
  for (const { name, scripts } of await planVariants(request, inputs))
    found = [...found, [name, [...scripts()].map(({ path }) => path)]];
  return Object.fromEntries(found);
}

const DEPLOY = ['release/build.sh', 'release/repull.sh', 'release/rollback.sh', 'release/auto.sh'];
const ROLLBACK = ['release/rollback.sh', 'release/auto.sh'];

test('every mode, in every environment', async () => {
  expect(await variantsOf({ 'gen-scripts.yml': settings('citest', STAGING) }, [])).toEqual({
    deploy: DEPLOY,
    manual: DEPLOY,
    rollback: ROLLBACK,
    'deploy in staging': DEPLOY,
    'manual in staging': DEPLOY,
    'rollback in staging': ROLLBACK,
  });
});

test('only the environment that is named', async () => {
  const variants = await variantsOf({ 'a.yml': settings('citest', STAGING) }, ['a.yml'], { env: 'staging' });
  expect(Object.keys(variants)).toEqual(['deploy in staging', 'manual in staging', 'rollback in staging']);
});

test('an environment that only one of two apps knows', async () => {
  const files = { 'a.yml': settings('citest', STAGING), 'b.yml': settings('other') };
  const variants = await variantsOf(files, ['a.yml', 'b.yml']);
  expect(variants.rollback).toEqual([
    'release/citest/rollback.sh',
    'release/citest/auto.sh',
    'release/other/rollback.sh',
    'release/other/auto.sh',
  ]);
  expect(variants['rollback in staging']).toEqual(ROLLBACK);
});

test('validate reports the problems of all environments at once', async () => {
  const yaml = 'environments:\n  a: { health: { timeout: 9m } }\n  b: { stopTimeout: 9m }\n';
  const cwd = await folderWith({ 'gen-scripts.yml': settings('citest', yaml) });
  const { status, stderr } = await gen(cwd, ['validate']);
  expect(status).toBe(2);
  expect(stderr.match(/\[GS080\]/g)).toHaveLength(2);
});

test('several apps are told apart by validate --show', async () => {
  const cwd = await folderWith({ 'a.yml': settings('one'), 'b.yml': settings('two') });
  const argv = ['validate', '--show', '--config', 'a.yml', '--config', 'b.yml', '--git-tag', 'v1'];
  const { stdout } = await genWith({ cwd }, argv);
  expect(stdout.match(/^(# .*|app .*"(one|two)".*)$/gm)).toEqual([
    '# a.yml',
    expect.stringContaining('"one"'),
    '# b.yml',
    expect.stringContaining('"two"'),
  ]);
});

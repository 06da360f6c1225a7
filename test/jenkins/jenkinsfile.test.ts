import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { hasProgram } from '../support/programs.js';
import { JenkinsProcess } from './jenkins-process.js';
import { canTellHostsApart, LibraryJob, SETTINGS } from './library-job.js';

const run = hasProgram('groovy') && canTellHostsApart ? test : test.skip;
// Several builds each, on a machine that runs other tests as well.
jest.setTimeout(300_000);
const jenkins = new JenkinsProcess();
afterAll(() => jenkins.stop());

let job: LibraryJob;
beforeEach(() => {
  job = new LibraryJob(jenkins);
});
afterEach(() => job.remove());

const PROJECT = join(import.meta.dirname, '../..');
const EXAMPLE = readFileSync(join(PROJECT, 'Jenkinsfile.example'), 'utf8');

run('Jenkinsfile.example deploys as it is', async () => {
  job.tag('v1');
  const build = await job.push('v1', EXAMPLE);
  expect([build.result, ...job.serving()]).toEqual(['SUCCESS', 'v1', 'v1', undefined]);
});

/** The example with its comments opened, but for those that only explain. */
function opened(): string {
  return EXAMPLE.replace(/^( *)\/\/ (?=\w+: .*,( +\/\/.*)?$)/gm, '$1');
}

run('... and with every key that it shows', async () => {
  job.write({ 'gen-scripts.yml': `${SETTINGS}environments: { staging: {}, production: {} }\n` });
  job.tag('v1');
  const script = opened().replace("    servers: ['web1', 'web2'],\n", '').replace("['test1']", "['web3']");
  for (const key of [
    'agent',
    'nodejs',
    'registryCredentials',
    'servers',
    'approval',
    'gitlab',
    'notify',
    'lang',
  ])
    expect(script).toMatch(new RegExp(`^ {4}${key}: `, 'm'));
  const build = await job.push('v1', script, {
    tools: { 'node-20': '/opt/node' },
    credentials: {
      registry: { username: 'robot', password: 'not-asked-for' },
      'dingtalk-webhook': { secret: 'http://127.0.0.1:9/robot' },
      'dingtalk-secret': { secret: 'SEC0' },
      'gitlab-webhook': { secret: 'webhook-token' },
    },
  });
  expect(build.log).toContain('web3 正在运行 v1。');
  expect(build.result).toBe('SUCCESS');
  expect(build.log).toContain('[GS017]');
});

/** The keys that a step takes: the maps of vars/<step>.groovy whose names end with KEYS. */
function keysOf(step: string): string[] {
  const source = readFileSync(join(PROJECT, `vars/${step}.groovy`), 'utf8');
  const maps = [...source.matchAll(/^@Field final Map \w*KEYS = \[([\s\S]*?)\]$/gm)];
  return maps.flatMap(([, map = '']) => [...map.matchAll(/(\w+): \[/g)].map(([, key = '']) => key));
}

test.each(['genScripts', 'publishScripts', 'repullPipeline'])(
  '%s: every key is on its help page and in docs/jenkins-library.md',
  (step) => {
    const help = readFileSync(join(PROJECT, `vars/${step}.txt`), 'utf8');
    const [, section = ''] = readFileSync(join(PROJECT, 'docs/jenkins-library.md'), 'utf8').split(
      `\n## ${step}\n`,
    );
    const [docs = ''] = section.split('\n## ');
    const keys = keysOf(step);
    expect(keys.length).toBeGreaterThan(2);
    expect(keys.filter((key) => !new RegExp(`\\b${key}\\b`).test(help))).toEqual([]);
    expect(keys.filter((key) => !docs.includes(`\`${key}\``))).toEqual([]);
  },
);

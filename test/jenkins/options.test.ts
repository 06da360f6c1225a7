import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { hasProgram } from '../support/programs.js';
import { systemShellCheck } from '../support/shellcheck.js';
import { OPTIONS, OPTIONS_FILE } from './options.js';
import { EXAMPLES, example, planted, scratch } from './options-examples.js';
import { findUnknownElements, findUnknownKeys } from './options-fields.js';
import { runGroovy } from './options-groovy.js';
import { findAll, readXml } from './options-xml.js';

/** Each check is shown to fail, too, on a copy of the example with one wrong name. */
const withGroovy = hasProgram('groovy') ? describe : describe.skip;

test('options.json says where it was read', () => {
  const { sources, ...groups } = OPTIONS;
  for (const source of Object.values(sources)) expect(source.commit).toMatch(/^[0-9a-f]{40}$/);
  for (const [name, { source, file }] of Object.values(groups).flatMap((group) => Object.entries(group))) {
    expect([name, Object.keys(sources)]).toEqual([name, expect.arrayContaining([source])]);
    expect([name, file]).toEqual([name, expect.stringMatching(/^[\w./$-]+\.\w+/)]);
  }
});

withGroovy('config.xml', () => {
  test.each(['jenkins/freestyle/config.xml', 'jenkins/freestyle/environments.xml'])(
    '%s names only fields that exist',
    (name) => {
      expect(findUnknownElements(readXml(join(EXAMPLES, name)))).toEqual([]);
    },
  );

  test.each([
    ['execTimeout>', 'execTimeOut>', 'no such field'],
    ['<triggerOnPush>true</triggerOnPush>', '<triggerOnTag>true</triggerOnTag>', 'no such field'],
    ['hudson.tasks.Shell>', 'hudson.tasks.Bash>', 'no class hudson.tasks.Bash'],
    ['class="hudson.plugins.git.GitSCM"', 'class="hudson.plugins.git.Git"', 'class hudson.plugins.git.Git'],
    ['<verbose>true</verbose>', '<verbose><on/></verbose>', 'has no elements'],
  ])('%s as %s is found', (right, wrong, said) => {
    const file = planted('jenkins/freestyle/config.xml', right, wrong);
    expect(findUnknownElements(readXml(file))).toEqual([expect.stringContaining(said)]);
  });

  test('a file that is not well-formed is an error', () => {
    const file = planted('jenkins/freestyle/config.xml', '</scm>', '');
    expect(() => readXml(file)).toThrow('SAXParseException');
  });
});

describe('casc.yaml', () => {
  test('names only attributes that exist', () => {
    expect(findUnknownKeys(parse(example('jenkins/casc.yaml')), OPTIONS.casc)).toEqual([]);
  });

  test.each([
    ['keyPath:', 'hostConfigurations:'],
    ['mirrorURL:', 'mirrorUrl:'],
    ['modernSCM:', 'modernScm:'],
    ['commonConfig:', 'hosts:'],
  ])('%s as %s is found', (right, wrong) => {
    const text = readFileSync(planted('jenkins/casc.yaml', right, wrong), 'utf8');
    expect(findUnknownKeys(parse(text), OPTIONS.casc)).toEqual([expect.stringMatching(/no such key$/)]);
  });

  test('has no secret: a value of that kind is empty or a variable', () => {
    const { commonConfig } = parse(example('jenkins/casc.yaml')).unclassified.sshPublisher;
    for (const key of ['key', 'encryptedPassphrase']) expect(commonConfig[key]).toMatch(/^\$\{[A-Z_]+\}$/);
  });
});

withGroovy('ssh-servers.groovy', () => {
  const script = 'jenkins/init.groovy.d/ssh-servers.groovy';
  const run = (file: string, hasKey: boolean) =>
    runGroovy('options-ssh-servers.groovy', OPTIONS_FILE, file, String(hasKey));

  test('adds each server once, and saves', () => {
    const calls = run(join(EXAMPLES, script), true) as [string, unknown][];
    expect(calls.map(([method]) => method)).toEqual([
      ...['removeHostConfiguration', 'addHostConfiguration'],
      ...['removeHostConfiguration', 'addHostConfiguration'],
      'save',
    ]);
    expect(calls[1]?.[1]).toEqual([
      ['setName', 'web1'],
      ['setHostname', 'web1.example.com'],
      ['setUsername', 'deploy'],
      ['setRemoteRootDir', '/srv/deploy'],
      ['setPort', 22],
      ['setTimeout', 300000],
    ]);
  });

  test('says what is missing when there is no common key', () => {
    expect(() => run(join(EXAMPLES, script), false)).toThrow('load casc.yaml first');
  });

  test('a setter that does not exist is an error', () => {
    expect(() => run(planted(script, 'setRemoteRootDir', 'setRemoteRoot'), true)).toThrow(
      'MissingMethodException',
    );
  });

  test('its servers are those of the jobs', () => {
    const names = (run(join(EXAMPLES, script), true) as [string, unknown][])
      .filter(([method]) => method === 'removeHostConfiguration')
      .map(([, name]) => name);
    const used = findAll(readXml(join(EXAMPLES, 'jenkins/freestyle/environments.xml')), 'configName');
    expect(names).toEqual(expect.arrayContaining(used.map(({ text }) => text)));
  });
});

describe('.gitlab-ci.yml', () => {
  test('uses only keywords of the schema', () => {
    expect(findUnknownKeys(parse(example('gitlab/.gitlab-ci.yml')), OPTIONS.gitlabCi)).toEqual([]);
  });

  test.each([
    ['codequality:', 'code_quality:'],
    ['expose_as:', 'exposed_as:'],
    ['before_script:', 'beforeScript:'],
    ['- if:', '- when_branch:'],
  ])('%s as %s is found', (right, wrong) => {
    const text = readFileSync(planted('gitlab/.gitlab-ci.yml', right, wrong), 'utf8');
    const found = findUnknownKeys(parse(text), OPTIONS.gitlabCi);
    expect(found.length).toBeGreaterThan(0);
    for (const line of found) expect(line).toMatch(/no such key$/);
  });

  const bin = systemShellCheck();
  const withShellCheck = bin === undefined ? test.skip : test;

  withShellCheck('its commands work, and leave the files that it names', () => {
    const { lint, preview } = parse(example('gitlab/.gitlab-ci.yml'));
    const folder = mkdtempSync(join(scratch, 'project-'));
    writeFileSync(join(folder, 'gen-scripts.yml'), 'app: citest\nimage: registry.example.com/team/citest\n');
    const cli = join(import.meta.dirname, '../../resources/gen-scripts.cjs');
    const prepare = `mkdir tools && cp '${cli}' tools/ && git init -q && git add . && git -c user.name=a -c user.email=a commit -qm v1`;
    for (const command of [prepare, ...lint.script, ...preview.script]) {
      const env = { ...process.env, SHELLCHECK_BIN: bin };
      const run = spawnSync('sh', ['-ec', command], { cwd: folder, env, encoding: 'utf8' });
      expect([command, run.status, run.stderr]).toEqual([command, 0, expect.any(String)]);
    }
    expect(readFileSync(join(folder, lint.artifacts.reports.codequality), 'utf8')).toMatch(/^\[/);
    for (const file of preview.artifacts.paths)
      expect(readFileSync(join(folder, file), 'utf8')).toContain('rollback.sh');
  });
});

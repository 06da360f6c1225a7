import { spawnSync } from 'node:child_process';
import { appendFileSync, copyFileSync, cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { hasProgram } from '../support/programs.js';
import { javaEnvironment } from './options-groovy.js';

const PROJECT = join(import.meta.dirname, '../..');
const LINT = join(PROJECT, 'node_modules/npm-groovy-lint/lib');
const run = hasProgram('java') ? test : test.skip;
jest.setTimeout(120_000);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'groovy-'));
  cpSync(join(PROJECT, 'vars'), join(folder, 'vars'), { recursive: true });
  copyFileSync(join(PROJECT, 'Jenkinsfile.example'), join(folder, 'Jenkinsfile'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** CodeNarc's rules for Jenkins need our stand-ins to resolve what is imported; npm-groovy-lint cannot give them any. */
function findCpsFaults(): string[] {
  const path = [`${LINT}/java/*`, `${LINT}/java/groovy/lib/*`, join(import.meta.dirname, 'library')].join(
    ':',
  );
  const rules = `-rulesetfiles=file:${join(import.meta.dirname, 'cps-rules.xml')}`;
  const files = '-includes=**/*.groovy,**/Jenkinsfile*';
  const args = ['-cp', path, 'org.codenarc.CodeNarc', `-basedir=${folder}`, rules, files, '-report=console'];
  const { stdout, stderr } = spawnSync('java', args, { encoding: 'utf8', env: javaEnvironment() });
  if (!/TotalFiles=4 /.test(stdout))
    throw new Error(`CodeNarc did not look at four files: ${stdout}${stderr}`);
  return [...stdout.matchAll(/^File: (.*)$|Rule=(\w+)/gm)].map(([, file, rule]) => file ?? rule ?? '');
}

function findStyleFaults(): unknown[] {
  const config = join(PROJECT, '.groovylintrc.json');
  const options = ['--noserver', '--no-insight', '--failon', 'none', '--output', 'json', '--config', config];
  const args = [
    join(LINT, 'index.js'),
    ...options,
    '--path',
    folder,
    '--files',
    '**/*.groovy,**/Jenkinsfile',
  ];
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    env: javaEnvironment(),
    cwd: folder,
  });
  const start = stdout.indexOf('{');
  if (start < 0) throw new Error(`npm-groovy-lint: ${stdout}${stderr}`);
  const { summary, files } = JSON.parse(stdout.slice(start));
  expect(summary.totalFilesLinted).toBe(4);
  return Object.entries<{ errors: unknown[] }>(files).flatMap(([file, { errors }]) =>
    errors.length === 0 ? [] : [file, errors],
  );
}

run('the steps use nothing that Jenkins cannot interrupt and resume', () =>
  expect(findCpsFaults()).toEqual([]),
);

run('... which would be found in each of them', () => {
  const planted = `
@NonCPS
private String plantedName() {
    return plantedText()
}

private String plantedText() {
    Iterator planted = [3, 1].sort { a -> a }.iterator()
    return "\${-> planted}"
}
`;
  const names = readdirSync(join(folder, 'vars')).filter((name) => name.endsWith('.groovy'));
  for (const name of names)
    appendFileSync(
      join(folder, 'vars', name),
      planted.replace('@NonCPS', '@com.cloudbees.groovy.cps.NonCPS'),
    );
  const faults = [
    'CpsCallFromNonCpsMethod',
    'ForbiddenCallInCpsMethod',
    'ExpressionInCpsMethodNotSerializable',
    'ClosureInGString',
  ];
  const found = findCpsFaults();
  for (const name of names) {
    const at = found.indexOf(`vars/${name}`);
    expect([name, found.slice(at + 1, at + 5).sort()]).toEqual([name, faults.sort()]);
  }
});

run('style', () => expect(findStyleFaults()).toEqual([]));

run('... which would be found', () => {
  appendFileSync(join(folder, 'vars', 'genScripts.groovy'), 'def planted( x ){ }\n');
  expect(JSON.stringify(findStyleFaults())).toContain('planted');
});

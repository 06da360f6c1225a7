import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { renderJenkinsfile } from '../../src/init/jenkinsfile.js';
import { textsIn } from '../../src/init/texts.js';
import { ENTRIES } from '../../src/parameters/table.js';
import { OPTIONS } from './options.js';
import { findUnknownArguments } from './options-steps.js';

const ROOT = join(import.meta.dirname, '../..');
const PAGES = ['jenkins-freestyle.md', 'gitlab.md'];

function read(...path: string[]): string {
  return readFileSync(join(ROOT, ...path), 'utf8');
}

/** First two cells of the tables that begin with `| Field | 中文 |`: the words of Jenkins' form. */
function readFields(page: string): [english: string, chinese: string][] {
  const tables = page.match(/^\| Field \| 中文 .*\n(\|.*\n)+/gm) ?? [];
  return tables.flatMap((table) => {
    const rows = table.trim().split('\n').slice(2);
    return rows.map((row) => row.split(' | ').slice(0, 2) as [string, string]);
  });
}

/** Words that Jenkins does not have, or has in another way. */
function findUnknownWords(page: string): string[] {
  return readFields(page).flatMap(([english, chinese]) => {
    const words = english.replace('| ', '').split(' > ');
    const translated = chinese.split(' > ');
    if (words.length !== translated.length) return [`${english}: ${chinese}`];
    return words.filter((word, index) => !isLabel(word, translated[index] ?? ''));
  });
}

function isLabel(english: string, chinese: string): boolean {
  const label = OPTIONS.labels[english];
  return label !== undefined && (chinese === '—' || chinese === label.zh);
}

describe.each(PAGES)('%s', (name) => {
  test.each([
    ['English', join('docs', name)],
    ['Chinese', join('docs/zh-CN', name)],
  ])('%s: every field is called as in Jenkins', (_language, file) => {
    expect(findUnknownWords(read(file))).toEqual([]);
    expect(readFields(read(file)).length).toBeGreaterThan(5);
  });

  test('both languages have the same fields', () => {
    expect(readFields(read('docs/zh-CN', name))).toEqual(readFields(read('docs', name)));
  });
});

test.each([
  ['| Source files |', '| Source file |', 'Source file'],
  ['> 布尔值参数 >', '> 布尔参数 >', 'Boolean Parameter'],
  ['> 布尔值参数 > 名称', '> 布尔值参数', 'This project is parameterized > Boolean Parameter > Name'],
])('%s as %s is found', (right, wrong, said) => {
  const page = read('docs/jenkins-freestyle.md');
  expect(page).toContain(right);
  expect(findUnknownWords(page.replace(right, wrong))).toEqual([expect.stringContaining(said)]);
});

/** Groovy text that users copy or run, by its name. */
function readGroovy(): [string, string][] {
  const answers = { app: 'citest', image: 'r/citest', port: '', healthUrl: '', history: '' };
  const jenkinsfile = renderJenkinsfile(
    { ...answers, remoteRoot: '/srv/deploy', sshServer: 'web1' },
    { command: 'node tools/gen-scripts.cjs', schema: '' },
    textsIn('en'),
  );
  const pages = ['docs', 'docs/zh-CN'].flatMap((folder) =>
    list(folder, '.md').map((name): [string, string] => [join(folder, name), blocks(read(folder, name))]),
  );
  const steps = list('vars', '.groovy').map((name): [string, string] => [name, read('vars', name)]);
  const example = existsSync(join(ROOT, 'Jenkinsfile.example')) ? read('Jenkinsfile.example') : '';
  return [['init', jenkinsfile], ['Jenkinsfile.example', example], ...steps, ...pages];
}

function list(folder: string, ending: string): string[] {
  const path = join(ROOT, folder);
  return existsSync(path) ? readdirSync(path).filter((name) => name.endsWith(ending)) : [];
}

function blocks(page: string): string {
  return [...page.matchAll(/^```groovy\n([\s\S]*?)^```/gm)].map(([, text]) => text).join('\n');
}

test.each(readGroovy())('%s gives the steps of plugins only arguments that they have', (_name, groovy) => {
  expect(findUnknownArguments(groovy)).toEqual([]);
});

test.each([
  ["sshTransfer(sourceFiles: 'a', execTimeOut: 1)", 'sshTransfer has no execTimeOut'],
  ["sshPublisherDesc(configName: 'a', transfers: [sshTransfer(file: 'b')])", 'sshTransfer has no file'],
  ["updateGitlabCommitStatus name: 'deploy', status: 'running'", 'updateGitlabCommitStatus has no status'],
  ['sshPublisher(publishers: [], failOnErrors: true)', 'sshPublisher has no failOnErrors'],
])('%s is found', (groovy, said) => {
  expect(findUnknownArguments(groovy)).toEqual([said]);
});

test('names in strings, nested calls and closures belong to others', () => {
  const groovy = `timeout(time: 10, unit: 'MINUTES') { echo(message: "a: b") }
    string(name: 'A', defaultValue: "x, y: \${z(unknown: 1)}", description: f(other: 2))`;
  expect(findUnknownArguments(groovy)).toEqual([]);
});

test.each(['docs/agent.md', 'docs/zh-CN/agent.md'])('%s hands every variable to the container', (file) => {
  const names = ENTRIES.flatMap(([, { environment }]) => environment);
  const [command] = /^docker run[\s\S]*?^```/m.exec(read(file)) ?? [''];
  const given = [...command.matchAll(/-e (\w+)/g)].map(([, name]) => name);
  expect(given).toEqual(expect.arrayContaining([...names, 'REGISTRY_USERNAME', 'REGISTRY_PASSWORD']));
});

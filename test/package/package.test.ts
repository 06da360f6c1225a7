import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { cleanUp, folderWith, JENKINS, list, settings } from '../commands/support.js';

const execute = promisify(execFile);

/** What users get, and nothing else. */
const CONTENTS = [
  'CHANGELOG.md',
  'Jenkinsfile.example',
  'LICENSE',
  'README.md',
  'README.zh-CN.md',
  'docs/agent.md',
  'docs/benchmarks.md',
  'docs/fleet.md',
  'docs/gitlab.md',
  'docs/history.md',
  'docs/host-contract.md',
  'docs/images/benchmarks.svg',
  'docs/images/preview.png',
  'docs/images/runbook.png',
  'docs/jenkins-freestyle.md',
  'docs/jenkins-library.md',
  'docs/messages.md',
  'docs/migrate.md',
  'docs/notify.md',
  'docs/parameters.md',
  'docs/preview.md',
  'docs/rehearsal.md',
  'docs/reliability.md',
  'docs/security.md',
  'docs/strategies.md',
  'docs/swarm.md',
  'docs/zh-CN/README.md',
  'docs/zh-CN/agent.md',
  'docs/zh-CN/benchmarks.md',
  'docs/zh-CN/fleet.md',
  'docs/zh-CN/gitlab.md',
  'docs/zh-CN/history.md',
  'docs/zh-CN/host-contract.md',
  'docs/zh-CN/jenkins-freestyle.md',
  'docs/zh-CN/messages.md',
  'docs/zh-CN/migrate.md',
  'docs/zh-CN/notify.md',
  'docs/zh-CN/preview.md',
  'docs/zh-CN/rehearsal.md',
  'docs/zh-CN/reliability.md',
  'docs/zh-CN/security.md',
  'docs/zh-CN/strategies.md',
  'docs/zh-CN/swarm.md',
  'examples/gitlab/.gitlab-ci.yml',
  'examples/jenkins/casc.yaml',
  'examples/jenkins/freestyle/config.xml',
  'examples/jenkins/freestyle/environments.xml',
  'examples/jenkins/freestyle/job.groovy',
  'examples/jenkins/init.groovy.d/ssh-servers.groovy',
  'gen-scripts.schema.json',
  'package.json',
  'resources/gen-scripts.cjs',
];

let files: string[] = [];
let cwd = '';

beforeAll(async () => {
  const target = await folderWith();
  const { stdout } = await npm('.', 'pack', '--json', '--ignore-scripts', '--pack-destination', target);
  const [packed] = JSON.parse(stdout);
  files = packed.files.map(({ path }: { path: string }) => path).sort();
  cwd = await folderWith({ 'gen-scripts.yml': settings() });
  await npm(
    cwd,
    'install',
    '--offline',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    join(target, packed.filename),
  );
}, 120_000);
afterAll(cleanUp);

function npm(folder: string, ...argv: string[]) {
  return execute('npm', argv, { cwd: folder });
}

function installed(...argv: string[]) {
  return execute('npx', ['--no-install', 'gen-scripts', ...argv], {
    cwd,
    env: { ...process.env, ...JENKINS },
  });
}

test('holds what users need and nothing else', () => {
  expect(files).toEqual(CONTENTS);
});

test('no page in it links to a file that is not in it', async () => {
  const pages = files.filter((name) => name.endsWith('.md'));
  const missing = await Promise.all(pages.map(deadLinks));
  expect(missing.flat()).toEqual([]);
});

async function deadLinks(page: string): Promise<string[]> {
  const text = await readFile(page, 'utf8');
  const targets = [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, target = '']) => target);
  return targets
    .map((target) => posix.join(posix.dirname(page), target))
    .filter((path) => !files.includes(path))
    .map((path) => `${page}: ${path}`);
}

test('brings no other package along', async () => {
  expect((await readdir(join(cwd, 'node_modules'))).filter((name) => !name.startsWith('.'))).toEqual([
    'gen-scripts',
  ]);
});

test('says its version', async () => {
  const { version } = JSON.parse(await readFile('package.json', 'utf8'));
  expect((await installed('--version')).stdout).toBe(`${version}\n`);
}, 30_000);

test('renders', async () => {
  await installed();
  expect(await list(cwd, 'release')).toContain('auto.sh');
}, 30_000);

test('init refers to the schema and the CLI of the installed package', async () => {
  await installed('init', '--app', 'web', '--image', 'registry.example.com/team/web', '--force');
  expect(await readFile(join(cwd, 'gen-scripts.yml'), 'utf8')).toContain(
    '$schema=./node_modules/gen-scripts/gen-scripts.schema.json\n',
  );
  expect(await readFile(join(cwd, 'Jenkinsfile'), 'utf8')).toContain(
    "sh 'node node_modules/gen-scripts/resources/gen-scripts.cjs'",
  );
}, 30_000);

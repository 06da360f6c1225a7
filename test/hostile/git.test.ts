import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { isDockerTag } from '../../src/parameters/values/reference.js';
import { genWith } from '../commands/support.js';
import { Canary } from './canary.js';
import { steering } from './corpus.js';

const canary = new Canary();
const root = realpathSync(mkdtempSync(join(tmpdir(), 'hostile-git-')));
const repository = join(root, 'repository');

afterAll(() => {
  rmSync(root, { recursive: true });
  canary.remove();
});

/** Nothing of the developer's own configuration may decide what git does here. */
function environment(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  const names = {
    GIT_AUTHOR_NAME: 'a',
    GIT_AUTHOR_EMAIL: 'a@b',
    GIT_COMMITTER_NAME: 'a',
    GIT_COMMITTER_EMAIL: 'a@b',
  };
  return { PATH: process.env.PATH ?? '', HOME: root, GIT_CONFIG_NOSYSTEM: '1', ...names, ...more };
}

function git(...args: string[]): string {
  return execFileSync('git', ['-C', repository, ...args], {
    env: environment(),
    encoding: 'utf8',
    stdio: 'pipe',
  }).trim();
}

/** git allows each of these as the name of a tag and of a branch. */
const NAMES: readonly string[] = [
  '$(gs-canary)',
  '`gs-canary`',
  "';gs-canary;'",
  '";gs-canary;"',
  ';gs-canary;',
  '$(gs-canary${IFS}x)',
  '$((a]$(gs-canary)))',
  '>gs-file',
  ';>gs-file;',
  'x>(gs-canary)',
  '%s%n%d',
  "it's",
  '{a,b}',
  '{{.State}}',
  '{{{gs}}}',
  '<script>alert(1)</script>',
  'feature/$(gs-canary)/x',
  'etc/passwd',
  'v1.0-1-gdeadbee',
  'v1-sha256-0123abcd',
  'v1_manual_7',
  'HEAD',
  '发布',
  '“gs”',
  '\u009b2J',
  '\u2028gs-canary',
  'v1\u00a0',
  'v1\ufeff',
  'v1',
  '\u202egs\u2066x',
  'x'.repeat(200),
];

beforeAll(() => {
  execFileSync('git', ['init', '--quiet', '--initial-branch=main', repository], { env: environment() });
  writeFileSync(
    join(repository, 'gen-scripts.yml'),
    'app: citest\nimage: registry.example.com/team/citest\n',
  );
  git('add', '.');
  git('commit', '--quiet', '--message', 'one');
});

/** Points the one tag of the repository, and the checked out branch, to this name. */
function rename(name: string): void {
  rmSync(join(repository, '.git', 'refs', 'tags'), { recursive: true });
  mkdirSync(join(repository, '.git', 'refs', 'tags'));
  git('update-ref', `refs/tags/${name}`, 'HEAD');
  git('update-ref', `refs/heads/${name}`, 'HEAD');
  writeFileSync(join(repository, '.git', 'HEAD'), `ref: refs/heads/${name}\n`);
}

const gen = (more: Readonly<Record<string, string>> = {}) =>
  genWith({ cwd: repository, env: environment({ BUILD_NUMBER: '7', ...more }) }, []);

function tagOf(script: string): string {
  return /^TAG='([^']*)'$/m.exec(readFileSync(join(repository, 'release', script), 'utf8'))?.[1] ?? '';
}

test('every name becomes one legal docker tag of its own, and nothing else', async () => {
  const tags: string[] = [];
  for (const name of NAMES) {
    rename(name);
    const { stdout, stderr } = await gen();
    const tag = tagOf('repull.sh');
    expect({ name, tag, isLegal: isDockerTag(tag) }).toEqual({ name, tag, isLegal: true });
    expect(tagOf('build.sh')).toBe(tag);
    if (name !== tag) expect(`${stdout}${stderr}`).toContain(`becomes docker tag "${tag}"`);
    expect(steering(stdout + stderr)).toEqual([]);
    expectInertScripts();
    tags.push(tag);
  }
  expect(new Set(tags).size).toBe(NAMES.length);
  expect(readdirSync(repository).sort()).toEqual(['.git', 'gen-scripts.yml', 'release']);
  expect(canary.traces(join(repository, 'release'))).toEqual([]);
}, 300_000);

function expectInertScripts(): void {
  for (const script of ['build.sh', 'repull.sh', 'rollback.sh']) {
    const text = readFileSync(join(repository, 'release', script), 'utf8');
    const header = text.slice(0, text.indexOf('\nset -u\n')).split('\n');
    expect(header.filter((line) => !line.startsWith('#'))).toEqual([]);
    expect(steering(header.join('\n'))).toEqual([]);
  }
}

test('a tag that is no UTF-8 is refused: two of them would be read as the same', async () => {
  rename('v1');
  rmSync(join(repository, '.git', 'refs', 'tags', 'v1'));
  const value = git('rev-parse', 'HEAD');
  const input = Buffer.from(`create refs/tags/v\xff ${value}\n`, 'latin1');
  execFileSync('git', ['-C', repository, 'update-ref', '--stdin'], { env: environment(), input });
  expect(await gen()).toMatchObject({ status: 2, stderr: expect.stringContaining('[GS069]') });
  expect(await gen({ GIT_TAG: 'v\ufffd' })).toMatchObject({ status: 2 });
}, 120_000);

test('a name that git gives no tag is refused from the environment, before git is asked', async () => {
  for (const name of [
    '--upload-pack=gs-canary',
    '-x',
    'a b',
    'a\nb',
    'a..b',
    'a~1',
    'a^{/x}',
    'a:b',
    'a@{1}',
    '/x',
    'x.lock',
  ])
    for (const variable of ['GIT_TAG', 'TAG_NAME'])
      expect(await gen({ [variable]: name })).toMatchObject({ status: 2 });
  expect(readdirSync(join(repository, 'release'))).not.toContain('auto.sh');
  expect(canary.traces()).toEqual([]);
}, 120_000);

test('files of the workspace with hostile names are none of its business', async () => {
  mkdirSync(join(repository, '$(gs-canary)'));
  writeFileSync(join(repository, '$(gs-canary)', "';gs-canary;'"), '');
  rename('v1');
  expect(await gen()).toMatchObject({ status: 0 });
  expect(canary.traces(join(repository, 'release'))).toEqual([]);
}, 120_000);

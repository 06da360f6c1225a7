import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { makeGitReader } from '../../src/parameters/git.js';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'gen-scripts-git-')));
const repository = join(root, 'repository');

/** Nothing of the developer's own configuration may decide what these tests see. */
const environment = {
  PATH: process.env.PATH ?? '',
  HOME: root,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CEILING_DIRECTORIES: root,
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@example.com',
};

function git(folder: string, ...args: string[]): string {
  return execFileSync('git', ['-C', folder, ...args], {
    env: environment,
    encoding: 'utf8',
    stdio: 'pipe',
  }).trim();
}

function newRepository(name: string): string {
  const folder = join(root, name);
  execFileSync('git', ['init', '--quiet', '--initial-branch=main', folder], { env: environment });
  return folder;
}

function commit(folder: string, text: string): void {
  writeFileSync(join(folder, 'file'), text);
  git(folder, 'add', 'file');
  git(folder, 'commit', '--quiet', '--message', text);
}

beforeAll(() => {
  newRepository('repository');
  commit(repository, 'one');
  git(repository, 'tag', 'v1');
  git(repository, 'tag', 'web-1', 'HEAD');
});

afterAll(() => rmSync(root, { recursive: true }));

describe('facts', () => {
  test('a tagged commit', async () => {
    const { source, problems, notices } = await makeGitReader(repository, environment)('v*');
    expect(source).toEqual({
      describe: 'v1',
      commit: git(repository, 'rev-parse', 'HEAD'),
      branch: 'main',
      dirty: false,
    });
    expect([problems, notices]).toEqual([[], []]);
  });

  test('the pattern chooses among tags', async () => {
    expect((await makeGitReader(repository, environment)('web-*')).source.describe).toBe('web-1');
  });

  test('commits after the tag, local changes, untracked files', async () => {
    const clone = join(root, 'clone');
    git(root, 'clone', '--quiet', repository, clone);
    commit(clone, 'two');
    writeFileSync(join(clone, 'untracked'), '');
    const clean = await makeGitReader(clone, environment)('v*');
    expect(clean.source).toMatchObject({
      describe: expect.stringMatching(/^v1-1-g[0-9a-f]+$/),
      dirty: false,
    });
    writeFileSync(join(clone, 'file'), 'changed');
    expect((await makeGitReader(clone, environment)('v*')).source.dirty).toBe(true);
  });

  test('a detached HEAD has no branch', async () => {
    const clone = join(root, 'detached');
    git(root, 'clone', '--quiet', repository, clone);
    git(clone, 'checkout', '--quiet', '--detach', 'v1');
    expect((await makeGitReader(clone, environment)('v*')).source).toMatchObject({
      describe: 'v1',
      branch: '',
    });
  });

  test('no tag: the abbreviated commit, with a notice', async () => {
    const { source, notices } = await makeGitReader(repository, environment)('nothing-*');
    expect(source.commit.startsWith(source.describe) && source.describe.length >= 7).toBe(true);
    expect(notices).toEqual([
      'no git tag that matches nothing-* leads to this commit: its abbreviated id is used',
    ]);
  });

  test('a shallow clone without its tags says how to get them', async () => {
    const origin = newRepository('origin');
    commit(origin, 'one');
    git(origin, 'tag', 'v1');
    commit(origin, 'two');
    const clone = join(root, 'shallow');
    git(root, 'clone', '--quiet', '--depth=1', '--no-tags', `file://${origin}`, clone);
    const { source, notices } = await makeGitReader(clone, environment)('');
    expect(source.commit.startsWith(source.describe)).toBe(true);
    expect(notices).toEqual([expect.stringContaining('a shallow clone: fetch deeper and with tags')]);
  });

  test('a tag that the build names is looked up', async () => {
    const clone = join(root, 'named');
    git(root, 'clone', '--quiet', repository, clone);
    git(clone, 'tag', '--annotate', '--message=two', 'annotated');
    const read = makeGitReader(clone, environment);
    expect((await read('', 'annotated')).notices).toEqual([]);
    commit(clone, 'two');
    expect((await read('', 'annotated')).notices).toEqual([
      expect.stringMatching(/^git tag "annotated" is commit [0-9a-f]{12}, but [0-9a-f]{12} is checked out/),
    ]);
    for (const tag of ['v9', 'a..b', '--all'])
      expect((await read('nothing-*', tag)).notices).toEqual([
        expect.stringContaining(`no git tag ${JSON.stringify(tag)}:`),
      ]);
  });

  test('variables that Jenkins or a shell may set do not disturb', async () => {
    const disturbed = {
      ...environment,
      ...{
        EDITOR: 'vi',
        PAGER: 'less',
        GIT_PAGER: 'less',
        GIT_EDITOR: 'vi',
        GIT_SSH_COMMAND: 'ssh -v',
        GIT_ASKPASS: 'x',
      },
      ...{ LANG: 'zh_CN.UTF-8', LANGUAGE: 'zh_CN', GIT_BRANCH: 'origin/main', GIT_COMMIT: 'x', GIT_URL: 'x' },
      ...{ GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'credential.helper', GIT_CONFIG_VALUE_0: 'x' },
    };
    expect((await makeGitReader(repository, disturbed)('v*')).source.describe).toBe('v1');
  });
});

describe('problems', () => {
  test('no repository', async () => {
    expect(await codeIn(root)).toBe('GS071');
  });

  test('a folder that does not exist', async () => {
    expect(await codeIn(join(root, 'missing'))).toBe('GS071');
  });

  test('no commit yet', async () => {
    expect(await codeIn(newRepository('empty'))).toBe('GS073');
  });

  test('no git', async () => {
    const { problems } = await makeGitReader(repository, { ...environment, PATH: root })('');
    expect(problems.map(({ code }) => code)).toEqual(['GS070']);
  });

  test('somebody else owns the repository', async () => {
    const foreign = { ...environment, GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' };
    const { problems } = await makeGitReader(repository, foreign)('');
    expect(problems).toMatchObject([
      { code: 'GS072', hint: expect.stringContaining(`safe.directory '${repository}`) },
    ]);
  });

  test("a broken repository is git's own message", async () => {
    const broken = newRepository('broken');
    writeFileSync(join(broken, '.git', 'config'), '[core\n');
    const { problems } = await makeGitReader(broken, environment)('');
    expect(problems).toMatchObject([{ code: 'GS074', detail: expect.stringContaining('bad config line 1') }]);
  });
});

async function codeIn(folder: string): Promise<string | undefined> {
  return (await makeGitReader(folder, environment)('')).problems[0]?.code;
}

import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, expect, jest, test } from '@jest/globals';
import { cleanUp, type Played, pathWithout, play, ROOT, rows, temporaryFolder } from './support.js';

jest.setTimeout(60_000);
afterEach(cleanUp);

const SERVED = ['v1', 'v2', 'v2', 'v1'];

function expectStory({ code, stdout, stderr }: Played): void {
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(rows(stdout, 'serves')).toEqual(SERVED);
  expect(rows(stdout, 'exit code')).toEqual([
    '0: hello:v1 is healthy',
    '0: hello:v2 is healthy',
    '10: failed, the old container was never stopped',
    '0: hello:v1 is healthy',
  ]);
}

test('deploys v1 and v2, survives v3, rolls back to v1, and leaves nothing', async () => {
  const played = await play();
  expectStory(played);
  expect(rows(played.stdout, 'history')).toEqual(['(empty)', 'v1', 'v1', '(empty)']);
  expect(played.stdout).toMatch(
    /^ +deploy {4}kept {6}v2 -> v3 {2}by ann\n +strategy {2}preflight {2}v2 -> v1 {2}by bob\n +rollback {2}done {6}v2 -> v1 {2}by bob$/m,
  );
  expect(played.stdout.split('\n')[0]).toContain('A simulation');
  expect(played.stdout.split('\n').filter((line) => line.length >= 80)).toEqual([]);
  expect(played.stdout).not.toContain('\u001b');
  expect(played.left).toEqual([]);
});

const NARROW_TERMINAL = 'process.stdout.isTTY=true;process.stdout.columns=50';

test('fits a narrow terminal, with colours', async () => {
  const { stdout } = await play({ before: NARROW_TERMINAL });
  expect(stdout).toContain('\u001b[32mv2\u001b[0m');
  const plain = stripVTControlCharacters(stdout).split('\n');
  expect(plain.filter((line) => line.length >= 50)).toEqual([]);
});

test('NO_COLOR', async () => {
  const { stdout } = await play({ before: NARROW_TERMINAL, env: { NO_COLOR: '1' } });
  expect(rows(stdout, 'serves')).toEqual(SERVED);
  expect(stdout).not.toContain('\u001b');
});

test("is deaf to the user's git settings, hooks and environment", async () => {
  const home = temporaryFolder();
  const [hooks, ran] = [join(home, 'hooks'), join(home, 'ran')];
  mkdirSync(hooks);
  for (const name of ['pre-commit', 'commit-msg', 'post-commit', 'post-checkout']) {
    writeFileSync(join(hooks, name), `#!/bin/sh\necho ${name} >>'${ran}'\nexit 1\n`, { mode: 0o755 });
  }
  const config = `[commit]\n\tgpgsign = true\n[tag]\n\tgpgsign = true\n[core]\n\thooksPath = ${hooks}\n[init]\n\ttemplateDir = ${home}\n`;
  writeFileSync(join(home, '.gitconfig'), config);
  const env = {
    HOME: home,
    GIT_DIR: '/nowhere',
    GIT_AUTHOR_NAME: '',
    CTRL_BUILD: 'maybe',
    GIT_TAG: 'v0',
    DOCKER_HOST: 'tcp://x',
  };
  expectStory(await play({ env }));
  expect(existsSync(ran)).toBe(false);
  // The settings above do matter to a git that is not shielded from them.
  const shown = spawnSync('git', ['config', '--get', 'commit.gpgsign'], {
    cwd: home,
    env: { PATH: process.env.PATH, HOME: home },
    encoding: 'utf8',
  });
  expect(shown.stdout).toBe('true\n');
});

test('works from a read-only checkout without node_modules', async () => {
  const root = join(temporaryFolder(), 'check out');
  for (const part of ['resources', 'scripts', 'simulator', 'package.json']) {
    cpSync(join(ROOT, part), join(root, part), { recursive: true });
  }
  spawnSync('chmod', ['-R', 'a-w', root]);
  const before = snapshot(root);
  expectStory(await play({ root }));
  expect(snapshot(root)).toEqual(before);
});

/** Every file with its size and time of change. */
function snapshot(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => `${name} ${statSync(join(folder, name)).size} ${statSync(join(folder, name)).mtimeMs}`)
    .sort();
}

test('works without flock, timeout and sha256sum, as on macOS; --keep leaves its folder', async () => {
  const played = await play({
    args: ['--keep'],
    env: { PATH: pathWithout('flock', 'timeout', 'sha256sum', 'gsha256sum') },
  });
  expectStory(played);
  expect(played.left).toHaveLength(1);
  const folder = /^workspace +(.*)\/workspace/m.exec(played.stdout.replace(/\n {14}/g, ' '))?.[1] ?? '';
  expect(folder).toContain(played.left[0]);
  expect(readdirSync(join(folder, 'bin')).sort()).toEqual(['flock', 'sha256sum', 'timeout']);
  expect(readFileSync(join(folder, 'host/hello_history.journal'), 'utf8').split('\n')).toHaveLength(12);
  for (const side of ['agent-docker', 'host-docker']) {
    expect(existsSync(join(folder, side, 'unsupported'))).toBe(false);
  }
});

test('ends well when nobody reads any more', async () => {
  const { code, stderr, left } = await play({ watch: (_, child) => child.stdout?.destroy() });
  expect({ code, stderr, left }).toEqual({ code: 0, stderr: '', left: [] });
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s ends it, and nothing is left', async (signal, expected) => {
  let sent = false;
  const { code, stdout, left } = await play({
    watch: (text, child) => {
      if (sent || !text.includes('Build 2')) return;
      sent = child.kill(signal);
    },
  });
  expect({ code, left }).toEqual({ code: expected, left: [] });
  expect(stdout).not.toContain('Build 4');
});

import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { Report } from '../../src/report/report.js';
import { STATE_WORDS } from '../../src/report/words.js';
import { outcome, RESTORED, reference, type Story } from '../report/support.js';
import { cleanUp, folderWith, gen, JENKINS, list, settings, text } from './support.js';

/** The version that the stories of ../report/support.ts tell of. */
const BUILD = { BUILD_NUMBER: '7', GIT_TAG: 'v2' };

afterAll(cleanUp);

const PUBLISH = 'publish: { remoteRoot: /srv/deploy }\n';
const ROLLBACK = { ...JENKINS, CTRL_BUILD: 'false' };

interface Given {
  readonly yaml?: Readonly<Record<string, string>>;
  readonly env?: Record<string, string>;
}

/** A workspace in which this build has been rendered. */
async function workspace({
  yaml = { 'gen-scripts.yml': settings('citest', PUBLISH) },
  env = BUILD,
}: Given = {}) {
  const cwd = await folderWith(yaml);
  const configs = Object.keys(yaml).flatMap((name) => ['--config', name]);
  expect((await gen(cwd, ['render', ...configs], env)).status).toBe(0);
  await mkdir(join(cwd, '.gen-scripts'));
  return cwd;
}

/** What a host prints about this workspace's build. */
async function told(cwd: string, story: Story = {}, folder = 'release'): Promise<string> {
  const script = await readFile(join(cwd, folder, 'auto.sh'));
  const { parameters } = JSON.parse(await text(cwd, folder, 'manifest.json'));
  const said = outcome({ auto: createHash('sha256').update(script).digest('hex'), ...story });
  return said.replaceAll(reference('').replace(/:@.*/, ''), parameters.image.value);
}

async function write(cwd: string, outcomes: unknown): Promise<void> {
  const json = typeof outcomes === 'string' ? outcomes : JSON.stringify(outcomes);
  await writeFile(join(cwd, '.gen-scripts', 'outcomes.json'), json);
}

/** An answer as the step leaves it in the workspace. */
async function answer(cwd: string, server: string, outcome: string, app = 'citest') {
  const file = join('answers', `${server.replace(/\W/g, '_')}-${app}`, 'outcome');
  await mkdir(join(cwd, file, '..'), { recursive: true });
  await writeFile(join(cwd, file), outcome);
  return { server, app, file };
}

async function report(cwd: string, ...options: string[]) {
  const { status, stdout, stderr } = await gen(cwd, ['report', ...options]);
  return { status, stderr, made: stdout === '' ? undefined : (JSON.parse(stdout) as Report), stdout };
}

describe('report', () => {
  test('before the first host is asked it says what is to be sent, without a table', async () => {
    const cwd = await workspace();
    const { status, stderr, made } = await report(cwd);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(made).toMatchObject({ result: 'NOT_BUILT', hosts: [], mode: 'deploy', build: { number: '7' } });
    expect(made?.transfers).toEqual([JSON.parse(await text(cwd, 'release', 'manifest.json')).publish]);
  });

  test('a version that fails on the second of three hosts: JSON, table, file, and exit 0', async () => {
    const cwd = await workspace();
    const [fine, restored] = [await told(cwd), await told(cwd, RESTORED)];
    await write(cwd, [
      await answer(cwd, 'web1', fine),
      await answer(cwd, 'web2', restored),
      { server: 'web3', app: 'citest', file: null },
    ]);
    const { status, stdout, stderr, made } = await report(cwd);
    expect(status).toBe(0);
    expect(made?.result).toBe('FAILURE');
    expect(made?.sentence).toMatch(
      /^web2: v2 failed and v1 runs again; web1 runs v2; web3 was not touched: /,
    );
    expect(made?.hosts.map(({ state }) => state)).toEqual(['done', 'restored', 'skipped']);
    expect(stderr.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
      ['HOST', 'APP', 'BEFORE', 'NOW', 'SECONDS', 'STATE', 'A ROLLBACK GOES TO'],
      ['web1', 'citest', 'v1', 'v2', '12', 'healthy (0)', 'v1, v0'],
      ['web2', 'citest', 'v1', 'v1', '12', `${STATE_WORDS.en.restored} (11)`, 'v1, v0'],
      ['web3', 'citest', '-', '-', '-', 'not asked', '-'],
      [''],
    ]);
    expect(await text(cwd, '.gen-scripts', 'report.json')).toBe(stdout);
    expect(await list(cwd, '.gen-scripts')).toEqual(['outcomes.json', 'report.json']);
  });

  test('--lang zh: the same facts in Chinese', async () => {
    const cwd = await workspace();
    await write(cwd, [await answer(cwd, 'web1', await told(cwd))]);
    const { made, stderr } = await report(cwd, '--lang', 'zh');
    expect(made?.sentence).toBe('web1 正在运行 v2。');
    expect(stderr.split('\n')[0]).toMatch(/^主机 +应用 +之前/);
  });

  test('--quiet prints no table', async () => {
    const cwd = await workspace();
    await write(cwd, [await answer(cwd, 'web1', await told(cwd))]);
    expect(await report(cwd, '--quiet')).toMatchObject({ stderr: '', made: { sentence: 'web1 runs v2.' } });
  });

  test('a rollback', async () => {
    const cwd = await workspace({ env: ROLLBACK });
    const back = { action: 'rollback', from: reference('v2'), to: reference('v1'), history: [] };
    const story = await told(cwd, { ...back, now: `${reference('v1')} running` });
    await write(cwd, [await answer(cwd, 'web1', story)]);
    const { made } = await report(cwd);
    expect(made).toMatchObject({
      mode: 'rollback',
      displayName: '#7 rollback to v1',
      sentence: 'web1 runs v1.',
    });
  });

  test('several apps, each by its own script', async () => {
    const yaml = { 'web.yml': settings('web', PUBLISH), 'api.yml': settings('api', PUBLISH) };
    const cwd = await workspace({ yaml });
    const [web, api] = [await told(cwd, {}, 'release/web'), await told(cwd, RESTORED, 'release/api')];
    await write(cwd, [
      await answer(cwd, 'web1', api, 'api'),
      await answer(cwd, 'web1', web, 'web'),
      await answer(cwd, 'web2', api, 'web'),
    ]);
    const { made } = await report(cwd);
    expect(made?.hosts.map(({ app, state, reason }) => [app, state, reason])).toEqual([
      ['api', 'restored', ''],
      ['web', 'done', ''],
      ['web', 'unknown', 'script'],
    ]);
    expect(made?.transfers.map(({ app }) => app)).toEqual(['web', 'api']);
  });

  test('--outcomes and --out', async () => {
    const cwd = await folderWith({ 'gen-scripts.yml': settings('citest', PUBLISH) });
    await gen(cwd, ['render', '--out', 'elsewhere'], BUILD);
    const answers = [await answer(cwd, 'web1', await told(cwd, {}, 'elsewhere'))];
    await writeFile(join(cwd, 'answers.json'), JSON.stringify(answers));
    const { made } = await report(cwd, '--out', 'elsewhere', '--outcomes', 'answers.json');
    expect(made).toMatchObject({ result: 'SUCCESS', sentence: 'web1 runs v2.' });
    expect(await list(cwd, '.gen-scripts')).toEqual(['report.json']);
  });
});

describe('an answer that is none of this build: FAILURE, and the table says why', () => {
  test.each([
    { name: 'silent', change: () => '', why: 'no answer, its state is not known' },
    { name: 'cut', change: (all: string) => all.slice(0, -5), why: 'only a part of an answer' },
    { name: 'stale', change: (all: string) => all.replace('build 7', 'build 6'), why: 'is of another build' },
    {
      name: 'tampered',
      change: (all: string) => all.replace(/^auto ..../m, 'auto 0000'),
      why: 'is of another script',
    },
  ])('$name', async ({ change, why }) => {
    const cwd = await workspace();
    await write(cwd, [await answer(cwd, 'web1', change(await told(cwd)))]);
    const { status, stderr, made } = await report(cwd);
    expect({ status, made }).toMatchObject({ status: 0, made: { result: 'FAILURE' } });
    expect(made?.hosts[0]).toMatchObject({ state: 'unknown', exit: null, now: { reference: '' } });
    expect(stderr).toMatch(new RegExp(`^web1 .*${why}`, 'm'));
  });

  test('a killed script, with its exit code', async () => {
    const cwd = await workspace();
    await write(cwd, [await answer(cwd, 'web1', await told(cwd, { exit: 137 }))]);
    const { stderr } = await report(cwd);
    expect(stderr).toMatch(/^web1 .*the script was killed, its state is not known \(137\)/m);
  });
});

test('nothing that a host or a name says reaches the log or the page as more than text', async () => {
  const cwd = await workspace();
  const hostile = '\u001b[31m<b>\nSUCCESS\u202e';
  const story = await told(cwd, {
    from: hostile,
    now: `${reference('v2')} run\u001bning`,
    history: [hostile],
  });
  await write(cwd, [await answer(cwd, `web1\r\n\u001b]0;x\u0007\u2028<i>`, story)]);
  const { stderr, made } = await report(cwd);
  const lines = stderr.trimEnd().split('\n');
  expect(lines).toHaveLength(2);
  expect(lines.join('')).not.toMatch(/\p{C}|\u2028|<b>/u);
  expect([made?.sentence, made?.description, made?.displayName].join()).not.toMatch(/\p{C}|\u2028/u);
  expect([made?.description, made?.displayName].join()).not.toMatch(/[<>&"']/);
});

test('an answer that did not come, and one without an end', async () => {
  const cwd = await workspace();
  await write(cwd, [
    { server: 'web1', app: 'citest', file: 'answers/none/outcome' },
    await answer(cwd, 'web2', `${await told(cwd)}${'x'.repeat(10_000_000)}\nend\n`),
  ]);
  const { made } = await report(cwd);
  expect(made?.hosts.map(({ reason }) => reason)).toEqual(['silent', 'cut']);
});

describe('what it cannot work with', () => {
  const answers = (app: string) => [{ server: 'web1', app, file: 'none' }];

  test.each([
    {
      name: 'text',
      outcomes: 'hello',
      want: /^\.gen-scripts\/outcomes\.json: .*it is not JSON.*\[GS015\]$/m,
    },
    { name: 'an object', outcomes: {}, want: /array.*\[GS015\]$/m },
    {
      name: 'an entry without a server',
      outcomes: [{ app: 'citest', file: null }],
      want: /server.*\[GS015\]$/m,
    },
    {
      name: 'a number',
      outcomes: [{ server: 'a', app: 'citest', file: 7 }],
      want: /file.*\[GS015\]$/m,
    },
    {
      name: 'an app of another build',
      outcomes: [...answers('other'), ...answers('third')],
      want: /"other": .*expected citest \[GS016\](\n.*)*"third": .*\[GS016\]$/m,
    },
  ])('outcomes: $name', async ({ outcomes, want }) => {
    const cwd = await workspace();
    await write(cwd, outcomes);
    const { status, stdout, stderr } = await report(cwd);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(want);
    expect(await list(cwd, '.gen-scripts')).toEqual(['outcomes.json']);
  });

  test.each([
    { name: 'none', manifest: undefined, want: /^release: no scripts of ours \[GS013\]$/m },
    { name: 'a broken one', manifest: '{"generator"', want: /\[GS013\]$/m },
    { name: "somebody else's", manifest: '{"app":"citest"}', want: /\[GS013\]$/m },
    {
      name: 'one of an earlier version',
      manifest: '{"generator":{"name":"gen-scripts","version":"0.0.1"},"app":"citest"}',
      want: /^release\/manifest\.json: not a manifest of this version .*publish.*\[GS014\]$/m,
    },
  ])('manifest: $name', async ({ manifest, want }) => {
    const cwd = await folderWith();
    await mkdir(join(cwd, 'release'));
    if (manifest !== undefined) await writeFile(join(cwd, 'release', 'manifest.json'), manifest);
    const { status, stdout, stderr } = await report(cwd);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(want);
  });

  test('apps that cannot be asked: all of them, before the first host is', async () => {
    const spaced = 'publish: { remoteRoot: /srv, remoteDirectory: my apps }\n';
    const yaml = {
      'web.yml': settings('web'),
      'api.yml': settings('api', spaced),
      'ok.yml': settings('ok', PUBLISH),
    };
    const { status, stdout, stderr } = await report(await workspace({ yaml }));
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr.match(/"(\w+)".*\[GS012\]/g)).toHaveLength(2);
    expect(stderr).toContain('set publish.remoteRoot');
  });

  test('a place for report.json that is none', async () => {
    const cwd = await workspace();
    await mkdir(join(cwd, '.gen-scripts', 'report.json'));
    const { status, stdout, stderr } = await report(cwd);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/report\.json: .*\[GS003\]$/m);
  });
});

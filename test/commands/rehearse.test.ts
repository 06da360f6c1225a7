import { existsSync, readdirSync } from 'node:fs';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, jest, test } from '@jest/globals';
import { builtinTemplates } from '../../src/scripts/templates.js';
import { cleanUp, folderWith, gen, settings, text } from './support.js';

afterAll(cleanUp);
// A scenario is made, and played a few dozen times, on a machine that runs other tests as well.
jest.setTimeout(120_000);

const DEPLOY = { CTRL_BUILD: 'true', BUILD_NUMBER: '7', GIT_TAG: 'v2' };
const ROLLBACK = { CTRL_BUILD: 'false', BUILD_NUMBER: '8', GIT_TAG: 'v2' };
const project = (more = '') => folderWith({ 'gen-scripts.yml': settings('citest', more) });
const ONE = ['--shell', 'dash', '--fault', 'kill-before at call 9'];

/** Replaces a text of one of our templates in a folder for --templates. */
async function override(cwd: string, name: string, from: string, to: string): Promise<string> {
  const { text: whole = '' } = builtinTemplates().get(name) ?? {};
  expect(whole).toContain(from);
  const file = join(cwd, 'templates', `${name}.hbs`);
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(
    file,
    whole.replace(from, () => to),
  );
  return join(cwd, 'templates');
}

test('an app of a swarm is refused, with the reason', async () => {
  const cwd = await project('engine: swarm\n');
  for (const files of [[], [join(cwd, 'release')]]) {
    if (files.length > 0) expect((await gen(cwd, [], DEPLOY)).status).toBe(0);
    const { status, stdout, stderr } = await gen(cwd, ['rehearse', ...files], files.length > 0 ? {} : DEPLOY);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^rehearse: cannot be rehearsed \(citest has engine: swarm, .*\) \[GS078\]\n/);
  }
});

describe('what is played', () => {
  test('a deploy: first, update, and a version that does not get healthy', async () => {
    const { status, stdout, stderr } = await gen(await project(), ['rehearse', ...ONE], DEPLOY);
    expect(status).toBe(0);
    expect(stdout.match(/^\S.* \(dash\): .*$/gm)).toEqual([
      'first deploy (dash): exit 0, v2_manual_7 serves, history []',
      'update (dash): exit 0, v2_manual_7 serves, history [earlier-1, earlier-2]',
      'update to a version that does not get healthy (dash): exit 11, earlier-2 serves, history [earlier-1]',
    ]);
    expect(stderr).toMatch(
      /^(?:rehearsal: \d+ of \d+\n)*rehearsal: 3 faults, \d+ runs of a script, \d+ checks \(dash; [\d.]+ s\): nothing was violated\n$/,
    );
  });

  test('the timeline of an update: the calls, what runs, the history, and how long nothing serves', async () => {
    const { stdout } = await gen(await project(), ['rehearse', ...ONE, '--scenario', 'update'], DEPLOY);
    const calls = [...stdout.matchAll(/^ {2}\d+ +[\d.]+ s +(\S+) +(\S+) +(\S+)/gm)];
    expect(calls.map(([, runs, history, call]) => `${call}: ${runs}, ${history}`)).toEqual([
      'version: earlier-2, earlier-1',
      'ps: earlier-2, earlier-1',
      'container: earlier-2, earlier-1',
      'pull: earlier-2, earlier-1',
      'image: earlier-2, earlier-1',
      'create: earlier-2, earlier-1',
      'update: earlier-2, earlier-1',
      'stop: earlier-2, earlier-1',
      'rename: -, earlier-1',
      'rename: -, earlier-1',
      'start: -, earlier-1',
      'container: v2_manual_7, earlier-1',
    ]);
    expect(stdout).toMatch(/nothing serves for 5\.\d\d s \(simulated\), from docker stop on/);
    expect(stdout).toMatch(/1 x +killed, nothing serves until the next run/);
  });

  test.each([
    ['the last version', {}, 'earlier-1 serves, history [oldest]'],
    ['by two steps', { ROLLBACK_STEPS: '2' }, 'earlier-1 serves, history [oldest]'],
    ['by name', { ROLLBACK_TO: 'v1' }, 'v1 serves, history [oldest]'],
  ])('a rollback to %s: parked, and gone from the host', async (_, more, end) => {
    const { status, stdout } = await gen(await project(), ['rehearse', ...ONE], { ...ROLLBACK, ...more });
    expect(status).toBe(0);
    expect(stdout.match(/^\S.* \(dash\): .*$/gm)).toEqual([
      `rollback to a parked version (dash): exit 0, ${end}`,
      `rollback to a version that must be pulled (dash): exit 0, ${end}`,
    ]);
  });

  test('a usual rehearsal tries an error and a kill at every call, and every fault somewhere', async () => {
    const options = ['rehearse', '--shell', 'dash', '--scenario', 'first deploy', '--format', 'json'];
    const { stdout } = await gen(await project(), options, DEPLOY);
    const [scene] = JSON.parse(stdout).rehearsals[0].scenes;
    const names: string[] = scene.cells.map(({ name }: { name: string }) => name);
    for (let call = 1; call <= scene.steps.length; call += 1)
      expect(names).toEqual(
        expect.arrayContaining([`fail-before at call ${call}`, `kill-before at call ${call}`]),
      );
    expect(scene.cells.every(({ ends }: { ends: object[] }) => ends.length >= 1)).toBe(true);
  });

  test.each([
    ['a host with a password', 'registry:\n  login: file\n  username: ci\n  passwordFile: /etc/secret/pw\n'],
    ['shipped credentials', 'registry:\n  login: shipped\n'],
    ['an env file', 'container:\n  ports: ["8080:80"]\n  envFile: /etc/app.env\n'],
    ['no published port', 'container:\n  network: web\n'],
    [
      'a port of one address',
      'container:\n  ports: ["127.0.0.1:18080:80"]\nhealth:\n  url: http://127.0.0.1:18080/\n',
    ],
    ['no parked versions', 'retain: 0\n'],
    ['a restart policy with a count', 'container:\n  ports: ["8080:80"]\n  restart: on-failure:3\n'],
  ])('%s', async (_, yaml) => {
    const base = 'app: citest\nimage: registry.example.com/team/citest\n';
    const cwd = await folderWith({ 'gen-scripts.yml': base + yaml });
    const { status, stderr } = await gen(cwd, ['rehearse', ...ONE, '--scenario', 'update'], DEPLOY);
    expect([status, stderr]).toEqual([0, expect.stringContaining('nothing was violated')]);
    const pulled = ['--scenario', 'rollback to a version that must be pulled'];
    expect((await gen(cwd, ['rehearse', ...ONE, ...pulled], ROLLBACK)).status).toBe(0);
  });
});

describe('the history of a real host', () => {
  const OURS = 'registry.example.com/team/citest';
  const DIGEST = `sha256:${'ab'.repeat(32)}`;
  const rehearse = async (history: string, env: Record<string, string>) => {
    const cwd = await folderWith({ 'gen-scripts.yml': settings(), history });
    const { status, stdout, stderr } = await gen(cwd, ['rehearse', ...ONE, '--history', 'history'], env);
    return { status, end: /^(?:update|rollback) of .* \(dash\): (.*)$/m.exec(stdout)?.[1] ?? stderr };
  };

  test.each([
    ['the last line', `${OURS}:v1\n${OURS}:v2@${DIGEST}\n`, {}, 'exit 0, v2 serves, history [v1]'],
    ['no end', `${OURS}:v1\n${OURS}:v2`, {}, 'exit 0, v2 serves, history [v1]'],
    ['blank lines and other line ends', `${OURS}:v1\r\n\r\n${OURS}:v2\r\n\n`, {}, /^exit 0, v2 serves/],
    ['two steps', `${OURS}:v1\n${OURS}:v2\n`, { ROLLBACK_STEPS: '2' }, 'exit 0, v1 serves, history []'],
    [
      'by name, the newest',
      `${OURS}:v1\n${OURS}:v2\n${OURS}:v1\n`,
      { ROLLBACK_TO: 'v1' },
      /^exit 0, v1 serves, history \[v1, v2\]/,
    ],
    ['past a foreign line', `${OURS}:v1\nfoo\n`, { ROLLBACK_STEPS: '2' }, /^exit 10, running-now serves/],
    ['a name that is not there', `${OURS}:v1\n`, { ROLLBACK_TO: 'v9' }, /^exit 13, running-now serves/],
    ['an empty file', '', {}, 'exit 13, running-now serves, history []'],
  ])('a rollback: %s', async (_, history, more, end) => {
    expect(await rehearse(history, { ...ROLLBACK, ...more })).toEqual({
      status: 0,
      end: typeof end === 'string' ? end : expect.stringMatching(end),
    });
  });

  test('a deploy adds what runs, and keeps as many lines as it should', async () => {
    const history = `${OURS}:v0\nfoo\n${OURS}:v1@${DIGEST}\n`;
    expect(await rehearse(history, DEPLOY)).toEqual({
      status: 0,
      end: 'exit 0, v2_manual_7 serves, history [v0, foo, v1, running-now]',
    });
  });

  test('that is not there, or is meant for two apps', async () => {
    const cwd = await folderWith({ 'a.yml': settings('web'), 'b.yml': settings('api'), history: '' });
    const missing = await gen(cwd, ['rehearse', '--config', 'a.yml', '--history', 'nowhere'], DEPLOY);
    expect([missing.status, missing.stderr]).toEqual([2, expect.stringMatching(/nowhere.*\[GS075\]/)]);
    const two = ['--config', 'a.yml', '--config', 'b.yml', '--history', 'history'];
    const both = await gen(cwd, ['rehearse', ...two], DEPLOY);
    expect([both.status, both.stderr]).toEqual([2, expect.stringMatching(/web, api.*\[GS079\]/)]);
  });
});

test('without a build number, as somebody may try it by hand', async () => {
  const { status, stdout } = await gen(await project(), ['rehearse', ...ONE], { CTRL_BUILD: 'false' });
  expect([status, stdout]).toEqual([
    0,
    expect.stringMatching(/^rollback to a parked version \(dash\): exit 0/m),
  ]);
});

describe('what is rehearsed is what is shipped', () => {
  test('but for the lines that it shows', async () => {
    const cwd = await project('container:\n  ports: ["8080:80"]\n  envFile: /etc/app.env\n');
    const { stdout } = await gen(cwd, ['rehearse', ...ONE, '--format', 'json'], DEPLOY);
    await gen(cwd, [], DEPLOY);
    for (const { path, moved } of JSON.parse(stdout).rehearsals[0].scripts) {
      const lines = (await text(cwd, path)).split('\n');
      expect(
        moved.map(({ line, setting, shipped }: { line: number; setting: string; shipped: string }) => [
          lines[line - 1],
          setting,
          shipped,
        ]),
      ).toEqual([
        ["HISTORY='/data/jenkins/citest_history'", 'HISTORY', "'/data/jenkins/citest_history'"],
        ["ENV_FILE='/etc/app.env'", 'ENV_FILE', "'/etc/app.env'"],
        ["\t\t--env-file '/etc/app.env' \\", '--env-file', "'/etc/app.env'"],
        ["\t\t--env-file '/etc/app.env' \\", '--env-file', "'/etc/app.env'"],
      ]);
    }
  });

  test('and no hook of the real host is run', async () => {
    const cwd = await project();
    const marker = join(cwd, 'marker');
    const hooks = `hooks:\n  beforeDeploy: touch ${marker}\n  afterDeploy: touch ${marker}\n`;
    await writeFile(join(cwd, 'gen-scripts.yml'), settings('citest', hooks));
    const { status } = await gen(cwd, ['rehearse', ...ONE, '--scenario', 'update'], DEPLOY);
    expect([status, existsSync(marker)]).toEqual([0, false]);
  });

  test("and the agent's own files of these names are left alone", async () => {
    const cwd = await project();
    const data = join(cwd, 'data');
    await mkdir(data);
    await writeFile(join(data, 'history'), 'registry.example.com/team/citest:precious\n');
    await writeFile(join(cwd, 'gen-scripts.yml'), settings('citest', `history:\n  file: ${data}/history\n`));
    await chmod(data, 0o500);
    const { status } = await gen(cwd, ['rehearse', ...ONE, '--scenario', 'update'], DEPLOY);
    await chmod(data, 0o700);
    expect([status, readdirSync(data), await readFile(join(data, 'history'), 'utf8')]).toEqual([
      0,
      ['history'],
      'registry.example.com/team/citest:precious\n',
    ]);
  });
});

describe('a template of the user that breaks a promise', () => {
  const SWAP = 'docker/partials/swap';
  const COMMIT = 'gate "$NEW_ID" "$NEW_HEALTH" "$SETTLE" && end_gap && commit';

  test('is caught, with the simplest case and the command that shows it again', async () => {
    const cwd = await project();
    const templates = await override(cwd, SWAP, COMMIT, 'commit');
    const options = ['rehearse', '--shell', 'dash', '--templates', templates];
    const { status, stderr } = await gen(cwd, options, DEPLOY);
    expect(status).toBe(1);
    const [, simplest] = /^the simplest: (.*)$/m.exec(stderr) ?? [];
    expect(simplest).toMatch(
      /^update to a version that does not get healthy: without a fault: exit code 0 \(the wanted version is healthy\) instead of 11 \(the old container serves again\)$/,
    );
    const [, again = ''] = /^again: gen-scripts (.*)$/m.exec(stderr) ?? [];
    const words = [...again.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
    const second = await gen(cwd, [...words, '--templates', templates], DEPLOY);
    expect([second.status, second.stderr]).toEqual([1, expect.stringContaining(simplest ?? '')]);
  });

  test('is caught by a kill: nothing would go back', async () => {
    const cwd = await project();
    const templates = await override(cwd, 'docker/repull', '\trecover\n', '');
    const options = ['rehearse', '--shell', 'dash', '--scenario', 'update', '--templates', templates];
    const { status, stderr } = await gen(cwd, options, DEPLOY);
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(/--fault 'kill-(?:before|after) at call \d+'$/m),
    ]);
  });
});

describe('reports and mistakes', () => {
  test('JUnit and JSON to files, text to stdout', async () => {
    const cwd = await project();
    const reports = ['--report', 'junit=out/r.xml', '--report', 'json=out/r.json'];
    const { status, stdout } = await gen(
      cwd,
      ['rehearse', ...ONE, '--scenario', 'update', ...reports],
      DEPLOY,
    );
    expect([status, stdout]).toEqual([0, expect.stringContaining('update (dash): exit 0')]);
    expect(await text(cwd, 'out', 'r.xml')).toContain(
      '<testsuite name="citest: update (dash)" tests="2" failures="0" errors="0" skipped="0">\n' +
        '    <testcase classname="citest.update" name="without a fault"/>\n',
    );
    expect(JSON.parse(await text(cwd, 'out', 'r.json')).rehearsals[0].app).toBe('citest');
  });

  test.each([
    [['--scenario', 'nonsense'], 'GS034', 'first deploy, update'],
    [['--shell', 'nonsense'], 'GS077', 'dash'],
    [['--report', 'pdf=x'], 'GS002', 'text, json, junit'],
  ])('%j', async (options, code, expected) => {
    const { status, stdout, stderr } = await gen(await project(), ['rehearse', ...options], DEPLOY);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`[${code}]`);
    expect(stderr).toContain(expected);
  });

  test('a digest is no version of a made-up host', async () => {
    const env = { ...ROLLBACK, ROLLBACK_TO: `sha256:${'ab'.repeat(32)}` };
    const { status, stderr } = await gen(await project(), ['rehearse', ...ONE], env);
    expect([status, stderr]).toEqual([2, expect.stringMatching(/\[GS078\]\n.*--history FILE/)]);
  });

  test('what the simulated docker does not know cannot be rehearsed, and it says what', async () => {
    const cwd = await folderWith({
      'gen-scripts.yml':
        'app: citest\nimage: registry.example.com/team/citest\ncontainer:\n  options: ["--cdi-device=x"]\n',
    });
    const { status, stderr } = await gen(cwd, ['rehearse', ...ONE], DEPLOY);
    expect(status).toBe(2);
    expect(stderr).toMatch(/GS078/);
    expect(stderr).toContain('--cdi-device');
  });
});

import { execFileSync } from 'node:child_process';
import { chmod, mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { hasProgram } from '../support/programs.js';
import { Terminal } from '../support/terminal.js';
import { cleanUp, folderWith, gen, JENKINS, list, settings, text } from './support.js';

afterAll(cleanUp);

const ESC = '\u001b';
const PORT = (port: number) => settings('citest', `container:\n  ports: ["${port}:80"]\n`);
const ROLLBACK = { ...JENKINS, CTRL_BUILD: 'false' };

let cwd = '';
beforeEach(async () => {
  cwd = await folderWith({ 'gen-scripts.yml': PORT(8080) });
});

const preview = (...argv: string[]) => gen(cwd, ['preview', ...argv]);
const setPort = (port: number) => writeFile(join(cwd, 'gen-scripts.yml'), PORT(port));
const filesIn = (diff: string) =>
  diff.match(/^diff --git a\/.*?(?= b\/)/gm)?.map((line) => line.slice(13)) ?? [];
const changed = (diff: string) => diff.match(/^[+-](?![+-]).*/gm) ?? [];

describe('against the release', () => {
  test('no difference: nothing on stdout, one line on stderr', async () => {
    await preview();
    await gen(cwd, []);
    const { status, stdout, stderr } = await preview('--diff', '--exit-code');
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    expect(stderr).toBe('no difference from release (3 scripts)\n');
  });

  test('a changed setting', async () => {
    await gen(cwd, []);
    await setPort(8081);
    const { status, stdout, stderr } = await preview('repull', '--diff');
    expect(status).toBe(0);
    expect(changed(stdout)).toEqual(
      expect.arrayContaining(["-\t\t--publish '8080:80' \\", "+\t\t--publish '8081:80' \\"]),
    );
    expect(filesIn(stdout)).toEqual(['release/repull.sh']);
    expect(stderr).toBe('1 of 1 script different from release\n');
    expect((await preview('--exit-code')).status).toBe(1);
    expect((await preview('build.sh', '--exit-code')).status).toBe(0);
    expect(filesIn((await preview('auto', '--diff')).stdout)).toEqual(['release/auto.sh']);
  });

  test('is applied by git, and then nothing is different', async () => {
    await gen(cwd, []);
    await setPort(8081);
    const { stdout } = await preview('--diff');
    execFileSync('git', ['apply'], { cwd, input: stdout, env: { PATH: process.env.PATH, GIT_DIR: '/none' } });
    expect((await preview('--exit-code')).status).toBe(0);
  });

  test('the next build is different, and that is shown', async () => {
    await gen(cwd, []);
    const { stdout } = await gen(cwd, ['preview', '--diff'], { ...JENKINS, BUILD_NUMBER: '8' });
    expect(stdout).toContain("+TAG='v1.0.0_manual_8'");
  });

  test('nothing was rendered yet: every script is new', async () => {
    const { stdout } = await preview('--diff');
    expect(filesIn(stdout)).toEqual(['release/build.sh', 'release/repull.sh', 'release/rollback.sh']);
    expect(stdout.match(/^new file mode 100755$/gm)).toHaveLength(3);
    expect(await list(cwd)).toEqual(['gen-scripts.yml']);
  });

  test('a rollback after a deploy: what it takes away is shown', async () => {
    await gen(cwd, []);
    const { stdout } = await gen(cwd, ['preview', '--diff'], ROLLBACK);
    expect(stdout.match(/^deleted file mode/gm)).toHaveLength(2);
    await gen(cwd, [], ROLLBACK);
    expect((await gen(cwd, ['preview', '--exit-code'], ROLLBACK)).status).toBe(0);
    expect((await gen(cwd, ['preview', 'repull', '--diff'], ROLLBACK)).stderr).toContain('[GS007]');
  });

  test('several apps, and one that left the job', async () => {
    for (const app of ['web', 'api']) await writeFile(join(cwd, `${app}.yml`), settings(app));
    const both = ['--config', 'web.yml', '--config', 'api.yml'];
    await gen(cwd, both);
    await writeFile(join(cwd, 'api.yml'), settings('api', 'retain: 9\n'));
    expect(filesIn((await preview(...both, '--diff')).stdout)).toEqual([
      'release/api/repull.sh',
      'release/api/rollback.sh',
    ]);
    const one = await preview('repull', '--config', 'web.yml', '--diff');
    expect(filesIn(one.stdout)).toEqual([
      'release/repull.sh',
      'release/api/repull.sh',
      'release/web/repull.sh',
    ]);
  });

  test('--out, elsewhere as well', async () => {
    const out = join(await folderWith(), 'a b');
    await gen(cwd, ['--out', out]);
    await setPort(8081);
    const { stdout } = await preview('repull', '--out', out, '--diff');
    expect(stdout).toContain(`+++ b${out}/repull.sh\t\n`);
    execFileSync('git', ['apply'], {
      cwd: '/',
      input: stdout,
      env: { PATH: process.env.PATH, GIT_DIR: '/none' },
    });
    expect((await preview('repull', '--out', out, '--exit-code')).status).toBe(0);
  });

  test('bytes that are no text are no script', async () => {
    await gen(cwd, []);
    await writeFile(join(cwd, 'release', 'repull.sh'), Buffer.from([0xff, 0x0a]));
    const { status, stdout, stderr } = await preview('--diff');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/release\/repull\.sh: nothing to compare with \(it is not UTF-8\) \[GS099\]/);
  });
});

describe('against a file or folder', () => {
  test('one script', async () => {
    await writeFile(join(cwd, 'old.sh'), (await preview('repull')).stdout);
    expect(await preview('repull', '--against', 'old.sh', '--exit-code')).toEqual({
      status: 0,
      stdout: '',
      stderr: 'no difference from old.sh (1 script)\n',
    });
    await setPort(8081);
    const { status, stdout } = await preview('repull', '--against', './old.sh', '--exit-code');
    expect(status).toBe(1);
    expect(filesIn(stdout)).toEqual(['old.sh']);
  });

  test('a folder that somebody kept', async () => {
    await gen(cwd, []);
    await rename(join(cwd, 'release'), join(cwd, 'archive'));
    expect((await preview('--against', 'archive', '--exit-code')).status).toBe(0);
    await setPort(8081);
    expect(filesIn((await preview('--against', 'archive/')).stdout)).toEqual([
      'archive/repull.sh',
      'archive/rollback.sh',
    ]);
  });

  test('a pipe', async () => {
    execFileSync('mkfifo', [join(cwd, 'pipe')]);
    const [{ stdout }] = await Promise.all([
      preview('repull', '--against', 'pipe'),
      writeFile(join(cwd, 'pipe'), 'x\n'),
    ]);
    expect(stdout).toContain('\n-x\n');
  });

  const refused = [
    { argv: ['--against', 'old.sh'], want: /one file, and 3 scripts.*\[GS099\]\n {2}hint: name one/ },
    {
      argv: ['--against', 'empty'],
      want: /"empty": .*no script in this folder.*expected build\.sh, repull\.sh/,
    },
    { argv: ['--against='], want: /--against: no value.*\[GS026\]/ },
    { argv: ['--against', './nowhere'], want: /"\.\/nowhere": nothing to compare with.*\[GS099\]/ },
    {
      argv: ['repull', '--against', 'locked'],
      want: /locked: nothing to compare with \(permission denied\)/,
    },
    { argv: ['--color', 'yes'], want: /\[GS034\]/ },
  ];
  test.each(refused)('$argv is refused', async ({ argv, want }) => {
    for (const name of ['old.sh', 'locked']) await writeFile(join(cwd, name), 'x\n');
    await chmod(join(cwd, 'locked'), 0);
    await mkdir(join(cwd, 'empty'));
    if (argv.includes('locked') && process.getuid?.() === 0) return;
    const { status, stdout, stderr } = await preview(...argv);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(want);
  });
});

describe('against a commit', () => {
  const run = (...argv: string[]) =>
    execFileSync('git', argv, {
      cwd,
      encoding: 'utf8',
      stdio: 'pipe',
      env: { PATH: process.env.PATH, HOME: cwd, GIT_CONFIG_NOSYSTEM: '1' },
    }).trim();
  const commit = (name: string) => {
    run('add', '.');
    run(
      '-c',
      'user.name=li',
      '-c',
      'user.email=li@example.com',
      'commit',
      '--quiet',
      '--allow-empty',
      '-m',
      name,
    );
    run('tag', name);
  };
  const against = (...argv: string[]) =>
    gen(cwd, ['preview', ...argv], { CTRL_BUILD: 'true', BUILD_NUMBER: '7', HOME: cwd });

  beforeEach(() => {
    run('init', '--quiet', '--initial-branch=main');
    commit('v1');
  });

  test('only the settings are different, not the build', async () => {
    await setPort(8081);
    commit('v2');
    const { status, stdout, stderr } = await against('--against', 'v1', '--exit-code');
    expect(status).toBe(1);
    expect(filesIn(stdout)).toEqual(['release/repull.sh', 'release/rollback.sh']);
    for (const line of changed(stdout)) expect(line).toMatch(/SETTINGS=|--publish/);
    expect(stderr).toBe(`2 of 3 scripts different from v1 (${run('rev-parse', 'v1').slice(0, 12)})\n`);
    expect(await list(cwd)).toEqual(['.git', 'gen-scripts.yml']);
  });

  test.each(['v2', 'main', 'HEAD', 'refs/tags/v2', 'v2^{commit}', 'HEAD@{0}'])('%s', async (revision) => {
    await setPort(8081);
    commit('v2');
    expect(await against('--against', revision, '--exit-code')).toMatchObject({ status: 0, stdout: '' });
  });

  test('from a folder of the repository, by a way up and by an absolute path', async () => {
    await mkdir(join(cwd, 'deploy'));
    await rename(join(cwd, 'gen-scripts.yml'), join(cwd, 'deploy', '-x y.yml'));
    await writeFile(join(cwd, 'up.yml'), settings('up'));
    commit('v2');
    await writeFile(join(cwd, 'up.yml'), settings('up', 'retain: 9\n'));
    const top = cwd;
    cwd = join(top, 'deploy');
    for (const up of ['../up.yml', join(top, 'up.yml')]) {
      const argv = ['--config', './-x y.yml', '--config', up, '--against', 'v2'];
      expect(filesIn((await against(...argv)).stdout)).toEqual([
        'release/up/repull.sh',
        'release/up/rollback.sh',
      ]);
    }
  });

  test('templates as they were, and none where there were none', async () => {
    const file = join(cwd, 'own/docker/partials/build-login.hbs');
    await mkdir(join(file, '..'), { recursive: true });
    await writeFile(file, '# of one\n');
    commit('v2');
    await writeFile(file, '# of two\n');
    const argv = ['build', '--templates', 'own', '--against'];
    expect(changed((await against(...argv, 'v2')).stdout)).toEqual(['-# of one', '+# of two']);
    const before = await against(...argv, 'v1');
    expect(before.stderr).toContain('note: v1 has no folder own: our own templates are used for it\n');
    expect(before.stdout).toContain('+# of two');
  });

  test('templates outside the repository are the same on both sides', async () => {
    const own = await folderWith();
    await mkdir(join(own, 'docker/partials'), { recursive: true });
    await writeFile(join(own, 'docker/partials/build-login.hbs'), '# shared\n');
    const { status, stdout, stderr } = await against('--templates', own, '--against', 'v1', '--exit-code');
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    expect(stderr).toContain('lies outside the repository');
  });

  test('an app that was called otherwise', async () => {
    await writeFile(join(cwd, 'gen-scripts.yml'), settings('renamed'));
    expect(changed((await against('repull', '--against', 'v1')).stdout)).toEqual(
      expect.arrayContaining(["-APP='citest'", "+APP='renamed'"]),
    );
  });

  test('a name that both a path and a commit have', async () => {
    await gen(cwd, []);
    run('branch', 'release');
    const { status, stderr } = await against('--against', 'release');
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /both a folder and a commit have this name\) \[GS099\]\n {2}hint: \.\/release is the folder, release\^0/,
    );
    expect((await against('--against', './release')).status).toBe(0);
    expect((await against('--against', 'release^0', '--exit-code')).status).toBe(0);
  });

  const broken: [string, string | undefined, string[], RegExp][] = [
    ['no such file', undefined, [], /^v2:gen-scripts\.yml: .*\(no such file in this commit\) \[GS020\]$/m],
    ['invalid', 'app: x\nimag: y\n', [], /^v2:gen-scripts\.yml:2:1: .*\[GS024\]$/m],
    ['no YAML', 'app: [\n', [], /^v2:gen-scripts\.yml.*\[GS021\]$/m],
    [
      'no such environment',
      PORT(1),
      ['--env', 'staging'],
      /^v2: --env: "staging": .* in v2:gen-scripts\.yml, which has none \[GS027\]$/m,
    ],
  ];
  test.each(broken)('settings of then: %s', async (_, then, argv, want) => {
    const now = `${PORT(8081)}environments:\n  staging: {}\n`;
    if (then === undefined) await rm(join(cwd, 'gen-scripts.yml'));
    else await writeFile(join(cwd, 'gen-scripts.yml'), then);
    commit('v2');
    await writeFile(join(cwd, 'gen-scripts.yml'), now);
    const { status, stdout, stderr } = await against(...argv, '--against', 'v2');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(want);
  });

  test('settings that were a link or a folder, or templates that were a link', async () => {
    await writeFile(join(cwd, 'real.yml'), PORT(8080));
    await rm(join(cwd, 'gen-scripts.yml'));
    await symlink('real.yml', join(cwd, 'gen-scripts.yml'));
    await mkdir(join(cwd, 'd.yml'));
    await writeFile(join(cwd, 'd.yml/x'), '');
    await mkdir(join(cwd, 'own'));
    await symlink('/etc/passwd', join(cwd, 'own/gate.hbs'));
    commit('v2');
    await rm(join(cwd, 'd.yml'), { recursive: true });
    await writeFile(join(cwd, 'd.yml'), settings('dir'));
    await rm(join(cwd, 'own'), { recursive: true });
    await mkdir(join(cwd, 'own/docker/partials'), { recursive: true });
    await writeFile(join(cwd, 'own/docker/partials/build-login.hbs'), '');
    expect((await against('--against', 'v2')).stderr).toContain('(it is a symbolic link in this commit)');
    expect((await against('--config', 'd.yml', '--against', 'v2')).stderr).toContain(
      '(it is a folder in this commit)',
    );
    const templates = await against('--config', 'real.yml', '--templates', 'own', '--against', 'v2');
    expect(templates.stderr).toMatch(
      /^v2:own\/gate\.hbs: .*\(it is a symbolic link in this commit\) \[GS095\]$/m,
    );
  });

  test('settings outside the repository', async () => {
    const file = join(await folderWith({ 'x.yml': settings('other') }), 'x.yml');
    const { status, stderr } = await against('--config', file, '--against', 'v1');
    expect(status).toBe(2);
    expect(stderr).toContain('(it lies outside the repository) [GS020]');
  });

  const hostile = [
    ...['nowhere', '-x', '--upload-pack=touch owned', '--output=owned', '^v1', 'v1..main', 'v1 main'],
    ...['$(touch owned)', '`touch owned`', ';touch owned', 'v1:gen-scripts.yml', 'v1\nmain', '*', '', ' '],
    ...[`${ESC}[2J`, 'x'.repeat(100_000), 'ext::sh -c "touch owned"', '@{99}', ':(top)', '\u0000'],
  ];
  test.each(hostile.map((revision) => [revision.slice(0, 40), revision]))(
    '%j is no commit',
    async (_, revision) => {
      const { status, stdout, stderr } = await against(`--against=${revision}`);
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toMatch(/^--against: .*\[GS0(99|26)\]$/m);
      expect(stderr).not.toContain(ESC);
      expect(await list(cwd)).toEqual(['.git', 'gen-scripts.yml']);
    },
  );

  test('without a repository, and without git', async () => {
    await rm(join(cwd, '.git'), { recursive: true });
    const ceiling = { ...JENKINS, GIT_CEILING_DIRECTORIES: join(cwd, '..') };
    const none = await gen(cwd, ['preview', '--against', 'v1'], ceiling);
    expect(none.status).toBe(2);
    expect(none.stderr).toMatch(
      /^git: not a git repository \[GS071\]\n {2}hint: --against a file or a folder needs no git$/m,
    );
    const noGit = await gen(cwd, ['preview', '--against', 'v1'], { ...JENKINS, PATH: '/nowhere' });
    expect(noGit.stderr).toMatch(/^git: git cannot be run \[GS070\]$/m);
    await gen(cwd, []);
    expect(
      (await gen(cwd, ['preview', '--against', 'release'], { ...JENKINS, PATH: '/nowhere' })).status,
    ).toBe(0);
  });
});

describe('on a terminal', () => {
  const testHere = process.platform === 'linux' && hasProgram('script') ? test : test.skip;
  const cli = new URL('../../resources/gen-scripts.cjs', import.meta.url).pathname;

  async function shown(command: string, env: Record<string, string> = {}): Promise<string> {
    const all = {
      ...JENKINS,
      PATH: process.env.PATH ?? '',
      TERM: 'xterm',
      CLI: cli,
      NODE: process.execPath,
      ...env,
    };
    const terminal = new Terminal(`${command}; echo "exit $?"`, { cwd, env: all });
    try {
      await terminal.waitFor(/exit \d+\r\n/);
      return terminal.output;
    } finally {
      terminal.close();
    }
  }

  testHere(
    'a script is coloured, and piped from there it is not',
    async () => {
      const env = { ...JENKINS, PATH: process.env.PATH };
      const plain = execFileSync(process.execPath, [cli, 'preview', 'repull'], {
        cwd,
        env,
        encoding: 'utf8',
      });
      const output = await shown('"$NODE" "$CLI" preview repull');
      expect(output).toContain(`${ESC}[2m# `);
      expect(output).toContain(`${ESC}[32m'citest'${ESC}[0m`);
      expect(await shown('"$NODE" "$CLI" preview repull | cat')).toBe(
        `${plain.replaceAll('\n', '\r\n')}exit 0\r\n`,
      );
    },
    60_000,
  );

  testHere.each([{ NO_COLOR: '1' }, { TERM: 'dumb' }, { FORCE_COLOR: '0' }])(
    '%j: no colours',
    async (env) => {
      expect(await shown('"$NODE" "$CLI" preview', env as Record<string, string>)).not.toContain(ESC);
    },
    60_000,
  );

  testHere(
    'what a file of somebody holds does not reach the terminal',
    async () => {
      await writeFile(join(cwd, 'old.sh'), `${ESC}]0;owned\u0007\r${ESC}[2J\u009b2J\u202e\n`);
      for (const color of ['auto', 'never']) {
        const output = await shown(
          `"$NODE" "$CLI" preview repull --color ${color} --against old.sh --exit-code`,
        );
        const left = output.replaceAll(new RegExp(`${ESC}\\[[\\d;]*m`, 'g'), '');
        expect(left).toContain('\r\n-\\x1b]0;owned\\x07\\x0d\\x1b[2J\\x9b2J\\u{202e}\r\n');
        expect(left.replaceAll('\r\n', '\n')).toMatch(/^[^\p{Cc}\u202e]*$/mu);
        expect(left.replaceAll(/\r\n|\t/g, '')).not.toMatch(/\p{Cc}|\u202e/u);
        expect(output.includes(`${ESC}[31m-`)).toBe(color === 'auto');
        expect(output).toContain('exit 1\r\n');
      }
    },
    60_000,
  );
});

test('--color always into a pipe', async () => {
  await writeFile(join(cwd, 'old.sh'), 'x\n');
  expect((await preview('repull', '--color', 'always', '--against', 'old.sh')).stdout).toContain(
    `${ESC}[31m-x`,
  );
  expect((await gen(cwd, ['preview'], { ...JENKINS, FORCE_COLOR: '1' })).stdout).not.toContain(ESC);
});

test('a secret that is shipped beside the scripts is in no diff', async () => {
  await writeFile(join(cwd, 'gen-scripts.yml'), settings('citest', 'registry: { login: shipped }\n'));
  const env = { ...JENKINS, REGISTRY_USERNAME: 'robot', REGISTRY_PASSWORD: 'hunter2-secret' };
  await gen(cwd, [], env);
  expect(await text(cwd, 'release', 'registry.credentials')).toContain('hunter2-secret');
  await writeFile(join(cwd, 'gen-scripts.yml'), settings());
  const { stdout, stderr } = await gen(cwd, ['preview', '--diff'], env);
  expect(filesIn(stdout)).toContain('release/repull.sh');
  expect(stdout + stderr).not.toContain('hunter2');
});

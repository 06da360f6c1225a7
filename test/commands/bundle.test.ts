import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { hasProgram } from '../support/programs.js';
import { cleanUp, folderWith, JENKINS, list, type Result, settings, text } from './support.js';

let cli = '';

beforeAll(async () => {
  cli = join(await folderWith(), 'gen-scripts.cjs');
  const built = await start(process.execPath, [resolve('scripts/build.mjs'), '--out', cli], { cwd: '.' });
  expect(built).toEqual({ status: 0, stdout: '', stderr: '' });
}, 60_000);
afterAll(cleanUp);

interface Options {
  readonly cwd: string;
  readonly env?: Record<string, string>;
}

function start(program: string, argv: readonly string[], { cwd, env = JENKINS }: Options): Promise<Result> {
  return new Promise((done, reject) => {
    const { PATH = '' } = process.env;
    const child = spawn(program, argv, { cwd, env: { PATH, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk) => (stdout += chunk));
    child.stderr.on('data', (chunk) => (stderr += chunk));
    child.on('error', reject);
    child.on('close', (status) => done({ status: status ?? -1, stdout, stderr }));
  });
}

function gen(argv: readonly string[], options: Options): Promise<Result> {
  return start(process.execPath, [cli, ...argv], options);
}

function project(): Promise<string> {
  return folderWith({ 'gen-scripts.yml': settings() });
}

describe('the bundle', () => {
  test('is the same whenever and wherever it is built, and knows no path of this machine', async () => {
    const again = join(await folderWith(), 'again.cjs');
    await start(process.execPath, [resolve('scripts/build.mjs'), '--out', again], { cwd: '/' });
    const bytes = await readFile(again, 'utf8');
    expect(bytes).toBe(await readFile(cli, 'utf8'));
    expect(bytes).not.toContain(resolve('.'));
    expect(bytes).not.toContain('GPL-3.0');
  }, 60_000);

  test('--check finds a file that is not built from these sources', async () => {
    const stale = join(await folderWith({ 'stale.cjs': 'old' }), 'stale.cjs');
    const argv = [resolve('scripts/build.mjs'), '--check', '--out'];
    expect((await start(process.execPath, [...argv, cli], { cwd: '.' })).status).toBe(0);
    expect((await start(process.execPath, [...argv, stale], { cwd: '.' })).status).toBe(1);
    expect(await readFile(stale, 'utf8')).toBe('old');
  }, 60_000);

  test('rehearses in several processes, and leaves nothing behind', async () => {
    const [cwd, TMPDIR] = [await project(), await folderWith()];
    const argv = ['rehearse', '--shell', 'dash', '--scenario', 'first deploy'];
    const { status, stdout, stderr } = await gen(argv, { cwd, env: { ...JENKINS, TMPDIR } });
    expect([status, stderr]).toEqual([0, expect.stringContaining('nothing was violated')]);
    expect(stdout).toMatch(/^first deploy \(dash\): exit 0, v1\.0\.0_manual_7 serves/m);
    expect([await list(TMPDIR), await list(cwd)]).toEqual([[], ['gen-scripts.yml']]);
  }, 60_000);

  test('a rehearsal tells its scenarios in the same order, whichever process was done first', async () => {
    const argv = ['rehearse', '--shell', 'dash', '--fault', 'kill-before at call 1'];
    const { stdout } = await gen(argv, { cwd: await project() });
    expect(stdout.match(/^.*(?= \(dash\): )/gm)).toEqual([
      'first deploy',
      'update',
      'update to a version that does not get healthy',
    ]);
  }, 60_000);

  test('a rehearsal that cannot be ends, in all of its processes', async () => {
    const yaml = settings('citest', 'container:\n  options: ["--cdi-device=x"]\n');
    const { status, stderr } = await gen(['rehearse'], {
      cwd: await folderWith({ 'gen-scripts.yml': yaml }),
    });
    expect([status, stderr]).toEqual([2, expect.stringContaining('[GS078]')]);
  }, 60_000);

  (hasProgram('strace') ? test : test.skip)(
    'a rehearsal opens no file for writing but in its own folder',
    async () => {
      const [cwd, TMPDIR] = [await project(), await folderWith()];
      const trace = join(await folderWith(), 'trace');
      const options = [
        '-f',
        '-qq',
        '-o',
        trace,
        '-e',
        'trace=open,openat,creat,unlink,unlinkat,rename,renameat,renameat2',
      ];
      const command = [process.execPath, cli, 'rehearse', '--shell', 'dash', '--scenario', 'update'];
      const one = ['--fault', 'kill-before at call 9'];
      const { status } = await start('strace', [...options, ...command, ...one], {
        cwd,
        env: { ...JENKINS, TMPDIR },
      });
      expect(status).toBe(0);
      const calls = (await readFile(trace, 'utf8')).split('\n').filter((line) => !/ = -1 E/.test(line));
      const writing = calls.filter((line) => /O_WRONLY|O_RDWR|O_CREAT|creat\(|unlink|rename/.test(line));
      const paths = writing.flatMap((line) =>
        [...line.matchAll(/"(\/[^"]*)"/g)].map(([, path = '']) => path),
      );
      expect(paths.filter((path) => path.startsWith(TMPDIR)).length).toBeGreaterThan(100);
      expect(paths.filter((path) => !path.startsWith(TMPDIR) && path !== '/dev/null')).toEqual([]);
    },
    120_000,
  );

  test('renders, with the version of the package, all by itself', async () => {
    const cwd = await project();
    const { version } = JSON.parse(await readFile('package.json', 'utf8'));
    expect(await gen(['--version'], { cwd })).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
    expect((await gen([], { cwd })).status).toBe(0);
    expect(await text(cwd, 'release', 'repull.sh')).toContain(`gen-scripts ${version}`);
  });

  test.each(['18.20.4', '12.22.9', '0.10.48'])('Node.js %s gets one clear line', async (version) => {
    const cwd = await folderWith({
      'old.cjs': `Object.defineProperty(process.versions, 'node', { value: '${version}' });`,
    });
    const { status, stdout, stderr } = await start(
      process.execPath,
      ['-r', join(cwd, 'old.cjs'), cli, '--help'],
      { cwd },
    );
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(
      new RegExp(`^GS001: gen-scripts needs Node\\.js 20 or later, this is ${version} \\(.*\\)\\n$`),
    );
  });

  test('a reader that has seen enough is no failure', async () => {
    const cwd = await project();
    const pipeline = `{ "$0" "$@"; echo "exit $?" >&2; } | head -n 1`;
    const { stdout, stderr } = await start('sh', ['-c', pipeline, process.execPath, cli, 'preview'], { cwd });
    expect(stdout).toBe('==> release/build.sh <==\n');
    expect(stderr).toBe('exit 0\n');
  });

  test('closed standard streams do not matter', async () => {
    const cwd = await project();
    const { stderr } = await start(
      'sh',
      ['-c', '"$0" "$@" >&- ; echo "exit $?" >&2', process.execPath, cli, 'preview'],
      { cwd },
    );
    expect(stderr).toBe('exit 0\n');
    const closed = await start('sh', ['-c', '"$0" "$@" 2>&- ; echo "exit $?"', process.execPath, cli], {
      cwd,
    });
    expect(closed.stdout).toBe('exit 0\n');
    expect(await list(cwd, 'release')).toContain('auto.sh');
  });

  test('writes no colour where nobody sees it', async () => {
    const cwd = await project();
    const { stdout, stderr } = await gen(['validate', '--show'], {
      cwd,
      env: { ...JENKINS, FORCE_COLOR: '1' },
    });
    expect(stdout + stderr).not.toContain('\x1b');
  });

  test('needs no package.json, no node_modules and no home', async () => {
    const cwd = await project();
    await mkdir(join(cwd, 'tools'));
    await writeFile(join(cwd, 'tools', 'gen-scripts.cjs'), await readFile(cli));
    const env = { ...JENKINS, HOME: '/nonexistent' };
    expect((await start(process.execPath, ['tools/gen-scripts.cjs'], { cwd, env })).status).toBe(0);
  });
});

test.each(['preview', '--help'])('%s into a full disk fails', async (command) => {
  if (!existsSync('/dev/full')) return;
  const cwd = await project();
  const argv = ['-c', 'exec "$0" "$@" >/dev/full', process.execPath, cli, command];
  const { status, stderr } = await start('sh', argv, { cwd });
  expect(status).toBe(2);
  expect(stderr).toContain('stdout: cannot be written (no space left on the device) [GS003]');
});

describe('init', () => {
  const FLAGS = [
    'init',
    '--app',
    'citest',
    '--image',
    'registry.example.com:5000/team/citest',
    '--port',
    '8080:80',
  ];

  test.each(['en', 'zh'])('--lang %s: what it writes is valid and renders', async (lang) => {
    const cwd = await folderWith();
    const health = ['--health-url', 'http://127.0.0.1:8080/health?full=1#x'];
    const written = await gen([...FLAGS, ...health, '--lang', lang], { cwd });
    expect(written).toMatchObject({ status: 0, stdout: '' });
    expect(await list(cwd)).toEqual(['Jenkinsfile', 'gen-scripts.schema.json', 'gen-scripts.yml']);
    const yaml = await text(cwd, 'gen-scripts.yml');
    expect(yaml.split('\n')[0]).toBe('# yaml-language-server: $schema=./gen-scripts.schema.json');
    expect(/[\u4e00-\u9fff]/.test(yaml)).toBe(lang === 'zh');
    const { status, stdout } = await gen(['validate', '--show'], { cwd });
    expect(status).toBe(0);
    expect(stdout).toMatch(/^image +"registry.example.com:5000\/team\/citest"/m);
    expect(stdout).toMatch(/^container.ports\[0\] +"8080:80"/m);
    expect(stdout).toMatch(/^health.url +"http:\/\/127.0.0.1:8080\/health\?full=1#x"/m);
    expect((await gen([], { cwd })).status).toBe(0);
  });

  test('the Jenkinsfile ships with a constant command', async () => {
    const cwd = await folderWith();
    await gen([...FLAGS, '--remote-root', '/data/my apps/', '--ssh-server', "o'hara"], { cwd });
    const jenkinsfile = await text(cwd, 'Jenkinsfile');
    expect(jenkinsfile).toContain(
      "execCommand: 'sh \\'/data/my apps/citest/auto.sh\\' --build $BUILD_NUMBER </dev/null'",
    );
    expect(jenkinsfile).toContain("configName: 'o\\'hara'");
    expect(jenkinsfile).toContain("booleanParam(name: 'CTRL_BUILD'");
    expect(jenkinsfile).toContain('failOnError: true');
  });

  test('without --vendor the Jenkinsfile names a CLI that has to be put there, and init says so', async () => {
    const cwd = await folderWith();
    const { stderr } = await gen(FLAGS, { cwd });
    expect(await text(cwd, 'Jenkinsfile')).toContain("sh 'node tools/gen-scripts.cjs'");
    expect(stderr).toMatch(/^note: the build runs tools\/gen-scripts.cjs, which is not in this folder yet/m);
    const next = /^next: (.*)$/m.exec(stderr)?.[1] ?? '';
    expect(await start('sh', ['-c', next], { cwd })).toMatchObject({ status: 0 });
    const hint = /or run (.*)$/m.exec(stderr)?.[1] ?? '';
    const vendored = await start('sh', ['-c', `${hint} --image team/citest`], { cwd });
    expect(vendored.stderr).toContain('next: node tools/gen-scripts.cjs validate --show');
    expect(vendored.stderr).not.toContain('note:');
  });

  test('--vendor brings the CLI and its schema along', async () => {
    const cwd = await folderWith();
    expect((await gen([...FLAGS, '--vendor'], { cwd })).status).toBe(0);
    expect(await list(cwd, 'tools')).toEqual(['gen-scripts.cjs', 'gen-scripts.schema.json']);
    expect(await text(cwd, 'tools', 'gen-scripts.cjs')).toBe(await readFile(cli, 'utf8'));
    expect(await text(cwd, 'gen-scripts.yml')).toContain('$schema=./tools/gen-scripts.schema.json\n');
    expect(await text(cwd, 'Jenkinsfile')).toContain("sh 'node tools/gen-scripts.cjs'");
    expect((await start(process.execPath, ['tools/gen-scripts.cjs'], { cwd })).status).toBe(0);
  });

  test('--library writes three lines that name the library, in the language of the comments', async () => {
    const cwd = await folderWith();
    const library = ['--library', 'gen-scripts@v0.1.0', '--ssh-server', "o'hara"];
    const { status, stderr } = await gen([...FLAGS, ...library, '--lang', 'zh'], { cwd });
    expect({ status, stderr }).toMatchObject({ status: 0, stderr: expect.not.stringContaining('note:') });
    const lines = (await text(cwd, 'Jenkinsfile')).split('\n').filter((line) => !line.startsWith('//'));
    expect(lines).toEqual([
      "@Library('gen-scripts@v0.1.0') _",
      '',
      "repullPipeline(servers: ['o\\'hara'], lang: 'zh')",
      '',
    ]);
    expect((await gen(['validate'], { cwd })).status).toBe(0);
  });

  test.each(['', "gen-scripts') _; evil('", 'a b', 'gen-scripts@'])(
    '--library %j is refused, nothing is written',
    async (name) => {
      const cwd = await folderWith();
      const { status, stderr } = await gen([...FLAGS, '--library', name], { cwd });
      expect({ status, stderr }).toMatchObject({ status: 2, stderr: expect.stringContaining('[GS011]') });
      expect(await list(cwd)).toEqual([]);
    },
  );

  test('never overwrites without --force, and then writes nothing at all', async () => {
    const cwd = await folderWith({ Jenkinsfile: 'mine' });
    const { status, stderr } = await gen(FLAGS, { cwd });
    expect(status).toBe(2);
    expect(stderr).toContain('Jenkinsfile: exists already [GS009]');
    expect(await list(cwd)).toEqual(['Jenkinsfile']);
    expect(await text(cwd, 'Jenkinsfile')).toBe('mine');
    expect((await gen([...FLAGS, '--force'], { cwd })).status).toBe(0);
    expect(await text(cwd, 'Jenkinsfile')).not.toBe('mine');
  });

  test('without a terminal it names every option that is missing or wrong', async () => {
    const cwd = await folderWith();
    const { status, stderr } = await gen(['init', '--app=-x', '--port', '80a:80'], { cwd });
    expect(status).toBe(2);
    expect(stderr).toMatch(/^--app: "-x": .*\[GS031\]$/m);
    expect(stderr).toMatch(/^--image: .*\[GS008\]$/m);
    expect(stderr).toMatch(/^--port: "80a:80": .*\[GS039\]$/m);
    expect(await list(cwd)).toEqual([]);
  });
});

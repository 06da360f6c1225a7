import { copyFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, jest, test } from '@jest/globals';
import { cleanUp, folderWith, gen, settings, text } from './support.js';

afterAll(cleanUp);
jest.setTimeout(120_000);

const DEPLOY = { CTRL_BUILD: 'true', BUILD_NUMBER: '7', GIT_TAG: 'v2' };
const ONE = ['--shell', 'dash', '--fault', 'kill-before at call 8'];
/** What is in Jenkins' environment is of another build than what lies there. */
const LATER = { CTRL_BUILD: 'false', BUILD_NUMBER: '99' };

async function released(env: Record<string, string> = DEPLOY): Promise<string> {
  const cwd = await folderWith({ 'gen-scripts.yml': settings() });
  expect((await gen(cwd, [], env)).status).toBe(0);
  // Nothing but the folder may be needed.
  await rm(join(cwd, 'gen-scripts.yml'));
  return cwd;
}

async function edit(file: string, from: string | RegExp, to: string): Promise<void> {
  const before = await text(file);
  const after = before.replace(from, () => to);
  expect(after).not.toBe(before);
  await writeFile(file, after);
}

describe('scripts that lie there', () => {
  test.each([
    [
      'a folder',
      'release',
      'deploy of registry.example.com/team/citest:v2_manual_7 (build 7)',
      'update (dash): exit 0',
    ],
    [
      'a deploy',
      'release/repull.sh',
      'deploy of registry.example.com/team/citest:v2_manual_7 (build 7)',
      'update (dash): exit 0',
    ],
    [
      "a deploy's way back",
      'release/rollback.sh',
      'rollback of citest (build 7)',
      'rollback to a parked version (dash): exit 0',
    ],
  ])('%s', async (_, path, title, end) => {
    const cwd = await released();
    const scenario = end.replace(/ \(dash\).*/, '');
    const { status, stdout } = await gen(cwd, ['rehearse', path, ...ONE, '--scenario', scenario], LATER);
    expect([status, stdout.split('\n')[0]]).toEqual([0, title]);
    expect(stdout).toContain(end);
    expect(stdout).not.toContain('note:');
  });

  test("a rollback's, with what it was asked for", async () => {
    const cwd = await released({ ...LATER, ROLLBACK_TO: 'v1' });
    const scenario = ['--scenario', 'rollback to a parked version'];
    const { status, stdout } = await gen(cwd, ['rehearse', 'release/', ...ONE, ...scenario], DEPLOY);
    expect([status, stdout]).toEqual([0, expect.stringContaining('exit 0, v1 serves, history [oldest]')]);
  });

  test('of several apps', async () => {
    const cwd = await folderWith({ 'a.yml': settings('web'), 'b.yml': settings('api') });
    await gen(cwd, ['--config', 'a.yml', '--config', 'b.yml'], DEPLOY);
    const { status, stdout } = await gen(cwd, ['rehearse', 'release', '--scenario', 'update', ...ONE], {});
    expect([status, stdout.match(/^deploy of .*$/gm)]).toEqual([
      0,
      [
        'deploy of registry.example.com/team/api:v2_manual_7 (build 7)',
        'deploy of registry.example.com/team/web:v2_manual_7 (build 7)',
      ],
    ]);
  });

  test('edited by hand: it is what is played, and the report says that it was', async () => {
    const cwd = await released();
    await edit(
      join(cwd, 'release', 'auto.sh'),
      'gate "$NEW_ID" "$NEW_HEALTH" "$SETTLE" && end_gap && commit',
      'commit',
    );
    const unhealthy = 'update to a version that does not get healthy';
    const options = ['--shell', 'dash', '--fault', 'none', '--scenario', unhealthy];
    const { status, stdout, stderr } = await gen(cwd, ['rehearse', 'release', ...options], {});
    expect(status).toBe(1);
    expect(stdout).toContain(
      'note: auto.sh is not as gen-scripts wrote it: manifest.json has another SHA-256 of it',
    );
    expect(stderr).toMatch(/^ {2}at line \d+ of the script: change rename .* && commit$/m);
  });

  test('by another version whose manifest says the same', async () => {
    const cwd = await released();
    await edit(join(cwd, 'release', 'manifest.json'), /"version": ".*"/, '"version": "0.0.9"');
    const { status, stdout } = await gen(cwd, ['rehearse', 'release', ...ONE], {});
    expect([status, stdout]).toEqual([
      0,
      expect.stringMatching(/note: made by gen-scripts 0\.0\.9, rehearsed by/),
    ]);
  });
});

describe('what cannot be rehearsed', () => {
  const auto = (cwd: string) => join(cwd, 'release', 'auto.sh');
  const manifest = (cwd: string) => join(cwd, 'release', 'manifest.json');

  test.each([
    [
      'nothing there',
      'GS089',
      'no such file or folder',
      (cwd: string) => rename(join(cwd, 'release'), join(cwd, 'x')),
    ],
    ['no manifest', 'GS013', 'release', (cwd: string) => rm(manifest(cwd))],
    [
      'no JSON',
      'GS013',
      'release',
      (cwd: string) =>
        writeFile(manifest(cwd), '{"generator": {"name": "gen-scripts"}').then(() => undefined),
    ],
    [
      'a manifest of another version',
      'GS014',
      'by gen-scripts',
      (cwd: string) => edit(manifest(cwd), '"retain"', '"kept"'),
    ],
    [
      'a history that would be a real one',
      'GS089',
      'line 34 names a file of the host',
      (cwd: string) => edit(auto(cwd), /^HISTORY='(.*)'$/m, 'HISTORY=/data/x'),
    ],
    [
      '... or set a second time',
      'GS089',
      'names a file of the host',
      (cwd: string) => edit(auto(cwd), /^HISTORY_KEEP/m, "HISTORY='/data/x'\nHISTORY_KEEP"),
    ],
    [
      'no history',
      'GS089',
      'no line that sets HISTORY',
      (cwd: string) => edit(auto(cwd), /^HISTORY='.*\n/m, ''),
    ],
    [
      'another script',
      'GS089',
      'neither a repull.sh nor a rollback.sh',
      (cwd: string) => writeFile(auto(cwd), 'echo hello\n'),
    ],
    [
      'build.sh',
      'GS089',
      'neither a repull.sh nor a rollback.sh',
      (cwd: string) => copyFile(join(cwd, 'release', 'build.sh'), auto(cwd)),
    ],
  ])('%s', async (_, code, detail, spoil) => {
    const cwd = await released();
    await spoil(cwd);
    const { status, stdout, stderr } = await gen(cwd, ['rehearse', 'release', ...ONE], {});
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(detail);
    expect(stderr).toMatch(new RegExp(`\\[${code}\\]`));
  });

  test('settings beside scripts that have theirs', async () => {
    const { status, stderr } = await gen(await released(), ['rehearse', 'release', '--git-tag', 'v3'], {});
    expect([status, stderr]).toEqual([2, expect.stringMatching(/^--git-tag: .*their manifest.* \[GS002\]/)]);
  });
});

describe('pages', () => {
  const HOSTILE =
    '<img src=x onerror=alert(1)>|`x`|</pre><script>alert(2)</script>[a](javascript:b)\u202e&amp;';

  async function report(format: string): Promise<string> {
    const history = `${HOSTILE}\nregistry.example.com/team/citest:v1\n`;
    const cwd = await folderWith({ 'gen-scripts.yml': settings(), history });
    const options = ['--history', 'history', '--format', format, ...ONE];
    const { status, stdout } = await gen(cwd, ['rehearse', ...options], DEPLOY);
    expect(status).toBe(0);
    return stdout;
  }

  test('HTML holds no script, no style, nothing from elsewhere, and no tag of somebody else', async () => {
    const html = await report('html');
    const tags = new Set(
      [...html.matchAll(/<\/?([a-z0-9!]+)([^>]*)>/gi)].map(([, name = '', rest = '']) => `${name}${rest}`),
    );
    expect([...tags].sort()).toEqual(
      [
        ...['!DOCTYPE html', 'body', 'caption', 'h1', 'h2', 'h3', 'head', 'html', 'html lang="en"', 'li'],
        ...['meta charset="utf-8"', 'meta name="viewport" content="width=device-width"', 'p', 'table'],
        ...['table border="1"', 'tbody', 'td', 'th', 'thead', 'title', 'tr', 'ul'],
      ].sort(),
    );
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;|`x`|&lt;/pre&gt;&lt;script&gt;');
    expect(html).toContain('<caption>What there is before each docker call</caption>');
  });

  test('Markdown shows a hostile text as it is', async () => {
    const markdown = await report('markdown');
    expect(markdown).not.toMatch(/[^\\]<|[^\\]`|\u202e/);
    expect(markdown).toContain('\\<img src=x onerror=alert\\(1\\)\\>\\|\\`x\\`\\|');
    const rows = markdown.split('\n').filter((line) => line.startsWith('| '));
    const columns = rows.map((row) => row.replace(/\\./g, '').split('|').length - 2);
    expect(rows[0]).toBe('| call | time | runs | history | docker |');
    expect(columns.slice(0, 12)).toEqual(Array.from({ length: 12 }, () => 5));
  });

  test('what a script printed stays what it is', async () => {
    const cwd = await released();
    const auto = join(cwd, 'release', 'auto.sh');
    await edit(
      auto,
      'main() {\n',
      'main() {\n\techo "</pre><script>alert(1)</script>" \'````\'\n\tset -- --nonsense\n',
    );
    const reports = ['--report', 'html=out/r.html', '--report', 'markdown=out/r.md'];
    const options = ['--scenario', 'update', '--shell', 'dash', '--fault', 'none', ...reports];
    expect((await gen(cwd, ['rehearse', 'release', ...options], {})).status).toBe(1);
    const html = await text(cwd, 'out', 'r.html');
    expect(html).toContain('| &lt;/pre&gt;&lt;script&gt;alert(1)&lt;/script&gt; ````');
    expect(html).not.toContain('<script>');
    expect(await text(cwd, 'out', 'r.md')).toMatch(
      /^`{5}text\n(?:.*\n)*? *\| <\/pre>.* ````\n(?:.*\n)*?`{5}$/m,
    );
  });
});

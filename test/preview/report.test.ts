import { afterAll, describe, expect, jest, test } from '@jest/globals';
import { cleanUp, folderWith, gen, JENKINS, list, settings, text } from '../commands/support.js';

afterAll(cleanUp);
// ShellCheck looks at six scripts, on a machine that runs other tests as well.
jest.setTimeout(120_000);

const REPORT = ['preview', '--report', 'out', '--no-rehearsal'];

describe('a report', () => {
  test('has three files, and every app', async () => {
    const cwd = await folderWith({ 'a.yml': settings('one'), 'b.yml': settings('two') });
    const configs = ['--config', 'a.yml', '--config', 'b.yml'];
    const { status, stdout, stderr } = await gen(cwd, [...REPORT, ...configs]);
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: 'report: out/index.html\n' });
    expect(await list(cwd, 'out')).toEqual(['icon.svg', 'index.html', 'style.css']);
    const page = await text(cwd, 'out', 'index.html');
    expect(page).toContain('<h2 id="a0">Build and deploy registry.example.com/team/one:v1.0.0_manual_7</h2>');
    expect(page).toContain('<h2 id="a1">Build and deploy registry.example.com/team/two:v1.0.0_manual_7</h2>');
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const links = [...page.matchAll(/ href="#([^"]+)"/g)].map(([, id]) => id);
    expect(links.filter((id) => !ids.includes(id))).toEqual([]);
  });

  test('shows what is wrong, and the exit code says so', async () => {
    const cwd = await folderWith({ 'gen-scripts.yml': settings('citest', 'retain: many\n') });
    const { status, stderr } = await gen(cwd, [...REPORT, '--lang', 'zh']);
    expect(status).toBe(2);
    expect(stderr).toContain('gen-scripts.yml:3:9: retain');
    expect(await text(cwd, 'out', 'index.html')).toMatch(
      /id="c0-3" data-n="3">retain: many\n<\/span><span class="finding error"/,
    );
  });

  test('shows no secret of the settings or the environment', async () => {
    const more = 'container:\n  env:\n    DB_PASSWORD: |\n      hunter2-canary\n      more-canary\n';
    const cwd = await folderWith({ 'gen-scripts.yml': settings('citest', more) });
    await gen(cwd, REPORT, { ...JENKINS, REGISTRY_PASSWORD: 'third-canary' });
    const page = await text(cwd, 'out', 'index.html');
    expect(page).toContain('DB_PASSWORD');
    expect(page).not.toContain('canary');
  });

  test('settings that are no YAML are not shown as a whole', async () => {
    const cwd = await folderWith({ 'gen-scripts.yml': 'app: citest\nnote: canary\nlist: [\n' });
    await gen(cwd, REPORT);
    expect(await text(cwd, 'out', 'index.html')).not.toContain('canary');
  });
});

describe('what is refused', () => {
  test.each([
    [
      ['--report', '.'],
      /--report: "\.": scripts cannot be written into the project itself .*GS004[\s\S]*index\.html/,
    ],
    [['--report', 'out', '--serve'], /either --serve or --report \[GS002\]/],
    [['--serve', '--port', '99999'], /--port: "99999": .*expected 0 to 65535 \[GS036\]/],
  ])('%j', async (options, said) => {
    const cwd = await folderWith({ 'gen-scripts.yml': settings() });
    const { status, stderr } = await gen(cwd, ['preview', ...options]);
    expect(stderr).toMatch(said);
    expect([status, await list(cwd)]).toEqual([2, ['gen-scripts.yml']]);
  });
});

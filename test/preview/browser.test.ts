import { spawnSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { builtinTemplates } from '../../src/scripts/templates.js';
import { cleanUp, folderWith, settings } from '../commands/support.js';
import { hasProgram } from '../support/programs.js';
import {
  findBarriers,
  openPage,
  PreviewServer,
  serveAsJenkins,
  startBrowser,
  type Watched,
} from './browser.js';

// A browser, and a rehearsal, on a machine that may run other tests as well.
jest.setTimeout(300_000);

const MORE = `container:
  ports: ["8080:80"]
  env: { TZ: Asia/Shanghai }
health:
  url: http://127.0.0.1:8080/health
retain: 0
environments:
  staging: { app: citest-staging, container: { ports: ["8081:80"] } }
`;
const SECRET = 'hunter2-canary';
/** Where to put pictures, for a person who looks at them. */
const PICTURES = process.env.SCREENSHOTS;

const describeInBrowser = hasProgram('chromium') ? describe : describe.skip;

describeInBrowser('in a browser', () => {
  let browser: Browser;
  let server: PreviewServer;
  let project = '';
  let address = '';
  let watched: Watched;

  beforeAll(async () => {
    project = await makeProject();
    server = new PreviewServer(project, { DB_PASSWORD: SECRET });
    [browser, address] = await Promise.all([startBrowser(), server.address]);
    watched = await openPage(browser);
    await watched.page.goto(address);
  });
  afterAll(async () => {
    await browser?.close();
    expect(await server?.stop()).toBe(0);
    await cleanUp();
  });

  const shown = () => watched.page.locator('#result').innerText();
  const waitFor = (text: string | RegExp) =>
    watched.page.locator('#result', { hasText: text }).waitFor({ state: 'attached' });
  const write = (text: string) => writeFile(join(project, 'gen-scripts.yml'), text);

  test('the scripts stand side by side, with line numbers and colours', async () => {
    const { page } = watched;
    const boxes = await Promise.all(
      ['build', 'repull', 'rollback'].map((name) => page.locator(`#a0-${name}`).boundingBox()),
    );
    expect(new Set(boxes.map((box) => Math.round(box?.y ?? 0))).size).toBe(1);
    expect(new Set(boxes.map((box) => Math.round(box?.x ?? 0))).size).toBe(3);
    const line = page.locator('#a0-repull-2');
    expect(await line.getAttribute('data-n')).toBe('2');
    expect(await page.locator('#a0-repull .keyword').count()).toBeGreaterThan(50);
    await picture(watched, 'page');
  });

  test('the diff against the last release', async () => {
    const { page } = watched;
    const rows = (kind: string) => page.locator(`#a0-diff-repull\\.sh-code tr.${kind}`).allInnerTexts();
    expect((await rows('added')).join('\n')).toContain("--publish '8080:80'");
    expect((await rows('removed')).join('\n')).toContain("--publish '7000:80'");
  });

  test('every control', async () => {
    const { page } = watched;
    expect(
      await page.locator('#tags option').evaluateAll((all) => all.map((one) => one.getAttribute('value'))),
    ).toEqual([...['v1.1.0', 'v1.0.0']]);
    await page.fill('#gitTag', 'v1.0.0');
    await waitFor('citest:v1.0.0');
    await page.selectOption('#start', 'hand');
    await waitFor('a manual build needs its build number');
    expect(await page.locator('#buildNumber').getAttribute('aria-invalid')).toBe('true');
    expect(await page.locator('#buildNumber-error').innerText()).toContain('GS061');
    await page.fill('#buildNumber', '7');
    await waitFor('citest:v1.0.0_manual_7');
    expect(await page.locator('#buildNumber').getAttribute('aria-invalid')).toBeNull();
    await page.selectOption('#environment', 'staging');
    await waitFor('8081:80');
    await page.uncheck('#ctrlBuild');
    await waitFor('Roll back citest-staging');
    expect(await page.locator('#gitTag').isVisible()).toBe(false);
    await page.fill('#rollbackSteps', '2');
    await waitFor('2 steps back');
    await page.fill('#rollbackSteps', '');
    await page.fill('#rollbackTo', 'v1.0.0');
    await waitFor('history’s line v1.0.0');
    await page.check('#ctrlBuild');
    await page.selectOption('#environment', '');
    await waitFor("'8080:80'");
    await page.reload();
    expect(await shown()).toContain('citest:v1.0.0_manual_7');
  });

  test('what is typed meanwhile stays', async () => {
    const { page } = watched;
    await page.locator('#gitTag').fill('');
    await page.locator('#gitTag').pressSequentially('v1.1.0', { delay: 60 });
    await waitFor('citest:v1.1.0_manual_7');
    expect(await page.locator('#gitTag').inputValue()).toBe('v1.1.0');
    expect(await page.evaluate('document.activeElement.id')).toBe('gitTag');
  });

  test('a value of the form that cannot be is said at its field', async () => {
    const { page } = watched;
    await page.fill('#gitTag', 'a b');
    await waitFor('not a git tag');
    expect(await page.locator('#gitTag-error').innerText()).toMatch(/^not a git tag.*GS069$/);
    expect(await page.locator('#gitTag').getAttribute('aria-describedby')).toContain('gitTag-error');
    expect(await findBarriers(page)).toEqual([]);
    await page.fill('#gitTag', '');
    await waitFor('citest:v1.1.0_manual_7');
  });

  test('where a value comes from is shown on hover and on focus, until Escape', async () => {
    const { page } = watched;
    const value = page.locator('#a0-repull .value', { hasText: '8080:80' });
    const tip = value.locator('.tip');
    await value.scrollIntoViewIfNeeded();
    expect(await tip.isVisible()).toBe(false);
    await value.locator('a').hover();
    await tip.waitFor({ state: 'visible' });
    expect(await tip.innerText()).toMatch(/^container\.ports\[0\] gen-scripts\.yml:4:11$/);
    await page.keyboard.press('Escape');
    await tip.waitFor({ state: 'hidden' });
    await page.mouse.move(0, 0);
    await value.locator('a').focus();
    await tip.waitFor({ state: 'visible' });
    await page.keyboard.press('Enter');
    expect(await page.locator('tr:target').innerText()).toContain('container.ports[0]');
  });

  test('an error in the settings is shown at its line as soon as it is written, and the form stays', async () => {
    const { page } = watched;
    await write(settings('citest', MORE.replace('8080:80', 'x:80')));
    await waitFor('not a published port');
    const line = page.locator('#c0-4');
    expect(await line.innerText()).toContain('x:80');
    expect(await page.locator('#c0-4 + .finding').innerText()).toMatch(/^not a published port GS039/);
    await page.click('.problems a');
    expect(await page.locator('.line:target').getAttribute('id')).toBe('c0-4');
    expect(await page.locator('#buildNumber').inputValue()).toBe('7');
    expect(await findBarriers(page)).toEqual([]);
    await picture(watched, 'error');
    await write('app: [');
    await waitFor('not valid YAML');
    await write(settings('citest', MORE));
    await waitFor('citest:v1.1.0_manual_7');
  });

  test('the rehearsal: its progress, its result, and none for other values', async () => {
    const { page } = watched;
    await page.uncheck('#ctrlBuild');
    await waitFor('Roll back citest');
    await page.fill('#rollbackTo', '');
    await waitFor('history’s last line');
    await page.click('#a0-rehearse');
    await page.locator('#a0-rehearsal-section progress').waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await page.locator('.verdict').waitFor({ timeout: 200_000 });
    expect(await page.locator('.verdict').innerText()).toMatch(
      /^\d+ faults, \d+ checks: nothing was violated\.$/,
    );
    for (const summary of await page.locator('.scene summary').all()) await summary.click();
    expect(await page.locator('.scene').first().innerText()).toMatch(/stop -t 10 [0-9a-f]{12}/);
    expect(await findBarriers(page)).toEqual([]);
    await picture(watched, 'rehearsal', '#a0-rehearsal-section');
    await page.fill('#buildNumber', '8');
    await page.locator('#a0-rehearse').waitFor();
    await page.fill('#buildNumber', '7');
    await page.locator('.verdict').waitFor();
    await page.check('#ctrlBuild');
    await waitFor('citest:v1.1.0_manual_7');
  });

  test('the other language and back, with what was chosen', async () => {
    const { page } = watched;
    await page.click('#language');
    await waitFor('构建并部署 registry.example.com/team/citest:v1.1.0_manual_7');
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
    expect(await findBarriers(page)).toEqual([]);
    await page.check('#theme-dark');
    const back = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    expect(await back()).toBe('rgb(18, 21, 26)');
    expect(await findBarriers(page)).toEqual([]);
    await picture(watched, 'zh-dark');
    await page.reload();
    expect(await back()).toBe('rgb(18, 21, 26)');
    await page.check('#theme-auto');
    await page.click('#language');
    await waitFor('Build and deploy');
  });

  test('the keyboard alone gets everywhere, and sees where it is', async () => {
    const { page } = watched;
    await page.goto(address);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.className')).toBe('skip');
    const seen: string[] = [];
    for (let turn = 0; turn < 400 && !seen.includes('c0'); turn += 1) {
      await page.keyboard.press('Tab');
      const [id, outline] = String(
        await page.evaluate(
          'document.activeElement.id + " " + getComputedStyle(document.activeElement).outlineStyle',
        ),
      ).split(' ');
      seen.push(id ?? '');
      if (id) expect([id, outline]).toEqual([id, 'solid']);
    }
    const wanted = [
      'language',
      'start',
      'buildNumber',
      'gitTag',
      'environment',
      'theme-auto',
      'a0-build',
      'a0-repull',
    ];
    expect(seen).toEqual(
      expect.arrayContaining([...wanted, 'a0-runbook-picture', 'a0-rehearse', 'a0-values-table', 'c0']),
    );
  });

  test('narrow, nothing is cut off', async () => {
    const narrow = await openPage(browser, { width: 400, scheme: 'dark' });
    await narrow.page.goto(`${address}?lang=zh`);
    expect(await narrow.page.evaluate('document.documentElement.scrollWidth')).toBe(400);
    expect(await findBarriers(narrow.page)).toEqual([]);
    await picture(narrow, 'narrow', undefined, true);
    expect(narrow.complaints).toEqual([]);
    await narrow.page.close();
  });

  test('without scripts the form still works', async () => {
    const bare = await openPage(browser, { script: false });
    await bare.page.goto(address);
    await bare.page.fill('#gitTag', 'v1.0.0');
    await bare.page.click('button[type=submit]');
    expect(await bare.page.locator('#result').innerText()).toContain('citest:v1.0.0');
    await bare.page.close();
  });

  test('findings stand at their lines', async () => {
    const gate = builtinTemplates().get('docker/partials/gate')?.text ?? '';
    const folder = join(project, 'templates/docker/partials');
    await mkdir(folder, { recursive: true });
    await writeFile(
      join(folder, 'gate.hbs'),
      gate.replace('settled() {', 'stray() {\n\tdocker ps\n}\n\nsettled() {'),
    );
    const other = new PreviewServer(project, {}, ['--templates', 'templates', '--lang', 'zh']);
    const own = await openPage(browser);
    await own.page.goto(await other.address);
    const finding = own.page.locator('#a0-repull .finding').first();
    await finding.waitFor();
    expect(await finding.innerText()).toContain('GS093');
    const before = own.page.locator('#a0-repull .line.found').first();
    expect(await before.innerText()).toContain('docker ps');
    expect(await findBarriers(own.page)).toEqual([]);
    expect(own.complaints).toEqual([]);
    expect(await other.stop()).toBe(0);
    await own.page.close();
  });

  test('nothing was asked of anybody else, kept in the browser, or complained of', async () => {
    const { page, complaints } = watched;
    expect(complaints).toEqual([]);
    // htmx notes where it is; nothing of the page itself stays.
    expect(await page.evaluate('[...Object.keys(localStorage), ...Object.keys(sessionStorage)]')).toEqual([
      'htmx-current-path-for-history',
    ]);
    expect(await page.context().cookies()).toEqual([]);
    expect(await page.content()).not.toContain(SECRET);
  });

  describe('the report', () => {
    test.each(['en', 'zh'] as const)('as Jenkins shows it: %s', async (language) => {
      const folder = join(project, `report-${language}`);
      const argv = ['preview', '--report', folder, '--lang', language, '--ctrl-build', 'false'];
      // One of the two is enough to rehearse.
      const cli = resolve('resources/gen-scripts.cjs');
      const more = language === 'zh' ? ['--no-rehearsal'] : ['--build-number', '7'];
      const { status, stderr } = spawnSync(process.execPath, [cli, ...argv, ...more], {
        cwd: project,
        env: { PATH: process.env.PATH ?? '' },
        encoding: 'utf8',
      });
      expect([status, stderr]).toEqual([0, expect.stringContaining('report: ')]);
      const text = await readFile(join(folder, 'index.html'), 'utf8');
      expect(text).not.toMatch(/<script|<style|\sstyle=|<form|\shx-/);
      const { address: jenkins, server: http } = await serveAsJenkins(folder);
      for (const scheme of ['light', 'dark'] as const) {
        const own = await openPage(browser, { scheme });
        await own.page.goto(jenkins);
        expect(own.complaints).toEqual([]);
        expect(await findBarriersWithoutScript(own)).toEqual([]);
        const value = own.page.locator('#a0-rollback .value').nth(2);
        await value.locator('a').focus();
        expect(await value.locator('.tip').isVisible()).toBe(true);
        await picture(own, `report-${language}-${scheme}`);
        await own.page.close();
      }
      http.close();
    });
  });

  /** The sandbox lets no script in, not even axe: the same page is looked at outside of it. */
  async function findBarriersWithoutScript({ page }: Watched): Promise<string[]> {
    const style = await (await page.request.get(new URL('style.css', page.url()).href)).text();
    const html = await page.content();
    const scheme = await page
      .evaluate('matchMedia("(prefers-color-scheme: dark)").matches')
      .catch(() => false);
    const twin = await openPage(browser, { scheme: scheme ? 'dark' : 'light' });
    await twin.page.setContent(
      html.replace('<link rel="stylesheet" href="style.css">', `<style>${style}</style>`),
    );
    const found = await findBarriers(twin.page);
    await twin.page.close();
    return found;
  }
});

async function makeProject(): Promise<string> {
  const folder = await folderWith({ 'gen-scripts.yml': settings('citest', MORE.replaceAll('8080', '7000')) });
  const run = (date: string, program: string, ...argv: string[]) => {
    const env = {
      PATH: process.env.PATH ?? '',
      HOME: folder,
      GIT_COMMITTER_DATE: date,
      GIT_AUTHOR_DATE: date,
    };
    const { status, stderr } = spawnSync(program, argv, { cwd: folder, env, encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
  };
  const git = (...argv: string[]) => run('', 'git', ...argv);
  const commit = (tag: string, date: string) => {
    run(date, 'git', '-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '-qam', tag);
    git('tag', tag);
  };
  git('init', '-q');
  git('add', 'gen-scripts.yml');
  commit('v1.0.0', '2026-01-01T00:00:00Z');
  run('', process.execPath, resolve('resources/gen-scripts.cjs'));
  await writeFile(join(folder, 'gen-scripts.yml'), settings('citest', MORE));
  commit('v1.1.0', '2026-01-02T00:00:00Z');
  return folder;
}

async function picture({ page }: Watched, name: string, part?: string, fullPage = false): Promise<void> {
  if (PICTURES === undefined) return;
  const path = join(PICTURES, `${name}.png`);
  if (part === undefined) await page.screenshot({ path, fullPage });
  else await page.locator(part).screenshot({ path });
}

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { toTransfer } from '../../src/output/transfer.js';
import { imageOf } from '../../src/parameters/image.js';
import { renderManifest } from '../../src/scripts/manifest.js';
import { renderScripts } from '../../src/scripts/render.js';
import { builtinTemplates } from '../../src/scripts/templates.js';
import { CASES, caseNames, resolveCase } from '../support/cases.js';
import { hasProgram, runProgram } from '../support/programs.js';
import { runShellCheck, systemShellCheck } from '../support/shellcheck.js';

/**
 * test/cases/NAME/input is what a user has, test/cases/NAME/expected what comes of it, reviewed as a diff.
 * `UPDATE=1 npm test -- test/cases` writes the expected files anew.
 */
const names = caseNames();

async function renderCase(name: string): Promise<Map<string, string>> {
  const app = await resolveCase(name);
  const { parameters, hosts } = app;
  const scripts = renderScripts(parameters, builtinTemplates(), '0.0.0');
  const image = imageOf(parameters);
  const { app: container, publish } = parameters;
  const transfer = toTransfer({ app: container, image, folder: 'release', publish, order: 1, hosts });
  const shipping = { version: '0.0.0', folder: 'release', transfer, hosts };
  return new Map([
    ...scripts,
    ['manifest.json', renderManifest(app.parameters, app.sources, scripts, shipping)],
  ]);
}

function update(folder: string, files: ReadonlyMap<string, string>): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const [file, text] of files) writeFileSync(join(folder, file), text);
}

describe.each(names)('%s', (name) => {
  const expected = join(CASES, name, 'expected');

  test('renders the reviewed files', async () => {
    const rendered = await renderCase(name);
    const auto = rendered.get('auto.sh');
    expect([rendered.get('repull.sh'), rendered.get('rollback.sh')]).toContain(auto);
    rendered.delete('auto.sh');
    if (process.env.UPDATE) update(expected, rendered);
    expect(readdirSync(expected).sort()).toEqual([...rendered.keys()].sort());
    for (const [file, text] of rendered) expect(text).toBe(readFileSync(join(expected, file), 'utf8'));
  });

  test('renders the same bytes again, whatever the year and the folder', async () => {
    const [here, folder] = [await renderCase(name), process.cwd()];
    const now = Date.now;
    Date.now = () => now() + 10 * 365 * 86_400_000;
    process.chdir('/');
    try {
      expect(await renderCase(name)).toEqual(here);
    } finally {
      process.chdir(folder);
      Date.now = now;
    }
  });

  const scripts = readdirSync(expected).filter((file) => file.endsWith('.sh'));
  const shellCheck = systemShellCheck();
  const needsShellCheck = shellCheck || process.env.CI === 'true' ? test : test.skip;

  needsShellCheck(
    'ShellCheck finds nothing, with every optional check',
    async () => {
      expect(
        await runShellCheck(
          shellCheck ?? 'shellcheck',
          scripts.map((file) => join(expected, file)),
        ),
      ).toBe('');
    },
    60_000,
  );

  (hasProgram('shfmt') ? test : test.skip)('shfmt would change nothing', () => {
    expect(runProgram('shfmt', ['-d', '-p', ...scripts.map((file) => join(expected, file))])).toBe('');
  });

  test('head -20 shows the whole header', () => {
    for (const file of scripts) {
      const lines = readFileSync(join(expected, file), 'utf8').split('\n');
      const end = lines.findIndex((line) => line.startsWith('# shellcheck'));
      expect({ file, end: end <= 20 && end > 10 }).toEqual({ file, end: true });
    }
  });
});

test('our own text is ASCII', () => {
  for (const name of names.filter((name) => name !== 'hostile-values')) {
    const folder = join(CASES, name, 'expected');
    for (const file of readdirSync(folder).filter((file) => file.endsWith('.sh'))) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the ASCII range
      expect([file, readFileSync(join(folder, file), 'utf8').match(/[^\x00-\x7f]/g)]).toEqual([file, null]);
    }
  }
});

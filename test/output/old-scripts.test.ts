import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { holdsPassword } from '../../src/output/old-scripts.js';
import { renderScripts } from '../../src/scripts/render.js';
import { builtinTemplates } from '../../src/scripts/templates.js';
import { cleanUp, folderWith, gen, settings } from '../commands/support.js';
import { PASSWORD, WITH_PASSWORD, WITHOUT_PASSWORD } from '../support/login-lines.js';
import { makeParameters } from '../support/parameters.js';

afterEach(cleanUp);

const SCRIPT = `docker login --username=ci --password=${PASSWORD} registry.example.com\n`;

describe('a script holds a password', () => {
  test.each(Object.entries(WITH_PASSWORD))('%s', (_, script) => expect(holdsPassword(script)).toBe(true));
});

describe('a script holds none', () => {
  test.each(Object.entries(WITHOUT_PASSWORD))('%s', (_, script) => expect(holdsPassword(script)).toBe(false));

  test.each(['none', 'file', 'shipped'] as const)('ours, with registry.login %s', (login) => {
    const hooks = { beforeDeploy: 'docker login -p 1' };
    const parameters = makeParameters({ registry: { login, username: 'ci', passwordFile: '/p' }, hooks });
    const scripts = renderScripts(parameters, builtinTemplates(), '0.1.0');
    for (const text of scripts.values()) expect(holdsPassword(text)).toBe(false);
  });

  test('a strange file does not keep it busy', () => {
    const started = process.hrtime.bigint();
    expect(holdsPassword(`docker ${'-x login '.repeat(11_000)}`)).toBe(false);
    expect(Number(process.hrtime.bigint() - started) / 1e9).toBeLessThan(5);
  });
});

describe('render', () => {
  test('names each old script with a password, once, and never the password', async () => {
    const cwd = await workspace({ 'auto.sh': SCRIPT, 'repull.sh.bak': SCRIPT, 'release/repull': SCRIPT });
    const { status, stderr, stdout } = await gen(cwd, []);
    expect(status).toBe(0);
    expect(stderr.match(/^note: .*\[GS065\]$/gm)).toEqual(
      ['auto.sh', 'repull.sh.bak', 'release/repull'].map(
        (file) => `note: ${file}: an old script holds a registry's password in plain text [GS065]`,
      ),
    );
    expect(stderr).toContain('change the password at the registry');
    expect(stderr + stdout).not.toContain(PASSWORD);
  });

  test('looks into the folder that --out names, and only once when that is the workspace', async () => {
    const cwd = await workspace({ 'ship/repull': SCRIPT, 'release/repull': SCRIPT });
    const { stderr } = await gen(cwd, ['--out', 'ship']);
    expect(stderr.match(/^note: \S+/gm)).toEqual(['note: ship/repull:']);
  });

  test('says nothing of our own scripts, of a login from stdin, of a file of another name', async () => {
    const cwd = await workspace({
      'gen-scripts.yml': settings('citest', 'hooks: { beforeDeploy: docker login -p 1 }\n'),
      'repull.sh': 'docker login --password-stdin <f\n',
      'notes.txt': SCRIPT,
    });
    await gen(cwd, []);
    expect((await gen(cwd, [])).stderr).not.toContain('GS065');
  });

  test('does not follow links, wait for pipes, or read folders and large files', async () => {
    const cwd = await workspace({ secret: SCRIPT, 'repull.sh': `${SCRIPT}${'#'.repeat(100_000)}` });
    symlinkSync('secret', join(cwd, 'repull'));
    mkdirSync(join(cwd, 'deploy'));
    execFileSync('mkfifo', [join(cwd, 'auto.sh')]);
    const { status, stderr } = await gen(cwd, []);
    expect(status).toBe(0);
    expect(stderr).not.toContain('GS065');
  });
});

async function workspace(files: Record<string, string>): Promise<string> {
  const cwd = await folderWith({ 'gen-scripts.yml': settings() });
  for (const folder of ['release', 'ship']) mkdirSync(join(cwd, folder));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
  return cwd;
}

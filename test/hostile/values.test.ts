import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { NO_SOURCE } from '../../src/parameters/git.js';
import { resolveAll } from '../../src/parameters/resolve.js';
import { UserError } from '../../src/problems/problem.js';
import { renderScripts } from '../../src/scripts/render.js';
import { builtinTemplates } from '../../src/scripts/templates.js';
import { cleanUp, folderWith, gen, JENKINS, list } from '../commands/support.js';
import { Host } from '../support/host.js';
import { installedShells, type Shell } from '../support/shells.js';
import { callsOf } from './calls.js';
import { Canary } from './canary.js';
import { HOSTILE, IMPOSSIBLE, isOneLine, steering } from './corpus.js';

const canary = new Canary();
afterAll(cleanUp);
afterAll(() => canary.remove());

const shells = installedShells();
/** A label with a line break is more than the simulator can do. */
const LABELS = HOSTILE.filter((text) => !text.includes('\n'));

/** Escapes alone, so that no editor or YAML reader has to be trusted with the characters themselves. */
function toYaml(settings: unknown): string {
  const toEscape = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(settings).replace(/[^ -~]/g, toEscape);
}

function numbered(prefix: string, texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(texts.map((text, index) => [`${prefix}${index}`, text]));
}

interface Container {
  readonly env: Record<string, string>;
  readonly labels: Record<string, string>;
  readonly command: readonly string[];
}

/** A host with the scripts that the command line made from these settings. */
async function receive(shell: Shell, container: Container, file: string, user: string): Promise<Host> {
  const host = new Host(shell);
  const historyFile = join(host.folder, 'data', file);
  const settings = {
    app: 'citest',
    image: 'registry.example.com/team/citest',
    container,
    history: { file: historyFile },
  };
  const cwd = await folderWith({ 'gen-scripts.yml': toYaml({ ...settings, health: { settle: '1s' } }) });
  const { status, stderr } = await gen(cwd, [], { ...JENKINS, ...(user ? { gitlabUserName: user } : {}) });
  expect({ status, stderr }).toMatchObject({ status: 0 });
  for (const name of await list(cwd, 'release'))
    copyFileSync(join(cwd, 'release', name), join(host.inbox, name));
  host.image('v1.0.0_manual_7');
  return host;
}

/** What `docker create` was told about the container, between our own labels and the end. */
function definition(host: Host): string[] {
  const [call = []] = callsOf(host, 'create');
  return call.slice(call.indexOf('gen-scripts.health=image') + 1);
}

function expected({ env, labels, command }: Container): string[] {
  const pairs = (option: string, map: Record<string, string>) =>
    Object.entries(map).flatMap(([key, value]) => [option, `${key}=${value}`]);
  const image = expect.stringMatching(
    /^registry\.example\.com\/team\/citest:v1\.0\.0_manual_7@sha256:[0-9a-f]{64}$/,
  );
  return [...pairs('--env', env), ...pairs('--label', labels), image as unknown as string, ...command];
}

describe('every text of the corpus in every place: each is one argument, as it was, in', () => {
  test.each(shells)('$name', async (shell) => {
    const container = {
      env: { ...numbered('E', HOSTILE), '$(gs-canary)': 'x', '`gs-canary`': 'x', "';gs-canary;'": 'x' },
      labels: { ...numbered('l', LABELS), '$(gs-canary)': 'x' },
      command: HOSTILE,
    };
    const host = await receive(
      shell,
      container,
      "it's $(gs-canary) `gs-canary` \\n * %s",
      'x\\c $(gs-canary)',
    );
    try {
      mkdirSync(join(host.folder, 'data'), { recursive: true });
      expect(host.run({ args: ['--build', '7'] })).toMatchObject({ code: 0 });
      expect(definition(host)).toEqual(expected(container));
      expect(host.containers()).toEqual({ citest: 'running' });
      for (const args of [['--list'], ['--status'], ['--outcome', '0'], ['--dry-run']])
        host.run({ script: 'rollback.sh', args });
      expect(canary.traces(host.inbox, join(host.folder, 'sim'))).toEqual([]);
      expect(readdirSync(host.folder).sort()).toEqual(['data', 'inbox', 'sim']);
      const names = readdirSync(join(host.folder, 'data')).map((name) => name.slice(name.indexOf('%s') + 2));
      expect(names.sort()).toEqual(['', '.journal', '.lock', '.out']);
      const journal = readFileSync(
        join(host.folder, 'data', "it's $(gs-canary) `gs-canary` \\n * %s.journal"),
        'utf8',
      );
      expect(journal).toContain('\t7\tx\\c $(gs-canary)\t');
    } finally {
      host.remove();
    }
  });
});

const text = fc.oneof(
  fc.constantFrom(...HOSTILE.filter((some) => some.length < 100)),
  fc
    .array(fc.constantFrom(...HOSTILE.filter((some) => some.length < 100)), { maxLength: 3 })
    .map((all) => all.join('')),
  fc.string({ unit: fc.constantFrom(...`'"\`$(){}|&;<>\\ \n\r\t-=#*gs-canary`), maxLength: 30 }),
  fc.string({ unit: 'binary', maxLength: 20 }).filter((some) => !some.includes('\0')),
);

test('any mixture of them, in one shell after the other', async () => {
  let turn = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 8 }), text, async (texts, user) => {
      const shell = shells[turn++ % shells.length] as Shell;
      const labels = texts.filter((some) => !some.includes('\n'));
      const container = { env: numbered('E', texts), labels: numbered('l', labels), command: texts };
      const host = await receive(shell, container, 'history', isOneLine(user) ? user : '');
      try {
        expect(host.run({ args: ['--build', '7'] })).toMatchObject({ code: 0 });
        expect(definition(host)).toEqual(expected(container));
        expect(canary.traces(host.inbox, join(host.folder, 'data'))).toEqual([]);
      } finally {
        host.remove();
      }
    }),
    { numRuns: 14 },
  );
}, 120_000);

describe('what no argument can carry is refused, and nothing is left to run', () => {
  test.each(IMPOSSIBLE.map((value) => ({ value })))('$value', async ({ value }) => {
    for (const key of ['env', 'labels']) {
      const settings = { app: 'citest', image: 'team/citest', container: { [key]: { X: value } } };
      const cwd = await folderWith({ 'gen-scripts.yml': toYaml(settings) });
      expect(await gen(cwd, [])).toMatchObject({ status: 2, stderr: expect.stringContaining('GS030') });
      expect(await list(cwd, 'release')).toEqual([]);
    }
  });
});

/** Variables that Jenkins sets, some of them from what people on GitLab typed. */
const VARIABLES = [
  ...['gitlabUserName', 'BUILD_USER_ID', 'BUILD_URL', 'JOB_NAME', 'BUILD_NUMBER', 'GIT_TAG', 'TAG_NAME'],
  ...['gitlabSourceBranch', 'CTRL_BUILD', 'ROLLBACK_TO', 'ROLLBACK_STEPS', 'GEN_SCRIPTS_ENV'],
];

/** Renders without a file system: refused, or the scripts. */
async function render(environment: Record<string, string>): Promise<string | ReadonlyMap<string, string>> {
  const config = toYaml({ app: 'citest', image: 'team/citest' });
  const git = async () => ({
    source: { ...NO_SOURCE, describe: 'v1', commit: 'a'.repeat(40) },
    problems: [],
    notices: [],
  });
  const input = { flags: {}, environment, configs: ['gen-scripts.yml'], readConfig: async () => config, git };
  try {
    const [app] = await resolveAll(input);
    return app ? renderScripts(app.parameters, builtinTemplates(), '0.1.0') : 'no app';
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

/** Do all of these parse? In one process: they are many. */
function parse(scripts: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'scripts-'));
  for (const [index, script] of scripts.entries()) writeFileSync(join(folder, String(index)), script);
  const { stderr } = spawnSync('sh', ['-c', 'cd "$0" && find . -type f -exec sh -n {} \\;', folder]);
  rmSync(folder, { recursive: true });
  return stderr.toString();
}

test.each(VARIABLES)(
  '%s from the environment is refused, or stands for itself',
  async (name) => {
    const accepted: string[] = [];
    for (const value of HOSTILE) {
      const made = await render({ ...JENKINS, [name]: value });
      const text = typeof made === 'string' ? made : [...made.values()].map(headerOf).join('\n');
      expect({ value, steering: steering(text) }).toEqual({ value, steering: [] });
      if (typeof made === 'string') expect(made).toMatch(/\[GS\d{3}\]/);
      else accepted.push(made.get('auto.sh') ?? '');
    }
    expect(parse(accepted)).toBe('');
  },
  60_000,
);

/** Comments, to the last line of them. */
function headerOf(script: string): string {
  const header = script.slice(0, script.indexOf('\nset -u\n'));
  expect(header.split('\n').filter((line) => !line.startsWith('#'))).toEqual([]);
  return header;
}

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { FORMATS } from '../../src/lint/formats/formats.js';
import { cleanUp, folderWith } from '../commands/support.js';
import { hasProgram } from '../support/programs.js';
import { type Completing, LOADS, STARTS } from './shells.js';

/** Letters that git takes in a tag, and that mean something to a shell. */
const HOSTILE = [
  '$(touch${IFS}PWNED)',
  '`touch${IFS}PWNED`',
  'v;touch${IFS}PWNED',
  'v&touch${IFS}PWNED',
  'v|touch${IFS}PWNED',
  "v'quote",
  'v"quote',
  'v{a,b}',
  'v(a)',
  'v<a',
  'v!1',
  '#v',
  '$HOME',
];

const CONFIG = `app: web
image: registry.example.com/team/web
history: { file: web_history }
environments:
  staging: { app: web-staging }
  production: { history: { file: other_history } }
  "$(touch PWNED)": {}
`;

const HISTORY = ['v1', 'v2'].map((tag) => `registry.example.com/team/web:${tag}\n`).join('');

let cwd = '';
let env: Record<string, string> = {};

beforeAll(async () => {
  const tools = await folderWith();
  const cli = join(tools, 'gen-scripts.cjs');
  execFileSync(process.execPath, [resolve('scripts/build.mjs'), '--out', cli]);
  await writeFile(join(tools, 'gen-scripts'), `#!/bin/sh\nexec '${process.execPath}' '${cli}' "$@"\n`);
  await chmod(join(tools, 'gen-scripts'), 0o755);
  cwd = await folderWith({
    'gen-scripts.yml': CONFIG,
    web_history: HISTORY,
    other_history: '$(touch PWNED)\n',
  });
  await mkdir(join(cwd, 'release'));
  await writeFile(join(cwd, 'release', 'auto.sh'), 'old\n');
  const PATH = [tools, process.env.PATH].join(delimiter);
  env = { PATH, HOME: tools, LC_ALL: 'C.UTF-8', GIT_CONFIG_NOSYSTEM: '1' };
  const git = (...argv: string[]) => execFileSync('git', ['-C', cwd, ...argv], { env });
  git('init', '--quiet', '--initial-branch=main');
  git(
    '-c',
    'user.name=li',
    '-c',
    'user.email=li@example.com',
    'commit',
    '--quiet',
    '--allow-empty',
    '-m',
    'x',
  );
  for (const tag of ['v1.0', 'v1.1', 'feature/login', '版本-2', ...HOSTILE]) git('tag', tag);
}, 60_000);
afterAll(cleanUp);

const CASES = [
  { name: 'a command', typed: 'gen-scripts pre', want: ['preview'] },
  { name: 'commands', typed: 'gen-scripts re', want: ['rehearse', 'render', 'report'] },
  {
    name: 'options of a command',
    typed: 'gen-scripts lint --req',
    want: ['--require-shellcheck'],
  },
  { name: 'files of a rehearsal', typed: 'gen-scripts rehearse --history gen-', want: ['gen-scripts.yml'] },
  {
    name: 'containers of a rehearsal',
    typed: 'gen-scripts rehearse --containers gen-',
    want: ['gen-scripts.yml'],
  },
  { name: 'scripts of a rehearsal', typed: 'gen-scripts rehearse gen-', want: ['gen-scripts.yml'] },
  { name: 'no hidden option', typed: 'gen-scripts rehearse --w', want: [] },
  { name: 'no option of another one', typed: 'gen-scripts report --git', want: [] },
  { name: 'choices', typed: 'gen-scripts lint --format ', want: Object.keys(FORMATS) },
  { name: 'choices of a parameter', typed: 'gen-scripts --registry-login s', want: ['shipped'] },
  { name: 'environments', typed: 'gen-scripts --env ', want: ['production', 'staging'] },
  { name: 'a value behind =', typed: 'gen-scripts --env=s', want: ['--env=staging'] },
  { name: 'a value in quotes', typed: `gen-scripts --env 's`, want: ['staging'] },
  { name: 'a value after an option', typed: 'gen-scripts --git-tag=v1.0 --env s', want: ['staging'] },
  {
    name: 'git tags, but for what a shell acts on',
    typed: 'gen-scripts --git-tag ',
    want: ['feature/login', 'v1.0', 'v1.1', '版本-2'],
  },
  { name: 'versions of the history', typed: 'gen-scripts --rollback-to ', want: ['v1', 'v2'] },
  {
    name: 'without a history that can be used, git tags',
    typed: 'gen-scripts --env production --rollback-to v',
    want: ['v1.0', 'v1.1'],
  },
  { name: 'steps', typed: 'gen-scripts --rollback-steps ', want: ['1', '2'] },
  { name: 'scripts', typed: 'gen-scripts preview ro', want: ['rollback.sh'] },
  {
    name: 'what to compare with: tags, branches and files',
    typed: 'gen-scripts preview --against ',
    want: [
      ...['feature/login', 'main', 'v1.0', 'v1.1', '版本-2'],
      ...['gen-scripts.yml', 'other_history', 'release', 'web_history'],
    ],
  },
  { name: 'a branch', typed: 'gen-scripts preview --against=ma', want: ['--against=main'] },
  {
    name: 'a file where no revision begins so',
    typed: 'gen-scripts preview --against web',
    want: ['web_history'],
  },
  { name: 'files', typed: 'gen-scripts history web', want: ['web_history'] },
  { name: 'a file behind =', typed: 'gen-scripts --config=gen', want: ['--config=gen-scripts.yml'] },
  { name: 'after a variable', typed: 'X=1 gen-scripts --env s', want: ['staging'] },
  { name: 'in a pipeline', typed: 'true | gen-scripts --env=s', want: ['--env=staging'] },
  { name: 'behind a blank too many', typed: 'gen-scripts  lint   --format g', want: ['gcc', 'gitlab'] },
  { name: 'a value that nobody knows', typed: 'gen-scripts init --port ', want: [] },
] as const;

/** Without a terminal of its own no shell but fish can be driven. */
const canDrive = process.platform === 'linux' && hasProgram('script');

describe.each(['bash', 'zsh', 'fish'] as const)('%s', (shell) => {
  const isHere = hasProgram(shell) && (shell === 'fish' || canDrive);
  const testHere = isHere ? test : test.skip;
  let completing: Completing | undefined;

  beforeAll(async () => {
    if (isHere) completing = await STARTS[shell](LOADS[shell]('gen-scripts', ''), { cwd, env });
  }, 60_000);
  afterAll(() => completing?.close());

  testHere.each(CASES)(
    '$name: $typed',
    async ({ typed, want }) => {
      expect((await completing?.offers(typed))?.sort()).toEqual([...want].sort());
    },
    60_000,
  );

  testHere.each([
    'gen-scripts --env $(touch PWNED) --env ',
    'gen-scripts `touch PWNED` --env=',
    'gen-scripts --env "$(touch PWNED)',
  ])(
    'what is typed is not run before Return: %s',
    async (typed) => {
      await completing?.offers(typed);
      expect(existsSync(join(cwd, 'PWNED'))).toBe(false);
    },
    60_000,
  );

  testHere('nothing was run, said or removed', () => {
    expect(existsSync(join(cwd, 'PWNED'))).toBe(false);
    expect(existsSync(join(cwd, 'release', 'auto.sh'))).toBe(true);
    expect(completing?.output()).not.toMatch(/syntax error|parse error|not found|bad pattern|no matches/);
  });

  if (shell === 'zsh')
    testHere(
      'as a file that compinit finds',
      async () => {
        const file = execFileSync('gen-scripts', ['completion', 'zsh'], { env, encoding: 'utf8' });
        const folder = await folderWith({ '_gen-scripts': file });
        const load = `fpath=('${folder}' $fpath); compinit -u -d "$HOME/other"`;
        const found = await STARTS.zsh(load, { cwd, env });
        try {
          expect(await found.offers('gen-scripts pre')).toEqual(['preview']);
          expect(await found.offers('gen-scripts --env s')).toEqual(['staging']);
        } finally {
          found.close();
        }
      },
      60_000,
    );

  testHere(
    'for a function of another name',
    async () => {
      const define =
        shell === 'fish' ? 'function gen; gen-scripts $argv; end' : 'gen() { gen-scripts "$@"; }';
      const load = `${define}\n${LOADS[shell]('gen', ' --name gen')}`;
      const named = await STARTS[shell](load, { cwd, env });
      try {
        expect(await named.offers('gen pre')).toEqual(['preview']);
      } finally {
        named.close();
      }
    },
    60_000,
  );
});

import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from '@jest/globals';
import type { Host } from '../support/host.js';
import { scenario } from '../support/scenario.js';
import { expectOnlyServing, prepare } from './support.js';

/** Starts the script under another umask than the SSH server's. */
const under = (umask: string) => ({ through: ['sh', '-c', `umask ${umask}; exec "$@"`, 'sh'] });

/** Mode of everything below the history's folder. */
function modes(host: Host): Record<string, string> {
  const folder = dirname(host.history);
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const octal = (name: string) => (lstatSync(join(folder, name)).mode & 0o7777).toString(8);
  return Object.fromEntries(names.map((name) => [name.replace('citest_history', ''), octal(name)]));
}

const SETTLED = { '': '600', '.journal': '600', '.lock': '600', '.out': '600' };

for (const umask of ['000', '022', '077', '0777']) {
  scenario(`umask ${umask}: no file is for anybody else's eyes, at the end or in between`, (host) => {
    for (const tag of ['v1', 'v2']) host.image(tag);
    expect(host.deploy('v1', 1, {}, under(umask)).code).toBe(0);
    expect(host.deploy('v2', 2, {}, under(umask)).code).toBe(0);
    expect(modes(host)).toEqual(SETTLED);
    host.image('v3');
    const env = { SIM_FAULT: 'call=start nth=1 do=kill-before' };
    host.deploy('v3', 3, {}, { ...under(umask), env });
    const { '.work': work, '.swap': swap, '.next': next, ...rest } = modes(host);
    expect({ work, swap, next }).toEqual({ work: '700', swap: '600', next: '600' });
    const inside = Object.entries(rest).filter(([name]) => name.startsWith('.work/'));
    expect(inside.filter(([, mode]) => mode !== '600')).toEqual([]);
    expect(host.rollback(4, {}, under(umask)).code).toBe(0);
    expect(modes(host)).toEqual(SETTLED);
  });
}

scenario('the login of a pull is for nobody else, and is gone after the run that was killed', (host) => {
  host.image('v1');
  host.sim('registry', 'password', 'ci', 'canary-5ecret');
  host.ship({ tag: 'v1', registry: { login: 'shipped' } }, { 'registry.credentials': 'ci\ncanary-5ecret\n' });
  host.run({ ...under('000'), env: { SIM_FAULT: 'call=pull nth=1 do=kill-before' } });
  expect(modes(host)).toMatchObject({
    '.work': '700',
    '.work/docker': '700',
    '.work/docker/config.json': '600',
  });
  expect(existsSync(join(host.inbox, 'registry.credentials'))).toBe(false);
  host.run();
  const found = spawnSync('grep', ['-rl', '--exclude-dir=sim', 'canary-5ecret', host.folder]);
  expect(found.stdout.toString()).toBe('');
});

scenario('a history keeps the mode that it has', (host) => {
  host.image('v1');
  writeFileSync(host.history, '');
  chmodSync(host.history, 0o640);
  for (const [index, tag] of ['v1', 'v2'].entries()) {
    host.image(tag);
    expect(host.deploy(tag, index + 1, {}, under('000')).code).toBe(0);
  }
  host.rollback(3);
  expect(modes(host)['']).toBe('640');
});

scenario('credentials that are a symbolic link are neither followed nor deleted', (host) => {
  host.image('v1');
  host.sim('registry', 'password', 'ci', 'canary-5ecret');
  const victim = join(host.folder, 'victim');
  writeFileSync(victim, 'ci\ncanary-5ecret\n');
  symlinkSync(victim, join(host.inbox, 'registry.credentials'));
  host.ship({ tag: 'v1', registry: { login: 'shipped' } });
  expect(host.run()).toMatchObject({ code: 12, output: expect.stringContaining('GS133') });
  expect(readFileSync(victim, 'utf8')).toBe('ci\ncanary-5ecret\n');
});

const SUFFIXES = ['', '.journal', '.out', '.out.1', '.swap', '.next', '.lock'];

/** What stands at `path`, without opening it. */
function kindOf(path: string): string {
  const stat = lstatSync(path);
  return stat.isSymbolicLink() ? readlinkSync(path) : String(stat.mode & 0o170000);
}

scenario('a link, a pipe, a device or a folder in place of a file is refused and left alone', (host) => {
  prepare(host, 'v1');
  host.image('v2');
  const before = { containers: host.containers(), journal: host.lines('.journal').length };
  const [victim, folder] = [join(host.folder, 'victim'), join(host.folder, 'their')];
  writeFileSync(victim, 'precious\n');
  mkdirSync(folder);
  const plants: Record<string, (path: string) => void> = {
    'GS108 file': (path) => symlinkSync(victim, path),
    'GS108 folder': (path) => symlinkSync(folder, path),
    'GS108 nothing': (path) => symlinkSync(join(host.folder, 'dangling'), path),
    'GS107 pipe': (path) => spawnSync('mkfifo', [path]),
    'GS107 device': (path) => spawnSync('mknod', [path, 'c', '1', '3']),
    'GS107 folder': (path) => mkdirSync(path),
  };
  host.ship({ tag: 'v2', jenkins: { buildNumber: '2' } });
  for (const suffix of SUFFIXES) {
    const path = host.history + suffix;
    const old = existsSync(path) ? readFileSync(path) : undefined;
    for (const [name, plant] of Object.entries(plants)) {
      if (name === 'GS107 device' && process.getuid?.() !== 0) continue;
      rmSync(path, { force: true });
      plant(path);
      const kind = kindOf(path);
      const script = suffix === '.next' ? 'rollback.sh' : 'repull.sh';
      const { code, output } = host.run({ script });
      expect({ suffix, name, code, output }).toMatchObject({
        code: 10,
        output: expect.stringContaining(name.slice(0, 5)),
      });
      expect(kindOf(path)).toBe(kind);
      rmSync(path, { recursive: true });
    }
    if (old) writeFileSync(path, old, { mode: 0o600 });
  }
  expect(readFileSync(victim, 'utf8')).toBe('precious\n');
  expect([readdirSync(folder), existsSync(join(host.folder, 'dangling'))]).toEqual([[], false]);
  expect({ containers: host.containers(), journal: host.lines('.journal').length }).toEqual(before);
});

scenario('the private folder is made anew, whatever stood in its place', (host) => {
  const folder = join(host.folder, 'their');
  mkdirSync(folder);
  writeFileSync(join(folder, 'file'), 'precious\n');
  const work = `${host.history}.work`;
  const plants = [
    () => symlinkSync(folder, work),
    () => symlinkSync(join(host.folder, 'dangling'), work),
    () => writeFileSync(work, 'x'),
    () => spawnSync('mkfifo', [work]),
    () => {
      mkdirSync(work);
      symlinkSync(folder, join(work, 'docker'));
    },
  ];
  for (const [index, plant] of plants.entries()) {
    plant();
    host.image(`v${index}`);
    expect(host.deploy(`v${index}`, index + 1).code).toBe(0);
    expect(existsSync(work)).toBe(false);
  }
  expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('precious\n');
  expect(existsSync(join(host.folder, 'dangling'))).toBe(false);
});

scenario('a link put there after the check is not written through', (host) => {
  prepare(host, 'v1');
  host.image('v2');
  const victim = join(host.folder, 'victim');
  writeFileSync(victim, 'precious\n');
  const links = ['.swap', '.next', '.out.1'].map((suffix) => `${host.history}${suffix}`);
  const beforeDeploy = links.map((link) => `ln -s '${victim}' '${link}'`).join('; ');
  expect(host.deploy('v2', 2, { hooks: { beforeDeploy } }).code).toBe(0);
  expect(readFileSync(victim, 'utf8')).toBe('precious\n');
  expectOnlyServing(host, 'v2');
});

scenario(
  'a hard link in place of the history or a file of the swap is replaced, not written through',
  (host) => {
    prepare(host, 'v1');
    host.image('v2');
    const victim = join(host.folder, 'victim');
    for (const suffix of ['.next', '']) {
      writeFileSync(victim, 'registry.example.com/team/citest:v0\n');
      rmSync(host.history + suffix, { force: true });
      linkSync(victim, host.history + suffix);
      const tag = suffix === '' ? 'v2' : 'v1';
      expect(host.deploy(tag, 2, {}, { args: ['--force'] }).code).toBe(0);
      expect(readFileSync(victim, 'utf8')).toBe('registry.example.com/team/citest:v0\n');
    }
    expect(host.versions()).toEqual(['v0', 'v1']);
  },
);

scenario('a folder where everybody may write: no deploy, and a rollback that says so', (host) => {
  prepare(host, 'v1');
  const before = host.containers();
  for (const mode of [0o777, 0o757, 0o1777, 0o722]) {
    chmodSync(dirname(host.history), mode);
    for (const [script, code] of [
      ['repull.sh', 10],
      ['rollback.sh', 13],
    ] as const)
      expect(host.run({ script })).toMatchObject({
        code,
        output: expect.stringMatching(/GS109[\s\S]*chmod o-w/),
      });
  }
  expect(host.containers()).toEqual(before);
  chmodSync(dirname(host.history), 0o775);
  expect(host.run({ script: 'repull.sh' }).code).toBe(0);
});

scenario('without access to docker: said by both scripts, and no container or history is touched', (host) => {
  prepare(host, 'v1', 'v2');
  const before = { containers: host.containers(), history: readFileSync(host.history, 'utf8') };
  host.ship({ tag: 'v2', jenkins: { buildNumber: '2' } });
  host.sim('daemon', 'denied');
  const asked = host.calls().length;
  for (const script of ['repull.sh', 'rollback.sh'])
    expect(host.run({ script })).toMatchObject({
      code: 10,
      output: expect.stringMatching(/GS103 user \S+ may not talk to docker\n[\s\S]*usermod -aG docker/),
    });
  expect(
    host
      .calls()
      .slice(asked)
      .every((call) => call.includes(' docker version ')),
  ).toBe(true);
  expect(host.leftovers()).toEqual(['', '.journal', '.lock', '.out']);
  host.sim('daemon', 'up');
  expect({ containers: host.containers(), history: readFileSync(host.history, 'utf8') }).toEqual(before);
});

scenario('a dry run makes its copies where TMPDIR says, or says that it cannot', (host) => {
  host.image('v1');
  host.ship({ tag: 'v1' });
  const odd = join(host.folder, "it's $(touch gs-file) `x` \\n * -rf");
  mkdirSync(odd);
  const file = join(host.folder, 'file');
  writeFileSync(file, 'precious\n');
  const dry = (TMPDIR: string) => host.run({ args: ['--dry-run'], env: { TMPDIR } });
  expect(dry(odd).code).toBe(0);
  expect(readdirSync(odd)).toEqual([]);
  for (const TMPDIR of [file, join(host.folder, 'missing'), '-rf', '--version', '$(touch gs-file)'])
    expect([TMPDIR, dry(TMPDIR)]).toEqual([
      TMPDIR,
      expect.objectContaining({ code: 10, output: expect.stringContaining('GS111') }),
    ]);
  expect(readFileSync(file, 'utf8')).toBe('precious\n');
  expect(['/gs-file', join(host.folder, 'gs-file')].filter(existsSync)).toEqual([]);
  expect(statSync(odd).isDirectory()).toBe(true);
});

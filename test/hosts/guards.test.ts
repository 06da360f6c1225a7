import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import type { Host } from '../support/host.js';
import { scenario } from '../support/scenario.js';

/** Everything that a file or folder of the host can show of having been touched. */
function fingerprint(host: Host): string {
  return spawnSync(
    'sh',
    ['-c', 'find data inbox sim/state -type f -exec sha256sum {} + | sort; ls -a data'],
    { cwd: host.folder },
  ).stdout.toString();
}

scenario(
  '--dry-run changes nothing, neither before a first deploy nor before an update or a rollback',
  (host) => {
    for (const tag of ['v1', 'v2']) host.image(tag);
    host.ship({ tag: 'v1' });
    const empty = fingerprint(host);
    expect(host.run({ args: ['--dry-run'] })).toMatchObject({
      code: 0,
      output: expect.stringContaining('+ docker create'),
    });
    expect(fingerprint(host)).toBe(empty);
    host.run();
    host.ship({ tag: 'v2' });
    const before = fingerprint(host);
    expect(host.run({ args: ['--dry-run'] })).toMatchObject({
      code: 0,
      output: expect.stringContaining('+ docker stop'),
    });
    expect(fingerprint(host)).toBe(before);
    host.run();
    const deployed = fingerprint(host);
    expect(host.run({ args: ['--dry-run'], script: 'rollback.sh' }).output).toMatch(/\+ docker start/);
    expect(fingerprint(host)).toBe(deployed);
    expect(host.serves()).toBe('v2');
  },
);

scenario('a script of another build refuses to run', (host) => {
  host.image('v1');
  host.ship({ tag: 'v1', jenkins: { buildNumber: '7' } });
  expect(host.run({ args: ['--build', '8'] })).toMatchObject({
    code: 64,
    output: expect.stringContaining('GS161'),
  });
  expect(host.calls()).toEqual([]);
});

scenario('wrong usage: 64, and docker is not even asked', (host) => {
  host.ship({ tag: 'v1' });
  for (const args of [['--nope'], ['--build'], ['x'], ['--adopt'], ['--adopt', ''], ['']])
    expect(host.run({ args })).toMatchObject({ code: 64 });
  for (const args of [
    ['--steps', '0'],
    ['--steps', '01'],
    ['--steps', 'x'],
    ['--steps', '-1'],
    ['--steps', '1', '--to', 'v1'],
    ['--to', 'a b'],
    ['--to', ''],
    ['--steps', ''],
    ['--to', '$(id)'],
  ]) {
    expect([args, host.run({ args, script: 'rollback.sh' }).code]).toEqual([args, 64]);
  }
  expect(host.calls()).toEqual([]);
});

scenario('--help is the header, and head -20 shows it whole', (host) => {
  host.ship({ tag: 'v1' });
  const { code, output } = host.run({ args: ['--help'] });
  expect(code).toBe(0);
  expect(output).toContain('usage');
  expect(output.split('\n').length).toBeLessThanOrEqual(20);
  expect(output).not.toContain('shellcheck');
});

scenario('no docker for this user: says what to type, before anything else', (host) => {
  host.image('v1');
  host.sim('daemon', 'denied');
  expect(host.deploy('v1', 1)).toMatchObject({
    code: 10,
    output: expect.stringMatching(/^repull: GS103 .*\n.*usermod -aG docker/),
  });
  host.sim('daemon', 'down');
  expect(host.run()).toMatchObject({ code: 10, output: expect.stringMatching(/^repull: GS105 /) });
  // That it was tried is all that is left of it: see decision 0015.
  expect(host.journal()).toEqual(['deploy kept', 'deploy kept']);
  expect(host.leftovers()).toEqual(['.journal', '.lock', '.out']);
});

for (const { engine, code } of [
  { engine: ['20.10.24', 'Engine'], code: 0 },
  { engine: ['28.2.2', 'Engine'], code: 0 },
  { engine: ['23.0.0-rc.1', 'Engine'], code: 0 },
  { engine: ['20.10', 'Engine'], code: 0 },
  { engine: ['19.03.15', 'Engine'], code: 10 },
  { engine: ['1.13.1', 'Engine'], code: 10 },
  { engine: ['4.9.3', 'Podman Engine'], code: 10 },
]) {
  scenario(`engine ${engine.join(' ')}: ${code === 0 ? 'accepted' : 'refused'}`, (host) => {
    host.image('v1');
    host.sim('engine', ...engine);
    const run = host.deploy('v1', 1);
    expect(run.code).toBe(code);
    if (code !== 0) expect(run.output).toMatch(/GS104|GS106/);
  });
}

scenario("the history's folder is made, and readable for others", (host) => {
  host.image('v1');
  const file = join(host.folder, 'new', 'deep', 'citest_history');
  expect(host.deploy('v1', 1, { history: { file } }).code).toBe(0);
  expect(statSync(join(host.folder, 'new')).mode & 0o777).toBe(0o755);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

scenario('a symbolic link in place of one of our files is refused', (host) => {
  host.image('v1');
  for (const suffix of ['', '.journal', '.swap', '.next', '.lock', '.out']) {
    const target = join(host.folder, 'victim');
    writeFileSync(target, 'precious\n');
    symlinkSync(target, host.history + suffix);
    expect(host.deploy('v1', 1)).toMatchObject({ code: 10, output: expect.stringContaining('GS108') });
    expect(readFileSync(target, 'utf8')).toBe('precious\n');
    rmSync(host.history + suffix);
  }
});

scenario('a folder where a file should be is refused', (host) => {
  host.image('v1');
  const folder = `${host.history}.journal`;
  mkdirSync(folder);
  expect(host.deploy('v1', 1)).toMatchObject({ code: 10, output: expect.stringContaining('GS107') });
  rmSync(folder, { recursive: true });
});

scenario('a swap file that names containers of another app is not acted on', (host) => {
  for (const tag of ['v1', 'v2']) host.image(tag);
  host.sim('image', 'registry.example.com/team/other:v1');
  host.command(
    'docker',
    'run',
    '-d',
    '--name',
    'victim',
    '--label',
    'gen-scripts.app=other',
    'registry.example.com/team/other:v1',
  );
  host.deploy('v1', 1);
  const victim = host.command('docker', 'container', 'inspect', '--format', '{{.Id}}', 'victim');
  writeFileSync(`${host.history}.next`, '');
  writeFileSync(
    `${host.history}.swap`,
    `run R deploy stop - 1 me\nold - citest no park image -\nnew ${victim} victim no created image x\nend\n`,
  );
  expect(host.deploy('v2', 2)).toMatchObject({ code: 12, output: expect.stringContaining('GS145') });
  expect(host.containers()).toEqual({ victim: 'running', citest: 'running' });
});

scenario('an env file that is not there: refused before anything is touched', (host) => {
  host.image('v1');
  host.deploy('v1', 1);
  expect(host.deploy('v1', 2, { container: { envFile: '/nonexistent' } })).toMatchObject({
    code: 10,
    output: expect.stringContaining('GS101'),
  });
  expect(host.serves()).toBe('v1');
});

scenario('a private registry, password file on the host', (host) => {
  const passwordFile = join(host.folder, 'password');
  writeFileSync(passwordFile, 'canary-5ecret\n');
  host.image('v1');
  host.sim('registry', 'password', 'ci', 'canary-5ecret');
  const registry = { login: 'file', username: 'ci', passwordFile } as const;
  expect(host.deploy('v1', 1).code).toBe(12);
  expect(host.deploy('v1', 2, { registry }).code).toBe(0);
  writeFileSync(passwordFile, 'wrong\n');
  expect(host.deploy('v1', 3, { registry })).toMatchObject({
    code: 10,
    output: expect.stringContaining('GS131'),
  });
  expect(existsSync(join(host.folder, '.docker'))).toBe(false);
});

scenario('a private registry, credentials shipped: deleted on arrival, used once, nowhere else', (host) => {
  for (const tag of ['v1', 'v2']) host.image(tag);
  host.sim('registry', 'password', 'ci', 'canary-5ecret');
  const registry = { login: 'shipped' } as const;
  host.ship({ tag: 'v1', registry }, { 'registry.credentials': 'ci\ncanary-5ecret\n' });
  expect(host.run()).toMatchObject({ code: 0 });
  expect(existsSync(join(host.inbox, 'registry.credentials'))).toBe(false);
  const found = spawnSync('grep', ['-rl', '--exclude-dir=sim', 'canary-5ecret', host.folder]);
  expect(found.stdout.toString()).toBe('');
  expect(readFileSync(join(host.folder, 'sim', 'calls'), 'utf8')).not.toContain('canary');
  // An SSH retry of this build comes without them, and finds its work done.
  expect(host.run()).toMatchObject({ code: 0, result: expect.stringContaining('already running') });
  host.ship({ tag: 'v2', registry });
  expect(host.run()).toMatchObject({ code: 10, output: expect.stringContaining('docker pull') });
});

scenario('shipped credentials are gone even when the run does nothing', (host) => {
  host.ship(
    { tag: 'v1', jenkins: { buildNumber: '7' }, registry: { login: 'shipped' } },
    { 'registry.credentials': 'ci\nx\n' },
  );
  expect(host.run({ args: ['--build', '8'] }).code).toBe(64);
  expect(existsSync(join(host.inbox, 'registry.credentials'))).toBe(false);
});

scenario('a context that is not the default one is still the one that is used after the login', (host) => {
  host.image('v1');
  host.sim('context', 'unix:///run/user/1000/docker.sock');
  host.sim('registry', 'password', 'ci', 'x');
  host.ship({ tag: 'v1', registry: { login: 'shipped' } }, { 'registry.credentials': 'ci\nx\n' });
  expect(host.run()).toMatchObject({ code: 0 });
});

scenario('an image with hostile labels and a hostile container cannot pose as ours', (host) => {
  for (const tag of ['v1', 'v2']) host.image(tag);
  const forged = `x" ours citest ${'a'.repeat(64)} running ours citest "y"`;
  host.sim('image', 'registry.example.com/evil/app:1');
  host.command(
    'docker',
    'run',
    '-d',
    '--name',
    'evil',
    '--label',
    `gen-scripts.image=${forged}`,
    'registry.example.com/evil/app:1',
  );
  host.command(
    'docker',
    'run',
    '-d',
    '--name',
    'evil2',
    '--label',
    'gen-scripts.app=citest',
    '--label',
    `gen-scripts.image=${forged}`,
    'registry.example.com/evil/app:1',
  );
  expect(host.deploy('v1', 1).code).toBe(0);
  expect(host.deploy('v2', 2).code).toBe(0);
  expect(host.rollback(3).code).toBe(0);
  expect(host.containers()).toEqual({ citest: 'running', evil: 'running', evil2: 'running' });
});

scenario('scripts may be sent to and started from a folder with blanks and quotes', (host) => {
  host.image('v1');
  const scripts = host.ship({ tag: 'v1' });
  const folder = join(host.inbox, "it's a folder");
  mkdirSync(folder);
  const file = join(folder, 'auto.sh');
  writeFileSync(file, scripts.get('auto.sh') ?? '');
  chmodSync(file, 0o644);
  expect(host.run({ script: "it's a folder/auto.sh" }).code).toBe(0);
});

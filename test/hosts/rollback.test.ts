import { appendFileSync, writeFileSync } from 'node:fs';
import { expect } from '@jest/globals';
import { scenario } from '../support/scenario.js';
import { expectOnlyServing, prepare } from './support.js';

scenario('rollback: the parked container comes back whole, without the registry', (host) => {
  prepare(host, 'v1', 'v2');
  const calls = host.calls().length;
  host.sim('registry', 'down');
  expect(host.rollback(3).code).toBe(0);
  expect(host.serves()).toBe('v1');
  expect(host.containers()).toEqual({ citest: 'running' });
  expect(host.versions()).toEqual([]);
  expect(host.calls().slice(calls).join('\n')).not.toMatch(/docker '?(pull|create)/);
  const policy = host.command(
    'docker',
    'container',
    'inspect',
    '--format',
    '{{.HostConfig.RestartPolicy.Name}}',
    'citest',
  );
  expect(policy).toBe('unless-stopped');
});

scenario('rollback again for the same build: says so, changes nothing; --steps 1 goes further', (host) => {
  prepare(host, 'v1', 'v2', 'v3');
  host.rollback(4);
  expect(host.run({ args: ['--build', '4'] })).toMatchObject({
    code: 0,
    output: expect.stringContaining('already rolled back'),
  });
  expect(host.serves()).toBe('v2');
  expect(host.versions()).toEqual(['v1']);
  expect(host.run({ args: ['--steps', '1'] }).code).toBe(0);
  expect(host.serves()).toBe('v1');
});

scenario('rollback of another build goes one step further', (host) => {
  prepare(host, 'v1', 'v2', 'v3');
  host.rollback(4);
  expect(host.rollback(5).code).toBe(0);
  expect(host.serves()).toBe('v1');
});

scenario('A, B, rollback, C, rollback: A runs, never B', (host) => {
  prepare(host, 'a1', 'b1');
  host.rollback(3);
  host.image('c1');
  expect(host.deploy('c1', 4).code).toBe(0);
  expect(host.versions()).toEqual(['a1']);
  expect(host.rollback(5).code).toBe(0);
  expect(host.serves()).toBe('a1');
  expect(host.versions()).toEqual([]);
});

scenario('empty history: nothing to rollback, 13, nothing touched', (host) => {
  prepare(host, 'v1');
  expect(host.rollback(2)).toMatchObject({
    code: 13,
    output: expect.stringContaining('nothing to rollback'),
  });
  expect(host.serves()).toBe('v1');
  expect(host.journal()).toEqual(['deploy done']);
});

scenario('a host that never had the app: 13', (host) => {
  expect(host.rollback(1).code).toBe(13);
  expect(host.containers()).toEqual({});
});

scenario('--steps 2 skips a version, which is never a target again', (host) => {
  prepare(host, 'v1', 'v2', 'v3');
  expect(host.rollback(4, {}, { args: ['--steps', '2'] }).code).toBe(0);
  expect(host.serves()).toBe('v1');
  expect(host.versions()).toEqual([]);
  expect(host.containers()).toEqual({ citest: 'running' });
});

scenario('--steps beyond the history: 13', (host) => {
  prepare(host, 'v1', 'v2');
  expect(host.rollback(3, {}, { args: ['--steps', '2'] }).code).toBe(13);
  expect(host.serves()).toBe('v2');
});

scenario('ROLLBACK_STEPS of the build; an SSH retry does not go on', (host) => {
  prepare(host, 'v1', 'v2', 'v3', 'v4');
  expect(host.rollback(5, { rollback: { steps: 2 } }).code).toBe(0);
  expect(host.run({ args: ['--build', '5'] }).code).toBe(0);
  expect(host.serves()).toBe('v2');
});

scenario('--to a digest', (host) => {
  prepare(host, 'v1', 'v2', 'v3');
  const digest = host.lines('')[0]?.split('@')[1] ?? '';
  expect(host.rollback(4, {}, { args: ['--to', digest] }).code).toBe(0);
  expect(host.serves()).toBe('v1');
});

for (const to of ['v1', 'registry.example.com/team/citest:v1']) {
  scenario(`--to ${to}; again it is already there`, (host) => {
    prepare(host, 'v1', 'v2', 'v3');
    expect(host.rollback(4, {}, { args: ['--to', to] }).code).toBe(0);
    expect(host.serves()).toBe('v1');
    expect(host.versions()).toEqual([]);
    expect(host.run({ args: ['--to', to] })).toMatchObject({
      code: 0,
      output: expect.stringContaining('the wanted version'),
    });
  });
}

scenario('ROLLBACK_TO of the build', (host) => {
  prepare(host, 'v1', 'v2', 'v3');
  expect(host.rollback(4, { rollback: { to: 'v1' } }).code).toBe(0);
  expect(host.serves()).toBe('v1');
});

scenario('--to what the history does not hold: 13, nothing touched', (host) => {
  prepare(host, 'v1', 'v2');
  expect(host.rollback(3, {}, { args: ['--to', 'v9'] }).code).toBe(13);
  expect(host.serves()).toBe('v2');
  expect(host.versions()).toEqual(['v1']);
});

scenario('the last deploy failed: a bare rollback says what serves; --steps 1 goes further', (host) => {
  prepare(host, 'v1', 'v2');
  host.image('sick', 'healthcheck', 'unhealthy');
  expect(host.deploy('sick', 3).code).toBe(11);
  expect(host.rollback(4)).toMatchObject({
    code: 0,
    output: expect.stringContaining('the last deploy failed'),
  });
  expect(host.serves()).toBe('v2');
  expect(host.run({ args: ['--steps', '1'] }).code).toBe(0);
  expect(host.serves()).toBe('v1');
});

scenario('no parked container, image still here: made from it without the registry', (host) => {
  prepare(host, 'v1', 'v2');
  const parked = Object.keys(host.containers()).find((name) => name !== 'citest') ?? '';
  host.command('docker', 'rm', parked);
  host.sim('registry', 'down');
  expect(host.rollback(3).code).toBe(0);
  expect(host.serves()).toBe('v1');
});

scenario('no parked container and no image: pulled by its digest, although the tag has moved', (host) => {
  prepare(host, 'v1', 'v2');
  const parked = Object.keys(host.containers()).find((name) => name !== 'citest') ?? '';
  host.command('docker', 'rm', parked);
  host.command('docker', 'rmi', 'registry.example.com/team/citest:v1');
  host.sim('local', 'registry.example.com/team/citest:v1', 'version=forged');
  expect(host.rollback(3).code).toBe(0);
  expect(host.serves()).toBe('v1');
});

scenario('the target cannot be pulled: 10, and history, journal and container are as they were', (host) => {
  prepare(host, 'v1', 'v2');
  const parked = Object.keys(host.containers()).find((name) => name !== 'citest') ?? '';
  host.command('docker', 'rm', parked);
  host.command('docker', 'rmi', 'registry.example.com/team/citest:v1');
  host.sim('registry', 'down');
  expect(host.rollback(3).code).toBe(10);
  expect(host.serves()).toBe('v2');
  expect(host.versions()).toEqual(['v1']);
});

scenario(
  'the target does not come up: the version rolled back from returns, the history keeps its line',
  (host) => {
    host.image('v1', 'sick-after=60000', 'healthcheck');
    host.image('v2');
    host.deploy('v1', 1);
    host.deploy('v2', 2);
    host.sim('registry', 'down');
    const parked = Object.keys(host.containers()).find((name) => name !== 'citest') ?? '';
    host.sim('next-id', 'f'.repeat(64));
    host.command('docker', 'rm', parked);
    host.sim('registry', 'up');
    host.sim('image', 'registry.example.com/team/citest:bad', 'crash=1');
    appendFileSync(host.history, 'registry.example.com/team/citest:bad\n');
    expect(host.rollback(3)).toMatchObject({ code: 11 });
    expect(host.serves()).toBe('v2');
    expect(host.versions()).toEqual(['v1', 'bad']);
  },
);

scenario('--list shows the steps and changes nothing', (host) => {
  prepare(host, 'v1', 'v2', 'v3');
  host.ship({ mode: 'rollback', tag: '', jenkins: { buildNumber: '4' } });
  const { code, output } = host.run({ args: ['--list'] });
  expect(code).toBe(0);
  expect(output).toMatch(
    /^ +1 {2}registry\.example\.com\/team\/citest:v2@\S+ {2}\(parked: instant\)\n +2 {2}\S+:v1@\S+ {2}\(parked: instant\)\n$/,
  );
  expect(host.run({ args: ['--status'] }).output).toContain('running /citest');
  expect(host.journal()).toHaveLength(3);
});

scenario('--list shows no control characters, and says when it may not look', (host) => {
  prepare(host, 'v1');
  writeFileSync(host.history, 'registry.example.com/team/citest:\u001b]0;pwned\u0007\n');
  host.ship({ mode: 'rollback', tag: '' });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what must not be there
  expect(host.run({ args: ['--list'] }).output).not.toMatch(/[\x00-\x08\x0e-\x1f]/);
});

scenario('hostile history lines are refused by number, nothing is lost', (host) => {
  prepare(host, 'v1', 'v2');
  const lines = [
    '--privileged',
    '$(touch /tmp/pwned)',
    'registry.example.com/team/other:v1',
    '../../etc/passwd',
    'registry.example.com/team/citest:v1 --privileged',
  ];
  for (const line of lines) {
    writeFileSync(host.history, `registry.example.com/team/citest:v1\n${line}\n`);
    expect(host.rollback(3)).toMatchObject({ code: 10, output: expect.stringContaining(':2: ') });
    expect(host.lines('')).toEqual(['registry.example.com/team/citest:v1', line]);
  }
  expect(host.serves()).toBe('v2');
});

scenario(
  "the old recipe's history is read as it is: blank lines, no final line end, no digest, duplicates",
  (host) => {
    prepare(host, 'v1', 'v2');
    host.image('old');
    writeFileSync(
      host.history,
      '\nregistry.example.com/team/citest:old\n\nregistry.example.com/team/citest:old',
    );
    expect(host.rollback(3).code).toBe(0);
    expect(host.serves()).toBe('old');
    expect(host.versions()).toEqual(['old']);
  },
);

scenario(
  'a rollback after a failed deploy, tried again because docker failed: still not past what runs',
  (host) => {
    prepare(host, 'v1', 'v2');
    host.image('v3', 'crash');
    expect(host.deploy('v3', 3).code).toBe(11);
    expect(host.rollback(4, {}, { env: { SIM_FAULT: 'at=2 do=fail-before' } }).code).toBe(10);
    expect(host.rollback(4)).toMatchObject({
      code: 0,
      output: expect.stringContaining('the last deploy failed'),
    });
    expectOnlyServing(host, 'v2');
    expect(host.versions()).toEqual(['v1']);
  },
);

scenario('a signal while the image is looked for: its answer can be read', (host) => {
  prepare(host, 'v1', 'v2');
  host.command('docker', 'rm', ...Object.keys(host.containers()).filter((name) => name !== 'citest'));
  const run = host.rollback(3, {}, { env: { SIM_FAULT: 'call=image-inspect do=term' } });
  expect(run).toMatchObject({
    code: 10,
    result: expect.stringContaining('the old container was never stopped'),
  });
  expectOnlyServing(host, 'v2');
});

scenario('--from: back where that version runs, and nothing elsewhere, as often as it is sent', (host) => {
  prepare(host, 'v1', 'v2', 'v3');
  host.ship({ mode: 'rollback', tag: '', jenkins: { buildNumber: '9' } });
  const from = (...args: string[]) => host.run({ args: ['--from', ...args] });
  for (const other of ['v2', 'registry.example.com/team/citest:v1', `sha256:${'0'.repeat(64)}`]) {
    expect(from(other)).toMatchObject({
      code: 0,
      output: expect.stringContaining(`${other} does not run here`),
    });
    expectOnlyServing(host, 'v3');
  }
  expect(from('v3').code).toBe(0);
  expectOnlyServing(host, 'v2');
  expect(host.versions()).toEqual(['v1']);
  expect(from('v3').code).toBe(0);
  expectOnlyServing(host, 'v2');
  expect(from('v2', '--to', 'v1').code).toBe(0);
  expectOnlyServing(host, 'v1');
});

scenario(
  '--from: who names the version to be left has no doubts, also after a deploy that failed',
  (host) => {
    prepare(host, 'v1', 'v2');
    host.image('sick', 'healthcheck', 'unhealthy');
    expect(host.deploy('sick', 3).code).toBe(11);
    host.ship({ mode: 'rollback', tag: '', jenkins: { buildNumber: '3' } });
    expect(host.run()).toMatchObject({ code: 0, output: expect.stringContaining('nothing to undo') });
    expectOnlyServing(host, 'v2');
    expect(host.run({ args: ['--from', 'sick'] })).toMatchObject({ code: 0 });
    expectOnlyServing(host, 'v2');
    expect(host.run({ args: ['--from', 'v2'] }).code).toBe(0);
    expectOnlyServing(host, 'v1');
  },
);

scenario('--from: where nothing healthy runs, nothing is touched, and that is said', (host) => {
  prepare(host, 'v1', 'v2');
  host.command('docker', 'stop', 'citest');
  host.ship({ mode: 'rollback', tag: '', jenkins: { buildNumber: '3' } });
  expect(host.run({ args: ['--from', 'v3'] })).toMatchObject({
    code: 12,
    output: expect.stringMatching(/GS173 v3 is not what runs here/),
  });
  expect(host.versions()).toEqual(['v1']);
  expect(host.run({ args: ['--from', '$(id)'] })).toMatchObject({ code: 64 });
  expect(host.run({ args: ['--from'] })).toMatchObject({ code: 64 });
});

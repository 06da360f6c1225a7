import { writeFileSync } from 'node:fs';
import { expect } from '@jest/globals';
import type { Host } from '../support/host.js';
import { scenario } from '../support/scenario.js';

const REPOSITORY = 'registry.example.com/team/citest';

function ids(host: Host): Record<string, string> {
  const lines = host
    .command('docker', 'ps', '--all', '--no-trunc', '--format', '{{.Names}} {{.ID}} {{.State}}')
    .split('\n');
  return Object.fromEntries(lines.filter(Boolean).map((line) => line.split(/ (.*)/) as [string, string]));
}

scenario('containers whose names contain the name are not touched', (host) => {
  for (const tag of ['v1', 'v2']) host.image(tag);
  for (const name of ['citest2', 'my-citest', 'citest-2', 'citest-next-x', 'citest-0123456789ab']) {
    host.sim('image', `registry.example.com/team/${name}:1`);
    host.command('docker', 'run', '-d', '--name', name, `registry.example.com/team/${name}:1`);
  }
  const before = ids(host);
  host.deploy('v1', 1);
  host.deploy('v2', 2);
  host.rollback(3);
  const { citest, ...others } = ids(host);
  expect(citest).toMatch(/running$/);
  expect(others).toEqual(before);
});

scenario('an app whose name is the beginning of an id acts on its own container only', (host) => {
  for (const tag of ['v1', 'v2']) host.image(tag);
  host.sim('image', 'registry.example.com/team/other:1');
  host.sim('next-id', `abc${'0'.repeat(61)}`);
  host.command('docker', 'run', '-d', '--name', 'other', 'registry.example.com/team/other:1');
  const before = ids(host);
  const changes = { app: 'abc' };
  expect(host.deploy('v1', 1, changes).code).toBe(0);
  expect(host.deploy('v2', 2, changes).code).toBe(0);
  expect(host.rollback(3, changes).code).toBe(0);
  const { abc, ...others } = ids(host);
  expect(abc).toMatch(/running$/);
  expect(others).toEqual(before);
});

scenario('two apps on one repository: neither sees the other', (host) => {
  for (const tag of ['v1', 'v2']) host.image(tag);
  const staging = {
    app: 'citest-staging',
    history: { file: `${host.history}_staging` },
    container: { ports: ['8081:80'] },
  };
  expect(host.deploy('v1', 1).code).toBe(0);
  expect(host.deploy('v1', 1, staging).code).toBe(0);
  expect(host.deploy('v2', 2, staging).code).toBe(0);
  expect([host.serves('8080'), host.serves('8081')]).toEqual(['v1', 'v2']);
  expect(host.rollback(3, staging).code).toBe(0);
  expect([host.serves('8080'), host.serves('8081')]).toEqual(['v1', 'v1']);
  expect(host.journal()).toEqual(['deploy done']);
});

scenario("the old recipe's container is adopted, parked, and comes back by rollback", (host) => {
  for (const tag of ['v0', 'v1', 'v2']) host.image(tag);
  host.command('docker', 'run', '-d', '--name', 'eager_bose', '--publish', '8080:80', `${REPOSITORY}:v1`);
  writeFileSync(host.history, `${REPOSITORY}:v0\n`);
  expect(host.deploy('v2', 1)).toMatchObject({
    code: 0,
    output: expect.stringContaining("adopting container 'eager_bose'"),
  });
  expect(host.serves()).toBe('v2');
  expect(host.versions()).toEqual(['v0', 'v1']);
  expect(host.journal()).toEqual(['adopt no', 'deploy done']);
  host.sim('registry', 'down');
  expect(host.rollback(2).code).toBe(0);
  expect(host.serves()).toBe('v1');
  expect(host.containers()).toEqual({ citest: 'running' });
});

scenario('an adopted container whose successor fails gets its name back', (host) => {
  host.image('v1');
  host.image('v2', 'crash=1');
  host.command('docker', 'run', '-d', '--name', 'eager_bose', '--publish', '8080:80', `${REPOSITORY}:v1`);
  expect(host.deploy('v2', 1, { container: { restart: 'no' } }).code).toBe(11);
  expect(host.containers()).toEqual({ eager_bose: 'running' });
  expect(host.serves()).toBe('v1');
});

scenario(
  'several that could be it: 10 with the list; --adopt chooses, --adopt none leaves them alone',
  (host) => {
    for (const tag of ['v1', 'v2']) host.image(tag);
    host.command('docker', 'run', '-d', '--name', 'one', `${REPOSITORY}:v1`);
    host.command('docker', 'run', '-d', '--name', 'two', `${REPOSITORY}:v1`);
    expect(host.deploy('v2', 1)).toMatchObject({ code: 10, output: expect.stringContaining('GS123') });
    expect(host.containers()).toEqual({ one: 'running', two: 'running' });
    const id = ids(host).one?.slice(0, 12) ?? '';
    expect(host.run({ args: ['--adopt', id] }).code).toBe(0);
    expect(host.containers()).toEqual({ citest: 'running', two: 'running', [`citest-${id}`]: 'exited' });
  },
);

scenario('--adopt takes a name as well', (host) => {
  for (const tag of ['v1', 'v2']) host.image(tag);
  for (const name of ['one', 'one-b'])
    host.command('docker', 'run', '-d', '--name', name, `${REPOSITORY}:v1`);
  host.ship({ tag: 'v2' });
  expect(host.run({ args: ['--adopt', 'on'] }).code).toBe(10);
  expect(host.run({ args: ['--adopt', 'one'] }).code).toBe(0);
  expect(host.containers()).toMatchObject({ citest: 'running', 'one-b': 'running' });
  expect(Object.keys(host.containers())).not.toContain('one');
});

scenario('--adopt none', (host) => {
  for (const tag of ['v1', 'v2']) host.image(tag);
  host.command('docker', 'run', '-d', '--name', 'one', `${REPOSITORY}:v1`);
  host.ship({ tag: 'v2' });
  expect(host.run({ args: ['--adopt', 'none'] }).code).toBe(0);
  expect(host.containers()).toEqual({ citest: 'running', one: 'running' });
});

scenario(
  'what is not adopted: another repository, compose, swarm, another app, --rm, a foreign container of that name',
  (host) => {
    host.image('v1');
    host.image('v2');
    host.sim('image', 'registry.example.com/team/citest-extra:v1');
    host.command('docker', 'run', '-d', '--name', 'extra', 'registry.example.com/team/citest-extra:v1');
    host.command(
      'docker',
      'run',
      '-d',
      '--name',
      'composed',
      '--label',
      'com.docker.compose.project=x',
      `${REPOSITORY}:v1`,
    );
    host.command(
      'docker',
      'run',
      '-d',
      '--name',
      'swarmed',
      '--label',
      'com.docker.swarm.service.id=x',
      `${REPOSITORY}:v1`,
    );
    expect(host.deploy('v2', 1).code).toBe(0);
    expect(host.containers()).toMatchObject({ extra: 'running', composed: 'running', swarmed: 'running' });
  },
);

scenario('a --rm container is refused: a stop would delete it', (host) => {
  host.image('v1');
  host.command('docker', 'run', '-d', '--rm', '--name', 'citest', `${REPOSITORY}:v1`);
  expect(host.deploy('v1', 1)).toMatchObject({ code: 10, output: expect.stringContaining('GS122') });
});

scenario("somebody else's container of that name is refused", (host) => {
  host.image('v1');
  host.sim('image', 'registry.example.com/team/other:v1');
  host.command('docker', 'run', '-d', '--name', 'citest', 'registry.example.com/team/other:v1');
  expect(host.deploy('v1', 1)).toMatchObject({ code: 10, output: expect.stringContaining('GS124') });
  expect(host.containers()).toEqual({ citest: 'running' });
});

scenario('push and pull addresses may differ: a container from either is ours', (host) => {
  host.image('v2');
  host.sim('image', 'push.example.com/team/citest:v1');
  host.command('docker', 'run', '-d', '--name', 'eager_bose', 'push.example.com/team/citest:v1');
  expect(host.deploy('v2', 1, { build: { image: 'push.example.com/team/citest' } }).code).toBe(0);
  expect(Object.keys(host.containers())).not.toContain('eager_bose');
});

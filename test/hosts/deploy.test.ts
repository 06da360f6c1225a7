import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { scenario } from '../support/scenario.js';

const STATUS = '{{if .State.Health}}{{.State.Health.Status}}{{else}}none{{end}}';

scenario('first deploy', (host) => {
  host.image('v1');
  expect(host.deploy('v1', 1)).toMatchObject({ code: 0 });
  expect(host.serves()).toBe('v1');
  expect(host.containers()).toEqual({ citest: 'running' });
  expect(host.versions()).toEqual([]);
  expect(host.journal()).toEqual(['deploy done']);
  expect(host.leftovers()).toEqual(['', '.journal', '.lock', '.out']);
});

scenario('update: the old version is parked, the history knows it', (host) => {
  host.image('v1');
  host.image('v2');
  host.deploy('v1', 1);
  const old = host.command('docker', 'container', 'inspect', '--format', '{{.Id}}', 'citest');
  expect(host.deploy('v2', 2)).toMatchObject({ code: 0 });
  expect(host.serves()).toBe('v2');
  expect(host.containers()).toEqual({ citest: 'running', [`citest-${old.slice(0, 12)}`]: 'exited' });
  expect(host.lines('')).toEqual([
    expect.stringMatching(/^registry\.example\.com\/team\/citest:v1@sha256:[0-9a-f]{64}$/),
  ]);
});

scenario('the same image again: nothing is touched, and the same settings do not add a line', (host) => {
  host.image('v1');
  host.deploy('v1', 1);
  const before = host.command('docker', 'ps', '--all', '--no-trunc', '--format', '{{.ID}}');
  expect(host.deploy('v1', 1)).toMatchObject({ code: 0, result: expect.stringContaining('already running') });
  expect(host.command('docker', 'ps', '--all', '--no-trunc', '--format', '{{.ID}}')).toBe(before);
  expect(host.journal()).toEqual(['deploy done', 'deploy unchanged']);
});

scenario(
  'the same image with other settings: a new container, and rollback brings the old settings back',
  (host) => {
    host.image('v1');
    host.deploy('v1', 1);
    expect(host.deploy('v1', 2, { container: { ports: ['9090:80'] } }).code).toBe(0);
    expect([host.serves('8080'), host.serves('9090')]).toEqual([undefined, 'v1']);
    expect(host.versions()).toEqual(['v1']);
    expect(host.rollback(3).code).toBe(0);
    expect([host.serves('8080'), host.serves('9090')]).toEqual(['v1', undefined]);
  },
);

scenario('--force makes the same version anew, adds no line and leaves no second container', (host) => {
  host.image('v1');
  host.image('v2');
  host.deploy('v1', 1);
  host.deploy('v2', 2);
  expect(host.run({ args: ['--force'] }).code).toBe(0);
  expect(host.versions()).toEqual(['v1']);
  expect(Object.values(host.containers()).sort()).toEqual(['exited', 'running']);
});

scenario('a changed env file is a changed setting', (host) => {
  const envFile = join(host.folder, 'app.env');
  host.image('v1');
  writeFileSync(envFile, 'A=1\n');
  host.deploy('v1', 1, { container: { envFile } });
  expect(host.run().result).toContain('already running');
  writeFileSync(envFile, 'A=2\n');
  expect(host.run().result).not.toContain('already running');
});

scenario('the pull fails: the old container was never stopped', (host) => {
  host.image('v1');
  host.deploy('v1', 1);
  const calls = host.calls().length;
  expect(host.deploy('v2', 2)).toMatchObject({ code: 10, output: expect.stringContaining('GS133') });
  expect(host.calls().slice(calls).join('\n')).not.toMatch(/docker '?(stop|create|rename|rm)/);
  expect(host.serves()).toBe('v1');
  expect(host.journal()).toEqual(['deploy done', 'deploy kept']);
});

scenario('a first deploy that cannot be pulled leaves nothing: 12', (host) => {
  expect(host.deploy('v1', 1).code).toBe(12);
  expect(host.containers()).toEqual({});
});

for (const { name, behaviour, why } of [
  { name: 'never gets healthy', behaviour: ['healthcheck', 'unhealthy'], why: 'health: unhealthy' },
  { name: 'exits at once', behaviour: ['crash=3'], why: 'exited with code 3' },
  {
    name: 'takes longer than the timeout',
    behaviour: ['healthcheck', 'ready=999000'],
    why: 'not healthy after',
  },
]) {
  scenario(`a version that ${name}: the old one comes back`, (host) => {
    host.image('v1');
    host.image('v2', ...behaviour);
    const container = { restart: 'no' };
    host.deploy('v1', 1, { container });
    const run = host.deploy('v2', 2, { container });
    expect(run).toMatchObject({ code: 11, output: expect.stringContaining(why) });
    expect(host.serves()).toBe('v1');
    expect(host.containers()).toEqual({ citest: 'running' });
    expect(host.versions()).toEqual([]);
    expect(host.journal()).toEqual(['deploy done', 'deploy restored']);
    expect(host.leftovers()).not.toContain('.swap');
  });
}

scenario('a first deploy that never gets healthy: 12, and nothing half-made is left', (host) => {
  host.image('v1', 'healthcheck', 'unhealthy');
  expect(host.deploy('v1', 1).code).toBe(12);
  expect(host.containers()).toEqual({});
  expect(host.leftovers()).not.toContain('.swap');
});

scenario('a crash loop is no health', (host) => {
  host.image('v1');
  host.image('v2', 'crash=1');
  host.deploy('v1', 1);
  expect(host.deploy('v2', 2).code).toBe(11);
  expect(host.serves()).toBe('v1');
});

scenario('the port is taken by somebody else: the old one is not there to come back, 12', (host) => {
  host.image('v1');
  host.sim('port-taken', '8080');
  expect(host.deploy('v1', 1)).toMatchObject({
    code: 12,
    output: expect.stringContaining('address already in use'),
  });
  expect(host.containers()).toEqual({});
});

scenario('a URL is probed past any proxy', (host) => {
  host.image('v1', 'ready=3000');
  host.image('v2', 'http=500');
  const changes = { health: { url: 'http://127.0.0.1:8080/healthz' } };
  expect(host.deploy('v1', 1, changes).code).toBe(0);
  expect(host.deploy('v2', 2, changes).code).toBe(11);
  expect(host.serves()).toBe('v1');
});

scenario(
  'a HEALTHCHECK is asked at once, not when docker comes to it, and docker still asks as the image says',
  (host) => {
    host.image('v1', 'healthcheck', 'interval=30000', 'ready=1200');
    host.image('v2', 'healthcheck', 'interval=30000', 'unhealthy');
    host.image('v3', 'healthcheck', 'interval=30000', 'ready=1200', 'flaps=9000');
    const before = Number(host.sim('clock'));
    expect(host.deploy('v1', 1).code).toBe(0);
    const took = Number(host.sim('clock')) - before;
    expect(took).toBeLessThan(1200 + 1500);
    const calls = host.calls().filter((call) => / docker exec /.test(call));
    expect(calls.at(-1)).toMatch(/^0 docker exec '?[0-9a-f]{64}'? app-is-well$/);
    expect(host.command('docker', 'container', 'inspect', '--format', STATUS, 'citest')).toBe('starting');
    expect(host.deploy('v2', 2)).toMatchObject({
      code: 11,
      output: expect.stringContaining('not healthy after'),
    });
    expect(host.deploy('v3', 3).code).toBe(0);
  },
);

scenario('a HEALTHCHECK that cannot be taken apart is left to docker', (host) => {
  host.image('v1', 'healthcheck', 'interval=3000', 'odd-check');
  const before = Number(host.sim('clock'));
  expect(host.deploy('v1', 1).code).toBe(0);
  expect(Number(host.sim('clock')) - before).toBeGreaterThan(3000);
  expect(host.calls().filter((call) => / docker exec /.test(call))).toEqual([]);
});

scenario('neither URL nor HEALTHCHECK: the script says loudly how little was checked', (host) => {
  host.image('v1');
  expect(host.deploy('v1', 1).output).toContain('GS150');
});

scenario('retention: parked versions and images beyond it go, the kept ones stay', (host) => {
  for (const n of [1, 2, 3, 4, 5]) {
    host.image(`v${n}`);
    expect(host.deploy(`v${n}`, n, { retain: 2 }).code).toBe(0);
  }
  expect(Object.keys(host.containers())).toHaveLength(3);
  expect(host.versions()).toEqual(['v1', 'v2', 'v3', 'v4']);
  const images = host.command('docker', 'images', '--format', '{{.Tag}}').split('\n').sort();
  expect(images).toEqual(['v3', 'v4', 'v5']);
});

scenario('history.keep: the oldest lines go', (host) => {
  for (const n of [1, 2, 3, 4]) {
    host.image(`v${n}`);
    host.deploy(`v${n}`, n, { history: { keep: 2 } });
  }
  expect(host.versions()).toEqual(['v2', 'v3']);
});

scenario('hooks run with their context; a failing one before changes nothing, one after warns', (host) => {
  const seen = join(host.folder, 'seen');
  const say = `printf '%s %s\\n' "$GEN_SCRIPTS_ACTION" "\${GEN_SCRIPTS_TO##*/}" >>${seen}`;
  host.image('v1');
  host.image('v2');
  expect(host.deploy('v1', 1, { hooks: { beforeDeploy: say, afterDeploy: 'exit 3' } })).toMatchObject({
    code: 0,
    output: expect.stringContaining('GS159'),
  });
  expect(readFileSync(seen, 'utf8')).toMatch(/^deploy citest:v1@sha256/);
  expect(host.deploy('v2', 2, { hooks: { beforeDeploy: 'echo no; false' } })).toMatchObject({
    code: 10,
    output: expect.stringContaining('GS158'),
  });
  expect(host.serves()).toBe('v1');
});

import { createHash } from 'node:crypto';
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import type { Host } from '../support/host.js';
import { scenario } from '../support/scenario.js';
import { deployTo, expectServing, inspect, makeSwarm, rollBackOn } from './swarm.js';

function prepare(host: Host, ...tags: string[]): void {
  makeSwarm(host, ...tags);
  for (const [index, tag] of tags.entries()) expect(deployTo(host, tag, index + 1).code).toBe(0);
}

const calls = (host: Host, from: number) => host.calls().slice(from).join('\n');

scenario('swarm: rollback one step, by what Swarm keeps; once a build', (host) => {
  prepare(host, 'v1', 'v2');
  const from = host.calls().length;
  expect(rollBackOn(host, 3).code).toBe(0);
  expectServing(host, 'v1');
  expect(host.serves()).toBe('v1');
  expect(calls(host, from)).toMatch(/docker service rollback/);
  expect(host.versions()).toEqual([]);
  expect(host.run({ args: ['--build', '3'] })).toMatchObject({
    code: 0,
    output: expect.stringContaining('already rolled back'),
  });
  expectServing(host, 'v1');
  expect(host.journal()).toEqual(['deploy done', 'deploy done', 'rollback done']);
});

scenario('swarm: repeated rollbacks go further back, where the rollback of Swarm would flip', (host) => {
  prepare(host, 'v1', 'v2', 'v3');
  expect(rollBackOn(host, 4).code).toBe(0);
  expectServing(host, 'v2');
  const run = rollBackOn(host, 5);
  expect(run).toMatchObject({ code: 0, output: expect.stringContaining('the settings stay as they are') });
  expectServing(host, 'v1');
  expect(run.output).toContain('--no-resolve-image');
  expect(host.versions()).toEqual([]);
  expect(rollBackOn(host, 6)).toMatchObject({
    code: 13,
    output: expect.stringContaining('nothing to rollback'),
  });
  expectServing(host, 'v1');
});

scenario('swarm: rollback two steps, and to a version by its tag', (host) => {
  prepare(host, 'v1', 'v2', 'v3');
  expect(rollBackOn(host, 4, {}, { args: ['--steps', '2'] }).code).toBe(0);
  expectServing(host, 'v1');
  expect(host.versions()).toEqual([]);
  for (const [build, tag] of [
    [5, 'v2'],
    [6, 'v3'],
  ] as const)
    expect(deployTo(host, tag, build).code).toBe(0);
  expect(host.versions()).toEqual(['v1', 'v2']);
  expect(rollBackOn(host, 7, { rollback: { to: 'v1' } }).code).toBe(0);
  expectServing(host, 'v1');
  expect(host.versions()).toEqual([]);
});

scenario('swarm: --from leaves a service alone that runs another version', (host) => {
  prepare(host, 'v1', 'v2');
  const run = rollBackOn(host, 3, {}, { args: ['--from', 'v1'] });
  expect(run).toMatchObject({ code: 0, output: expect.stringContaining('v1 does not run here') });
  expectServing(host, 'v2');
  expect(rollBackOn(host, 4, {}, { args: ['--from', 'v2'] }).code).toBe(0);
  expectServing(host, 'v1');
});

scenario('swarm: an empty history: 13', (host) => {
  prepare(host, 'v1');
  expect(rollBackOn(host, 2)).toMatchObject({
    code: 13,
    output: expect.stringContaining('nothing to rollback'),
  });
  expectServing(host, 'v1');
  expect(host.journal()).toEqual(['deploy done']);
});

scenario('swarm: after a failed deploy a bare rollback has nothing to undo', (host) => {
  prepare(host, 'v1', 'v2');
  host.image('v3', 'crash=3');
  expect(deployTo(host, 'v3', 3).code).toBe(11);
  expect(rollBackOn(host, 4)).toMatchObject({
    code: 0,
    output: expect.stringContaining('the last deploy failed'),
  });
  expectServing(host, 'v2');
  // Swarm keeps nothing after a rollback of its own.
  const run = rollBackOn(host, 5, {}, { args: ['--steps', '1'] });
  expect(run).toMatchObject({ code: 0, output: expect.not.stringContaining('docker service rollback') });
  expectServing(host, 'v1');
});

scenario('swarm: rollback with the registry down, when the nodes have the image', (host) => {
  prepare(host, 'v1', 'v2', 'v3');
  host.sim('registry', 'down');
  expect(rollBackOn(host, 4).code).toBe(0);
  expectServing(host, 'v2');
  expect(rollBackOn(host, 5).code).toBe(0);
  expectServing(host, 'v1');
});

scenario('swarm: a target that does not get healthy any more: what ran runs again', (host) => {
  prepare(host, 'v1', 'v2');
  const bad = 'registry.example.com/team/citest:bad';
  host.sim('image', bad, 'crash=3');
  host.command('docker', 'pull', bad);
  const format = '{{.Id}}{{range .RepoDigests}} {{.}}{{end}}';
  const digest = host.command('docker', 'image', 'inspect', '--format', format, bad).split('@')[1];
  appendFileSync(host.history, `${bad}@${digest}\n`);
  const run = rollBackOn(host, 3);
  expect(run).toMatchObject({ code: 11, output: expect.stringContaining('Swarm went back by itself') });
  expectServing(host, 'v2');
  expect(host.versions()).toEqual(['v1', 'bad']);
  expect(host.journal().slice(-1)).toEqual(['rollback restored']);
});

scenario('swarm: a service that somebody removed is made anew by a rollback', (host) => {
  prepare(host, 'v1', 'v2');
  host.command('docker', 'service', 'rm', 'citest');
  expect(rollBackOn(host, 3).code).toBe(0);
  expectServing(host, 'v1');
  expect(host.versions()).toEqual([]);
});

scenario('swarm: a rolled back version is no target later', (host) => {
  prepare(host, 'v1', 'v2');
  expect(rollBackOn(host, 3).code).toBe(0);
  host.image('v3', 'healthcheck');
  expect(deployTo(host, 'v3', 4).code).toBe(0);
  expect(rollBackOn(host, 5).code).toBe(0);
  expectServing(host, 'v1');
});

scenario('swarm: --list, --status and --outcome change nothing', (host) => {
  prepare(host, 'v1', 'v2');
  host.ship({ mode: 'rollback', tag: '', engine: 'swarm', strategy: 'auto', jenkins: { buildNumber: '2' } });
  const from = host.calls().length;
  const run = (...args: string[]) => host.run({ script: 'rollback.sh', args });
  expect(run('--list')).toMatchObject({ code: 0, output: expect.stringMatching(/^ {3}1 {2}\S+:v1@sha256:/) });
  expect(run('--status')).toMatchObject({
    code: 0,
    output: expect.stringMatching(/service 'citest': \S+:v2@\S+, 1 replicas/),
  });
  const outcome = run('--outcome', '0');
  expect(outcome.output).toMatch(/^gen-scripts-outcome 1\nbuild 2\n/);
  expect(outcome.output).toContain(`auto ${sha256(join(host.inbox, 'auto.sh'))}\n`);
  expect(outcome.output).toMatch(/\naction deploy\nresult done\n/);
  expect(outcome.output).toMatch(/\nnow \S+:v2@sha256:[0-9a-f]{64} running\n/);
  expect(outcome.output).toMatch(/\nhistory \S+:v1@sha256:[0-9a-f]{64}\nend\n$/);
  host.command('docker', 'service', 'rm', 'citest');
  expect(run('--outcome', '0').output).toContain('\nnow - none\n');
  expect(run('--status').output).toContain("no service 'citest'");
  expect(
    calls(host, from)
      .replaceAll('docker service rm', '')
      .match(/docker service (create|update|rollback)/),
  ).toBeNull();
});

function sha256(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

scenario('swarm: hooks around a rollback; one that fails before it stops it', (host) => {
  prepare(host, 'v1', 'v2');
  const hooks = { beforeRollback: 'echo "$GEN_SCRIPTS_FROM to $GEN_SCRIPTS_TO"; false' };
  const run = rollBackOn(host, 3, { hooks });
  expect(run).toMatchObject({ code: 10, output: expect.stringContaining('GS158') });
  expect(run.output).toMatch(/:v2@\S+ to \S+:v1@/);
  expectServing(host, 'v2');
  expect(inspect(host, '{{index .Spec.Labels "gen-scripts.app"}}')).toBe('citest');
});

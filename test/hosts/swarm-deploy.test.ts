import { expect } from '@jest/globals';
import { scenario } from '../support/scenario.js';
import { deployTo, expectServing, makeSwarm, services } from './swarm.js';

scenario('swarm: a first deploy makes the service, pinned by its digest', (host) => {
  makeSwarm(host, 'v1');
  expect(deployTo(host, 'v1', 1)).toMatchObject({ code: 0 });
  expectServing(host, 'v1');
  expect(host.serves()).toBe('v1');
  expect(host.sim('services')).toMatch(/^citest registry\.example\.com\/team\/citest:v1@sha256:[0-9a-f]{64} /);
  expect(host.versions()).toEqual([]);
  expect(host.journal()).toEqual(['deploy done']);
  expect(host.leftovers()).toEqual(['', '.journal', '.lock', '.out']);
});

scenario('swarm: an update, and the history knows the version before', (host) => {
  makeSwarm(host, 'v1', 'v2');
  deployTo(host, 'v1', 1);
  expect(deployTo(host, 'v2', 2)).toMatchObject({ code: 0 });
  expectServing(host, 'v2');
  expect(host.serves()).toBe('v2');
  expect(host.lines('')).toEqual([
    expect.stringMatching(/^registry\.example\.com\/team\/citest:v1@sha256:[0-9a-f]{64}$/),
  ]);
});

scenario('swarm: the same again changes nothing', (host) => {
  makeSwarm(host, 'v1');
  deployTo(host, 'v1', 1);
  const before = services(host);
  expect(deployTo(host, 'v1', 1)).toMatchObject({ code: 0, result: expect.stringContaining('already running') });
  expect(services(host)).toEqual(before);
  expect(host.journal()).toEqual(['deploy done', 'deploy unchanged']);
});

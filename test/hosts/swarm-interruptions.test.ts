import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Host, type SavedHost } from '../support/host.js';
import { scenario } from '../support/scenario.js';
import { installedShells } from '../support/shells.js';
import { deployTo, expectServing, expectTidy, makeSwarm, rollBackOn, services } from './swarm.js';

const faulty = (fault: string) => ({ env: { SIM_FAULT: fault } });

scenario('swarm: killed before the update: it is undone, and a retry deploys', (host) => {
  makeSwarm(host, 'v1', 'v2');
  deployTo(host, 'v1', 1);
  deployTo(host, 'v2', 2, {}, faulty('call=service-update nth=1 do=kill-before'));
  expect(host.leftovers()).toContain('.swap');
  expect(host.run()).toMatchObject({
    code: 0,
    output: expect.stringContaining('was interrupted in its deploy'),
  });
  expectServing(host, 'v2');
  expect(host.versions()).toEqual(['v1']);
  expect(host.journal()).toEqual(['deploy done', 'deploy kept', 'deploy done']);
});

scenario(
  'swarm: killed after the update, which Swarm goes on with: it is finished, not begun again',
  (host) => {
    makeSwarm(host, 'v1', 'v2');
    deployTo(host, 'v1', 1);
    deployTo(host, 'v2', 2, {}, faulty('call=service-update nth=1 do=kill-after'));
    const updates = () => host.calls().filter((line) => line.includes('docker service update')).length;
    expect(host.run()).toMatchObject({ code: 0, result: expect.stringContaining('already running') });
    expect(updates()).toBe(1);
    expectServing(host, 'v2');
    expect(host.versions()).toEqual(['v1']);
  },
);

scenario(
  'swarm: killed in the middle of the update, then rollback: v1 runs, not what was before it',
  (host) => {
    makeSwarm(host, 'v0', 'v1', 'v2');
    deployTo(host, 'v0', 1);
    deployTo(host, 'v1', 2);
    deployTo(host, 'v2', 3, {}, faulty('call=service-ps nth=2 do=kill-after'));
    expect(rollBackOn(host, 4).code).toBe(0);
    expectServing(host, 'v1');
    expect(host.versions()).toEqual(['v0']);
  },
);

scenario(
  'swarm: killed while a sick version is rolled out: Swarm went back meanwhile, and the next run knows',
  (host) => {
    makeSwarm(host, 'v1');
    host.image('v2', 'healthcheck', 'unhealthy');
    deployTo(host, 'v1', 1);
    deployTo(host, 'v2', 2, {}, faulty('call=service-ps nth=2 do=kill-after'));
    host.sim('advance', '60000');
    expect(rollBackOn(host, 3)).toMatchObject({
      code: 0,
      output: expect.stringContaining('interrupted deploy was undone'),
    });
    expectServing(host, 'v1');
    expect(host.versions()).toEqual([]);
    expect(host.journal().slice(-1)).toEqual(['deploy restored']);
  },
);

scenario(
  'swarm: a first deploy that was killed: finished when healthy; else nothing is left of it, 13',
  (host) => {
    makeSwarm(host);
    host.image('v1', 'healthcheck', 'unhealthy');
    deployTo(host, 'v1', 1, {}, faulty('call=service-create nth=1 do=kill-after'));
    expect(rollBackOn(host, 2)).toMatchObject({ code: 13 });
    expect(services(host)).toEqual([]);
    expectTidy(host);
    host.image('v2', 'healthcheck');
    deployTo(host, 'v2', 3, {}, faulty('call=service-create nth=1 do=kill-after'));
    expect(host.run()).toMatchObject({ code: 0, result: expect.stringContaining('already running') });
    expectServing(host, 'v2');
  },
);

scenario('swarm: a rollback that was killed is finished by either script', (host) => {
  makeSwarm(host, 'v1', 'v2');
  deployTo(host, 'v1', 1);
  deployTo(host, 'v2', 2);
  rollBackOn(host, 3, {}, faulty('call=service-rollback nth=1 do=kill-after'));
  expect(host.run({ args: ['--build', '3'] })).toMatchObject({
    code: 0,
    output: expect.stringContaining('already rolled back'),
  });
  expectServing(host, 'v1');
  expect(host.versions()).toEqual([]);
});

scenario('swarm: the swap file was cut short: the service and the history tell', (host) => {
  makeSwarm(host, 'v1', 'v2', 'v3');
  for (const [build, tag] of [
    [1, 'v1'],
    [2, 'v2'],
  ] as const)
    deployTo(host, tag, build);
  deployTo(host, 'v3', 3, {}, faulty('call=service-update nth=1 do=kill-after'));
  writeFileSync(`${host.history}.swap`, readFileSync(`${host.history}.swap`, 'utf8').slice(0, 40));
  expect(host.run()).toMatchObject({ code: 0, output: expect.stringContaining('GS155') });
  expectServing(host, 'v3');
  expect(host.versions()).toEqual(['v1', 'v2']);
  rollBackOn(host, 4, {}, faulty('call=service-rollback nth=1 do=kill-before'));
  writeFileSync(`${host.history}.swap`, '');
  expect(rollBackOn(host, 5)).toMatchObject({ code: 0, output: expect.stringContaining('GS155') });
  expectServing(host, 'v2');
  expect(host.versions()).toEqual(['v1']);
});

for (const { call, code, serves } of [
  { call: 'service-ls', code: 10, serves: 'v1' },
  { call: 'pull', code: 10, serves: 'v1' },
  { call: 'service-update', code: 11, serves: 'v1' },
]) {
  for (const signal of ['term', 'int'])
    scenario(
      `swarm: ${signal} at ${call}: waits for it, undoes, ${code}`,
      (host) => {
        makeSwarm(host, 'v1');
        host.image('v2', 'healthcheck', 'ready=5000');
        deployTo(host, 'v1', 1);
        const run = deployTo(host, 'v2', 2, {}, faulty(`call=${call} nth=1 do=${signal}`));
        expect(run).toMatchObject({ code, output: expect.stringContaining('GS157') });
        expectServing(host, serves);
        expect(host.versions()).toEqual([]);
      },
      { sameCalls: call !== 'pull' },
    );
}

scenario('swarm: TERM while it waits for the service', (host) => {
  makeSwarm(host, 'v1');
  host.image('v2', 'healthcheck', 'ready=20000');
  deployTo(host, 'v1', 1);
  const run = deployTo(host, 'v2', 2, {}, faulty('call=service-inspect nth=4 do=term'));
  expect(run).toMatchObject({ code: 11, output: expect.stringContaining('GS157') });
  expectServing(host, 'v1');
});

scenario('swarm: somebody else changes the service meanwhile: it stays as they want it', (host) => {
  makeSwarm(host, 'v1', 'v2', 'v3');
  deployTo(host, 'v1', 1);
  deployTo(host, 'v2', 2, {}, faulty('call=service-update nth=1 do=kill-before'));
  host.command(
    'docker',
    'service',
    'update',
    '--detach',
    '--image',
    'registry.example.com/team/citest:v3',
    'citest',
  );
  host.sim('advance', '60000');
  const run = host.run();
  expect(run).toMatchObject({ code: 0, output: expect.stringContaining('GS184') });
  expectServing(host, 'v2');
});

scenario(
  'swarm: the manager does not answer for a while, in the middle: it is asked until it does',
  (host) => {
    makeSwarm(host, 'v1', 'v2', 'v3');
    deployTo(host, 'v1', 1);
    const silent = [2, 3, 4, 5].map((nth) => `call=service-ls nth=${nth} do=fail-before`).join('; ');
    expect(deployTo(host, 'v2', 2, {}, faulty(silent)).code).toBe(0);
    expectServing(host, 'v2');
    // The update arrived, but the client was not told: what nobody has watched is taken back.
    const lost = `call=service-update nth=1 do=fail-after; ${silent}`;
    expect(deployTo(host, 'v3', 3, {}, faulty(lost)).code).toBe(11);
    expectServing(host, 'v2');
    expect(host.versions()).toEqual(['v1']);
  },
);

scenario('swarm: the manager does not come back: 12, and the next run puts it in order', (host) => {
  makeSwarm(host, 'v1', 'v2');
  deployTo(host, 'v1', 1);
  const gone = 'call=service-ls nth=2+ do=fail-before';
  expect(deployTo(host, 'v2', 2, {}, faulty(gone))).toMatchObject({
    code: 12,
    output: expect.stringContaining('GS182'),
  });
  expect(host.run().code).toBe(0);
  expectServing(host, 'v2');
  expect(host.versions()).toEqual(['v1']);
});

const begun = new Map<string, SavedHost>();

/** Deployed once, by the shell that comes first. */
function begin(host: Host, before: readonly string[], tag: string): void {
  const saved = begun.get(tag);
  if (saved === undefined) {
    makeSwarm(host, ...before, tag);
    for (const [index, version] of before.entries()) deployTo(host, version, index + 1);
    begun.set(tag, host.save());
  } else host.become(saved);
}

/** A run is killed at one docker call after another, each time on a host of its own; which shell, goes in turn. */
describe('swarm: killed at any docker call, either script finishes or undoes it', () => {
  const shells = installedShells();
  const scripts = [
    {
      name: 'a first deploy',
      before: [] as string[],
      tag: 'v1',
      serves: { repull: ['v1'], rollback: ['v1', undefined] },
    },
    { name: 'an update', before: ['v0', 'v1'], tag: 'v2', serves: { repull: ['v2'], rollback: ['v1'] } },
  ];
  for (const { name, before, tag, serves } of scripts)
    for (const action of ['kill-before', 'kill-after'])
      test.each(['repull', 'rollback'] as const)(
        `${name}, ${action}, then %s`,
        (next) => {
          let reached = 0;
          for (let at = 1; at < 60; at++) {
            const shell = shells[at % shells.length];
            if (shell === undefined) throw new Error('no shell');
            const host = new Host(shell);
            try {
              begin(host, before, tag);
              const run = deployTo(host, tag, 7, {}, faulty(`at=${at} do=${action}`));
              if (run.signal === null) break;
              reached = at;
              const after = next === 'repull' ? host.run() : rollBackOn(host, 8);
              expect([at, shell.name, after.code, after.output]).toEqual([
                at,
                shell.name,
                expect.any(Number),
                expect.any(String),
              ]);
              expect([at, [0, 13].includes(after.code ?? -1)]).toEqual([at, true]);
              expect([at, host.unsupported()]).toEqual([at, []]);
              expect(serves[next]).toContain(host.serves());
              expectTidy(host);
              const version = host.serves();
              if (version !== undefined) expectServing(host, version);
              else expect([at, services(host)]).toEqual([at, []]);
              if (next === 'rollback' && before.length > 0)
                expect([at, host.versions()]).toEqual([at, ['v0']]);
            } finally {
              host.remove();
            }
          }
          expect(reached).toBeGreaterThan(7);
        },
        300_000,
      );
});

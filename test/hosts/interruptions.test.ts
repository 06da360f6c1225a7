import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { scenario } from '../support/scenario.js';
import { deployByRecipe } from './recipe.js';
import { expectOnlyServing, prepare, SLOWLY } from './support.js';

scenario('an interrupted deploy of v3 over v2, then rollback: v2 runs, not v1', (host) => {
  prepare(host, 'v1', 'v2');
  host.image('v3');
  host.deploy('v3', 3, {}, { env: { SIM_FAULT: 'call=start nth=1 do=kill-after' } });
  expect(host.rollback(4)).toMatchObject({
    code: 0,
    output: expect.stringContaining('interrupted deploy was undone'),
  });
  expectOnlyServing(host, 'v2');
  expect(host.versions()).toEqual(['v1']);
  expect(host.journal().slice(-1)).toEqual(['deploy restored']);
});

scenario('an interrupted first deploy, then rollback: nothing is left of it, 13', (host) => {
  host.image('v1');
  host.deploy('v1', 1, {}, { env: { SIM_FAULT: 'call=start nth=1 do=kill-after' } });
  const run = host.rollback(2);
  expect(run.code).toBe(13);
  expect(run.output).not.toContain('GS153');
  expect(host.containers()).toEqual({});
  expect(host.leftovers()).not.toContain('.swap');
});

/** A full disk is a limit on the size of files; without the trap a signal would come first. */
const onFullDisk = (limit: string) => ['sh', '-c', `trap "" XFSZ; ${limit} exec "$@"`, 'sh'];
const onLinux: typeof scenario = process.platform === 'linux' ? scenario : () => undefined;

onLinux(
  'a committed rollback that the journal does not know, then a killed deploy: no step too far',
  (host) => {
    if (host.shell.name === 'ksh93') return; // keeps the output of $(...) in a file
    prepare(host, 'v1', 'v2', 'v3');
    host.image('v4');
    const env = { SIM_FAULT: 'call=container-inspect nth=6 do=full' };
    const run = host.rollback(4, {}, { env, through: onFullDisk('') });
    expect(run).toMatchObject({ code: 0, output: expect.stringContaining('GS141') });
    rmSync(join(host.folder, 'sim', 'full'));
    host.deploy('v4', 5, {}, { env: { SIM_FAULT: 'call=pull nth=1 do=kill-before' } });
    expect(host.journal()).toContain('rollback done');
    expect(host.rollback(6)).toMatchObject({
      code: 0,
      output: expect.stringContaining('the last deploy failed'),
    });
    expectOnlyServing(host, 'v2');
    expect(host.versions()).toEqual(['v1']);
  },
  { sameCalls: false },
);

onLinux('a dry run that cannot write its private folder calls nothing', (host) => {
  prepare(host, 'v1');
  host.image('v2');
  host.deploy('v2', 2, {}, { env: { SIM_FAULT: 'call=start nth=1 do=kill-after' } });
  const changes = () => host.calls().filter((line) => / docker (?:stop|start|update|rename|rm) /.test(line));
  const before = changes();
  for (const script of ['rollback.sh', 'repull.sh']) {
    const limit = 'ulimit -S -f 0;';
    const run = host.run({ script, args: ['--dry-run'], through: onFullDisk(limit) });
    expect([script, run.code]).toEqual([script, 10]);
  }
  expect(changes()).toEqual(before);
});

scenario(
  'an interrupted first deploy of ours over the recipe: one failed inspect is no foreign container',
  (host) => {
    host.image('v1');
    deployByRecipe(host, 'v1');
    host.image('v2');
    host.deploy('v2', 1, {}, { env: { SIM_FAULT: 'call=start nth=1 do=kill-before' } });
    const again = { SIM_FAULT: 'call=container-inspect nth=1 do=fail-before' };
    expect(host.run({ env: again }).code).toBe(0);
    expectOnlyServing(host, 'v2');
  },
);

scenario('what is not undone yet is no 10: docker does not answer, and nothing serves', (host) => {
  prepare(host, 'v1');
  host.image('v2');
  host.deploy('v2', 2, {}, { env: { SIM_FAULT: 'call=start nth=1 do=kill-before' } });
  expect(host.run({ env: { SIM_FAULT: 'call=version nth=1 do=fail-before' } }).code).toBe(12);
  expect(host.run().code).toBe(0);
  expectOnlyServing(host, 'v2');
});

scenario('an interrupted rollback is undone, and then carried out', (host) => {
  prepare(host, 'v1', 'v2');
  host.rollback(3, {}, { env: { SIM_FAULT: 'call=start nth=1 do=kill-after' } });
  expect(host.run().code).toBe(0);
  expectOnlyServing(host, 'v1');
  expect(host.versions()).toEqual([]);
});

scenario(
  'a docker stop whose client was killed goes on in the daemon: the old container is not trusted',
  (host) => {
    prepare(host, 'v1');
    host.image('v2');
    host.deploy('v2', 2, {}, { env: { SIM_FAULT: 'call=stop nth=1 do=kill-during' } });
    host.ship({ mode: 'rollback', tag: '', jenkins: { buildNumber: '3' } });
    expect(host.run().code).toBe(0);
    host.sim('advance', '60000');
    expectOnlyServing(host, 'v1');
  },
);

scenario('a call that fails after its effect', (host) => {
  prepare(host, 'v1');
  host.image('v2');
  for (const call of ['create', 'stop', 'rename', 'start']) {
    const run = host.deploy('v2', 2, {}, { env: { SIM_FAULT: `call=${call} nth=1 do=fail-after ${call}` } });
    expect([call, run.code]).toEqual([call, call === 'create' ? 10 : 11]);
    expectOnlyServing(host, 'v1');
  }
});

scenario('a call that hangs is ended', (host) => {
  prepare(host, 'v1');
  host.image('v2');
  expect(host.deploy('v2', 2, {}, { env: { SIM_FAULT: 'call=start nth=1 do=hang-after' } }).code).toBe(11);
  expectOnlyServing(host, 'v1');
});

scenario('the restore fails as well: 12 says what to type, both stay, and the next run repairs', (host) => {
  prepare(host, 'v1');
  host.image('v2');
  const run = host.deploy('v2', 2, {}, { env: { SIM_FAULT: 'call=start nth=1+ do=fail-before' } });
  expect(run).toMatchObject({ code: 12, output: expect.stringContaining('docker start') });
  expect(Object.keys(host.containers())).toHaveLength(2);
  expect(host.rollback(3).code).toBe(0);
  expectOnlyServing(host, 'v1');
});

scenario(
  'two runs of one build at once: one deploys, the other finds it done',
  async (host) => {
    prepare(host, 'v1');
    host.image('v2');
    host.ship({ tag: 'v2' });
    const runs = [host.start({ env: SLOWLY }), host.start({ env: SLOWLY })];
    const codes = await Promise.all(
      runs.map(async (run) => (await once(run.stdout.resume() && run, 'exit'))[0]),
    );
    expect(codes).toEqual([0, 0]);
    expectOnlyServing(host, 'v2');
    expect(host.versions()).toEqual(['v1']);
    expect(host.journal()).toEqual(['deploy done', 'deploy done', 'deploy unchanged']);
  },
  { sameCalls: false },
);

scenario('the lock is held: 75 after lockWait, nothing done', (host) => {
  host.image('v1');
  host.ship({ tag: 'v1', lockWait: 2000 });
  writeFileSync(`${host.history}.lock`, '');
  const inside = `'${host.shell.command.join("' '")}' '${join(host.inbox, 'auto.sh')}'; echo "code $?"`;
  const run = host.capture('flock', `${host.history}.lock`, 'sh', '-c', inside);
  expect(run).toMatch(/GS110[\s\S]*RESULT 75[\s\S]*code 75/);
  expect(host.containers()).toEqual({});
  expect(host.run().code).toBe(0);
});

scenario('a swap file that is empty or cut: decided from the containers', (host) => {
  for (const damage of [
    () => '',
    (text: string) => text.slice(0, 30),
    (text: string) => text.replace(/end\n$/, ''),
  ]) {
    host.sim('init');
    spawnSync('sh', ['-c', `rm -f '${host.history}'*`]);
    prepare(host, 'v1', 'v2');
    host.image('v3');
    host.deploy('v3', 3, {}, { env: { SIM_FAULT: `call=start nth=1 do=kill-after ${damage('x')}` } });
    writeFileSync(`${host.history}.swap`, damage(readFileSync(`${host.history}.swap`, 'utf8')));
    expect(host.rollback(4)).toMatchObject({ code: 0, output: expect.stringContaining('GS155') });
    expectOnlyServing(host, 'v2');
    expect(host.versions()).toEqual(['v1']);
  }
});

scenario('a power cut in the middle of a swap', (host) => {
  for (const call of ['update', 'stop', 'start']) {
    host.sim('init');
    spawnSync('sh', ['-c', `rm -f '${host.history}'*`]);
    prepare(host, 'v1');
    host.image('v2');
    host.deploy('v2', 2, {}, { env: { SIM_FAULT: `call=${call} nth=1 do=kill-after ${call}` } });
    host.sim('power-cut');
    expect(host.run().code).toBe(0);
    expectOnlyServing(host, 'v2');
    expect(host.versions()).toEqual(['v1']);
  }
});

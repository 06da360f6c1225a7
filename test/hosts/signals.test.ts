import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { scenario } from '../support/scenario.js';
import { expectOnlyServing, prepare, SLOWLY } from './support.js';

for (const { call, nth, code } of [
  { call: 'ps', nth: 1, code: 10 },
  { call: 'pull', nth: 1, code: 10 },
  { call: 'create', nth: 1, code: 10 },
  { call: 'update', nth: 1, code: 10 },
  { call: 'stop', nth: 1, code: 11 },
  { call: 'rename', nth: 2, code: 11 },
  { call: 'start', nth: 1, code: 11 },
  { call: 'container-inspect', nth: 3, code: 11 },
]) {
  for (const signal of ['term', 'int']) {
    scenario(
      `${signal} at ${call}: waits for it, undoes, ${code}`,
      (host) => {
        prepare(host, 'v1');
        host.image('v2', 'healthcheck', 'ready=5000');
        const run = host.deploy('v2', 2, {}, { env: { SIM_FAULT: `call=${call} nth=${nth} do=${signal}` } });
        expect(run).toMatchObject({ code, output: expect.stringContaining('GS157') });
        expectOnlyServing(host, 'v1');
        expect(host.versions()).toEqual([]);
        // A pull is ended: whether it got as far as the call's journal is a matter of luck.
      },
      { sameCalls: call !== 'pull' },
    );
  }
}

scenario(
  'TERM while it waits for the lock: the files of the run that holds it are left alone',
  async (host) => {
    host.image('v1');
    host.ship({ tag: 'v1' });
    writeFileSync(`${host.history}.next`, 'precious\n');
    const holder = host.hold(`${host.history}.lock`);
    const child = host.start({ env: { SIM_REAL_SLEEP: '0.3' } });
    child.stdout.on('data', (data) => /waiting/.test(String(data)) && child.kill('SIGTERM'));
    const [code] = await once(child, 'exit');
    holder.kill('SIGKILL');
    expect(code).toBe(10);
    expect(readFileSync(`${host.history}.next`, 'utf8')).toBe('precious\n');
  },
  { sameCalls: false },
);

scenario('HUP is nothing to it', (host) => {
  prepare(host, 'v1');
  host.image('v2');
  expect(host.deploy('v2', 2, {}, { env: { SIM_FAULT: 'call=start nth=1 do=hup' } }).code).toBe(0);
  expectOnlyServing(host, 'v2');
});

scenario('nobody reads any more: the deploy is finished all the same', async (host) => {
  prepare(host, 'v1');
  host.image('v2');
  host.ship({ tag: 'v2' });
  const child = host.start({ env: SLOWLY });
  child.stdout.destroy();
  child.stderr.destroy();
  const [code] = await once(child, 'exit');
  expect(code).toBe(0);
  expectOnlyServing(host, 'v2');
});

scenario('stdout and stderr closed from the beginning', (host) => {
  prepare(host, 'v1');
  host.image('v2');
  host.ship({ tag: 'v2' });
  const [program, ...args] = host.shell.command;
  const command = [program, ...args, join(host.inbox, 'auto.sh')].map((word) => `'${word}'`).join(' ');
  expect(host.exec('sh', '-c', `${command} >&- 2>&-`)).toBe(0);
  expectOnlyServing(host, 'v2');
});

import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { type Host, SIMULATOR } from '../support/host.js';
import { scenario } from '../support/scenario.js';
import { expectOnlyServing, prepare } from './support.js';

/** The environment in which the first `docker VERB` is followed by a shell command, as a disk that fails just then. */
function after(host: Host, verb: string, command: string): Readonly<Record<string, string>> {
  const folder = join(host.folder, 'bin');
  mkdirSync(folder);
  const program = `#!/bin/sh
PATH=$REAL_PATH
docker "$@"
status=$?
[ "$1" != ${verb} ] || [ -e "${folder}/done" ] || { : >"${folder}/done"; ${command}; }
exit "$status"
`;
  writeFileSync(join(folder, 'docker'), program);
  chmodSync(join(folder, 'docker'), 0o755);
  const path = `${SIMULATOR}:${process.env.PATH}`;
  return { PATH: `${folder}:${path}`, REAL_PATH: path };
}

/** Neither the log nor what docker prints can be written any more. Root may write everywhere, so folders stand there. */
function loseFiles(host: Host): string {
  return `rm -rf "${host.history}.work" "${host.history}.out"; mkdir "${host.history}.out"; : >"${host.history}.work"`;
}

for (const verb of ['pull', 'create', 'stop', 'start']) {
  scenario(`log and work folder are lost after docker ${verb}: what the code says is true`, (host) => {
    prepare(host, 'v1');
    host.image('v2');
    const env = after(host, verb, loseFiles(host));
    const run = host.deploy('v2', 2, {}, { env });
    expect([0, 10, 11]).toContain(run.code);
    expectOnlyServing(host, run.code === 0 ? 'v2' : 'v1');
    expect(host.versions()).toEqual(run.code === 0 ? ['v1'] : []);
    expect(run.result).toBeDefined();
  });
}

scenario('the engine is gone before the swap: that nothing was stopped is not known to be true', (host) => {
  prepare(host, 'v1');
  host.image('v2');
  const run = host.deploy('v2', 2, {}, { env: after(host, 'create', 'simctl daemon down') });
  expect(run.code).toBe(12);
  expect(run.output).toContain('GS120');
  host.sim('daemon', 'up');
  expect(host.run().code).toBe(0);
  expectOnlyServing(host, 'v2');
  expect(host.versions()).toEqual(['v1']);
});

scenario(
  'another process takes the port in the gap: a rollback brings the only version back once it is free',
  (host) => {
    prepare(host, 'v1');
    host.image('v2');
    const run = host.deploy('v2', 2, {}, { env: after(host, 'stop', 'simctl port-taken 8080') });
    expect(run.code).toBe(12);
    expect(host.rollback(3)).toMatchObject({ code: 12, output: expect.stringContaining('GS152') });
    host.sim('port-free', '8080');
    expect(host.rollback(3).code).toBe(0);
    expectOnlyServing(host, 'v1');
    expect(host.versions()).toEqual([]);
  },
);

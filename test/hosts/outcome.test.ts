import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import type { Host } from '../support/host.js';
import { scenario } from '../support/scenario.js';
import { prepare } from './support.js';

/** The lines of `rollback.sh --outcome`; a word that comes more than once has its values in order. */
function outcomeOf(host: Host, exit: number): Record<string, string[]> {
  const { code, output } = host.run({ script: 'rollback.sh', args: ['--outcome', String(exit)] });
  expect(code).toBe(0);
  const lines = output.trimEnd().split('\n');
  expect([lines[0], lines.at(-1)]).toEqual(['gen-scripts-outcome 1', 'end']);
  const words: Record<string, string[]> = {};
  for (const line of lines.slice(1, -1)) {
    const [word = '', ...value] = line.split(' ');
    words[word] = [...(words[word] ?? []), value.join(' ')];
  }
  return words;
}

function auto(host: Host): string {
  return createHash('sha256')
    .update(readFileSync(join(host.inbox, 'auto.sh')))
    .digest('hex');
}

const REFERENCE = /^registry\.example\.com\/team\/citest:(v\d)@sha256:[0-9a-f]{64}/;
const versionIn = (value = '') => REFERENCE.exec(value)?.[1];

scenario('outcome of an update: what ran, what runs, and where a rollback goes next', (host) => {
  prepare(host, 'v1', 'v2', 'v3');
  const words = outcomeOf(host, 0);
  expect(words).toMatchObject({
    build: ['3'],
    auto: [auto(host)],
    exit: ['0'],
    action: ['deploy'],
    result: ['done'],
    seconds: [expect.stringMatching(/^\d+$/)],
    now: [expect.stringMatching(/citest:v3@sha256:[0-9a-f]{64} running$/)],
  });
  expect([versionIn(words.from?.[0]), versionIn(words.to?.[0])]).toEqual(['v2', 'v3']);
  expect(words.history?.map(versionIn)).toEqual(['v2', 'v1']);
});

scenario('outcome of a version that does not get healthy: the old one serves', (host) => {
  prepare(host, 'v1');
  host.image('v2', 'crash');
  expect(host.deploy('v2', 2).code).toBe(11);
  const words = outcomeOf(host, 11);
  expect(words).toMatchObject({ exit: ['11'], action: ['deploy'], result: ['restored'] });
  expect(versionIn(words.now?.[0])).toBe('v1');
  expect(words.history).toBeUndefined();
});

scenario('outcome of a first deploy that fails: nothing runs', (host) => {
  host.image('v1', 'crash');
  expect(host.deploy('v1', 1).code).toBe(12);
  expect(outcomeOf(host, 12)).toMatchObject({ result: ['down'], now: ['- none'] });
});

scenario('outcome of a rollback, and of one that has nowhere to go', (host) => {
  prepare(host, 'v1', 'v2');
  host.rollback(3);
  const back = outcomeOf(host, 0);
  expect(back).toMatchObject({ build: ['3'], action: ['rollback'], result: ['done'] });
  expect(versionIn(back.now?.[0])).toBe('v1');
  expect(host.rollback(4).code).toBe(13);
  expect(outcomeOf(host, 13)).toMatchObject({ build: ['4'], exit: ['13'], action: ['-'], result: ['-'] });
});

scenario('outcome on an empty host, without docker, and of nothing transferred', (host) => {
  host.image('v1');
  host.ship({ tag: 'v1', jenkins: { buildNumber: '1' } });
  expect(outcomeOf(host, 137)).toMatchObject({ exit: ['137'], action: ['-'], from: ['-'], now: ['- none'] });
  host.sim('fault', 'at=1+ do=fail-before');
  expect(outcomeOf(host, 10)).toMatchObject({ now: ['- unknown'] });
  const calls = host.calls().length;
  expect(host.run({ script: 'rollback.sh', args: ['--outcome', '1x'] })).toMatchObject({
    code: 64,
    output: expect.stringContaining('GS160'),
  });
  expect(host.calls()).toHaveLength(calls);
});

scenario('outcome: nothing that stands in a file forges a line of it', (host) => {
  prepare(host, 'v1', 'v2');
  appendFileSync(host.history, 'end\rexit 0\nnow forged running\n\u001b[31mred\n');
  appendFileSync(
    `${host.history}.journal`,
    ['t', 'r', 'deploy', 'done', 'a\nexit 0', 'to', '2', 'who', '1'].join('\t'),
  );
  const words = outcomeOf(host, 11);
  expect(words.exit).toEqual(['11']);
  expect(words.now).toHaveLength(1);
  expect(words.history?.slice(0, 3)).toEqual(['[31mred', 'now forged running', 'endexit 0']);
});

scenario("outcome of another build's script: whose it is can be seen", (host) => {
  prepare(host, 'v1');
  expect(host.run({ args: ['--build', '2'] }).code).toBe(64);
  expect(outcomeOf(host, 64)).toMatchObject({ build: ['1'], exit: ['64'], auto: [auto(host)] });
});

scenario('outcome after shipped credentials: auto.sh has used them, and none are left', (host) => {
  const registry = { login: 'shipped' } as const;
  const shipped = { 'registry.credentials': 'ci\ncanary-5ecret\n' };
  host.image('v1');
  host.sim('registry', 'password', 'ci', 'canary-5ecret');
  host.ship({ tag: 'v1', jenkins: { buildNumber: '1' }, registry }, shipped);
  expect(host.run({ args: ['--build', '1'] }).code).toBe(0);
  expect(outcomeOf(host, 0)).toMatchObject({ result: ['done'], now: [expect.stringMatching(/ running$/)] });
  // auto.sh never ran: rollback.sh is the first to see them.
  host.ship({ tag: 'v1', jenkins: { buildNumber: '2' }, registry }, shipped);
  rmSync(join(host.inbox, 'auto.sh'));
  expect(outcomeOf(host, 127)).toMatchObject({ build: ['2'], auto: ['-'], exit: ['127'], result: ['-'] });
  expect(existsSync(join(host.inbox, 'registry.credentials'))).toBe(false);
});

scenario('outcome on a host whose files are not files', (host) => {
  prepare(host, 'v1');
  const files = [host.history, `${host.history}.journal`];
  for (const file of files) {
    rmSync(file, { force: true });
    mkdirSync(file);
  }
  const words = outcomeOf(host, 10);
  expect(words).toMatchObject({ action: ['-'], result: ['-'], seconds: ['-'] });
  expect(words.now).toEqual([expect.stringMatching(/ running$/)]);
  expect(words.history).toBeUndefined();
  for (const file of files) rmSync(file, { recursive: true });
});

scenario('outcome, asked for by hand in the folder of the scripts', (host) => {
  prepare(host, 'v1');
  const [program = '', ...options] = host.shell.command;
  const typed = 'cd "$0" && exec "$@" rollback.sh --outcome 0';
  const said = host.capture('sh', '-c', typed, host.inbox, program, ...options);
  expect(said).toContain(`\nauto ${auto(host)}\nexit 0\n`);
});

scenario('outcome changes nothing, waits for nobody, and needs no file of ours', (host) => {
  prepare(host, 'v1');
  const before = host.leftovers();
  const holder = host.hold(`${host.history}.lock`);
  try {
    writeFileSync(join(host.inbox, 'auto.sh'), 'another');
    expect(outcomeOf(host, 75)).toMatchObject({ exit: ['75'], auto: [auto(host)] });
    expect(host.leftovers()).toEqual(before);
  } finally {
    holder.kill();
  }
});

scenario('outcome: a line of an earlier run with the same number is not this one', (host) => {
  prepare(host, 'v1', 'v2');
  // The job was made anew, and counts from 1 again: this rollback finds its work done and adds no line.
  expect(host.rollback(1, { rollback: { to: 'v2', steps: 0 } }).code).toBe(0);
  expect(outcomeOf(host, 0)).toMatchObject({ action: ['-'], result: ['-'], from: ['-'], seconds: ['-'] });
});

scenario('outcome: a pipe in the place of a file is not waited for', (host) => {
  prepare(host, 'v1');
  const files = [join(host.inbox, 'auto.sh'), `${host.history}.journal`];
  for (const file of files) {
    rmSync(file);
    host.capture('mkfifo', file);
  }
  expect(outcomeOf(host, 0)).toMatchObject({ auto: ['-'], action: ['-'] });
  for (const file of files) rmSync(file);
});

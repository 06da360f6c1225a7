import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from '@jest/globals';
import type { Host } from '../support/host.js';
import { scenario } from '../support/scenario.js';
import { prepare } from './support.js';

const OURS = 'registry.example.com/team/citest';

/** Lines that are no image of this app, and what must be seen of them. */
const REFUSED: readonly (readonly [name: string, line: string | Buffer, shown: string])[] = [
  ['an option', '--privileged', '--privileged'],
  ['an option with a value', '--volume=/:/host', '--volume=/:/host'],
  ['a dash', '-', '-'],
  ['a command', `${OURS}:v1; reboot`, `${OURS}:v1; reboot`],
  ['a substitution', `${OURS}:$(reboot)`, `${OURS}:$(reboot)`],
  ['backquotes', '`reboot`', '`reboot`'],
  ['a reference and an option', `--privileged ${OURS}:v1`, `--privileged ${OURS}:v1`],
  ['an option behind', `${OURS}:v1 --privileged`, `${OURS}:v1 --privileged`],
  ['a path', '/etc/passwd', '/etc/passwd'],
  ['a way up', `${OURS}/../other:v1`, `${OURS}/../other:v1`],
  ["another app's image", 'registry.example.com/team/citest2:v1', 'team/citest2:v1'],
  ['another registry', 'evil.example.com/team/citest:v1', 'evil.example.com/team/citest:v1'],
  ['no registry', 'team/citest:v1', 'team/citest:v1'],
  ['an id', 'sha256:0123456789ab', 'sha256:0123456789ab'],
  ['quotes', `'${OURS}:v1'`, `'${OURS}:v1'`],
  ['a pattern', `${OURS}:*`, `${OURS}:*`],
  ['a format', '%s%n%d', '%s%n%d'],
  ['backslashes', `${OURS}:v1\\nx`, `${OURS}:v1\\nx`],
  ['a blank before it', ` ${OURS}:v1`, ` ${OURS}:v1`],
  ['a tab in it', `${OURS}:\tv1`, `${OURS}:\tv1`],
  ['an escape sequence', `${OURS}:v1\u001b[2K`, `${OURS}:v1?[2K`],
  ['a bell', `${OURS}:v1\u0007`, `${OURS}:v1?`],
  ['a NUL', `${OURS}:v1\0`, `${OURS}:v1?`],
  ['a NUL in it', `${OURS}:v\u00001`, `${OURS}:v?1`],
  ['a carriage return in it', `${OURS}:v1\rv2`, `${OURS}:v1?v2`],
  ['letters of other alphabets', `${OURS}:ｖ1\u202e`, OURS],
  ['what is no UTF-8', Buffer.from([...Buffer.from(`${OURS}:v1`), 0xff, 0xfe]), OURS],
  ['a megabyte', 'x'.repeat(1_000_000), 'xxxxxxxxxx ...'],
  ['a megabyte of our own', `${OURS}:${'v'.repeat(1_000_000)}`, `${OURS}:vvvv`],
];

/** Puts the line last, between good ones; `end` is what comes behind it. */
function write(host: Host, line: string | Buffer, end = '\n'): Buffer {
  const text = Buffer.concat([Buffer.from(`${OURS}:v1\n\n`), Buffer.from(line), Buffer.from(end)]);
  writeFileSync(host.history, text);
  return text;
}

scenario(
  'no line of a history but an image of this app is a target: refused by its number, nothing lost',
  (host) => {
    prepare(host, 'v1');
    host.ship({ mode: 'rollback', tag: '', jenkins: { buildNumber: '2' } });
    for (const [name, line, shown] of REFUSED) {
      const text = write(host, line, name.length % 2 ? '\n' : '');
      const before = host.calls().length;
      const { code, output } = host.run();
      expect({ name, code, output }).toMatchObject({ code: 10, output: expect.stringContaining(shown) });
      expect(output).toMatch(/rollback: GS144 \S+citest_history:3: /);
      expect(output.length).toBeLessThan(5000);
      expect({ name, same: readFileSync(host.history).equals(text) }).toEqual({ name, same: true });
      const asked = host.calls().slice(before);
      expect(asked.filter((call) => !/^\d+ docker (version|ps|container inspect) /.test(call))).toEqual([]);
    }
    expect(host.serves()).toBe('v1');
  },
);

scenario('--steps and --to refuse such a line too, and --list marks it', (host) => {
  prepare(host, 'v1');
  host.ship({ mode: 'rollback', tag: '', jenkins: { buildNumber: '2' } });
  const all = REFUSED.map(([, line]) => Buffer.concat([Buffer.from(line), Buffer.from('\r\n')]));
  const text = Buffer.concat([Buffer.from(`${OURS}:v1\n`), ...all]);
  writeFileSync(host.history, text);
  const lines = host
    .run({ args: ['--list'] })
    .output.trimEnd()
    .split('\n');
  expect(lines).toHaveLength(REFUSED.length + 1);
  expect(lines.at(-1)).toBe(`${String(lines.length).padStart(4)}  ${OURS}:v1`);
  for (const [index, line] of lines.slice(0, -1).entries())
    expect(line).toMatch(new RegExp(`^ *${index + 1}  .*  \\(GS144: line ${lines.length - index} is not`));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that there are none is what is tested
  expect(lines.join('')).not.toMatch(/[\0-\u0008\u000b-\u001f\u007f]/);
  for (const args of [
    ['--steps', '1'],
    ['--steps', String(REFUSED.length)],
    ['--to', 'evil.example.com/team/citest:v1'],
  ])
    expect(host.run({ args })).toMatchObject({ code: 10, output: expect.stringContaining('GS144') });
  expect(host.run({ args: ['--to', '--privileged'] }).code).toBe(10);
  expect(readFileSync(host.history).equals(text)).toBe(true);
});

scenario('--steps does not count past such a line: what it stood for is not known', (host) => {
  prepare(host, 'v1', 'v2', 'v3');
  host.ship({ mode: 'rollback', tag: '', jenkins: { buildNumber: '4' } });
  // Without an end, as a write that was cut short leaves it.
  writeFileSync(host.history, `${OURS}:v1\n${OURS}:v2\n${OURS.slice(0, -4)}`);
  for (const steps of ['2', '3', '4'])
    expect(host.run({ args: ['--steps', steps] })).toMatchObject({
      code: 10,
      output: expect.stringMatching(/GS144 \S+citest_history:3: /),
    });
  expect(host.run({ args: ['--to', 'v1'] }).code).toBe(0);
  expect(host.serves()).toBe('v1');
});

scenario('a deploy and a rollback keep every byte of the other lines', (host) => {
  for (const tag of ['v1', 'v2']) host.image(tag);
  host.deploy('v1', 1);
  const odd = Buffer.concat(
    REFUSED.map(([, line]) => Buffer.concat([Buffer.from(line), Buffer.from('\r\n')])),
  );
  for (const end of ['', '\n', 'x', '\0']) {
    const text = Buffer.concat([odd, Buffer.from(end)]);
    writeFileSync(host.history, text);
    expect(host.deploy('v2', 2).code).toBe(0);
    const after = readFileSync(host.history);
    const line = `${after.subarray(text.length)}`;
    expect(after.subarray(0, text.length).equals(text)).toBe(true);
    expect(line).toMatch(end === '' || end === '\n' ? /^registry\S+:v1@\S+\n$/ : /^\nregistry\S+:v1@\S+\n$/);
    expect(host.rollback(3).code).toBe(0);
    const kept = end === '' || end === '\n' ? text : Buffer.concat([text, Buffer.from('\n')]);
    expect(readFileSync(host.history).equals(kept)).toBe(true);
    host.command('docker', 'container', 'inspect', '--format', '{{.Id}}', 'citest');
  }
});

scenario('a history with the line ends of another system keeps its parked versions', (host) => {
  prepare(host, 'v1', 'v2', 'v3');
  writeFileSync(host.history, readFileSync(host.history, 'utf8').replaceAll('\n', ' \r\n'));
  host.image('v4');
  expect(host.deploy('v4', 4).code).toBe(0);
  expect(Object.keys(host.containers())).toHaveLength(4);
  expect(host.calls().filter((call) => call.includes(' rmi '))).toEqual([]);
  host.ship({ mode: 'rollback', tag: '', jenkins: { buildNumber: '5' } });
  expect(host.run({ args: ['--to', 'v1'] }).code).toBe(0);
  expect(host.serves()).toBe('v1');
});

scenario('a list longer than an argument may be is shown whole', (host) => {
  prepare(host, 'v1');
  host.ship({ mode: 'rollback', tag: '', jenkins: { buildNumber: '2' } });
  writeFileSync(host.history, `${OURS}:v1\n`.repeat(6000));
  expect(
    host
      .run({ args: ['--list'] })
      .output.trimEnd()
      .split('\n'),
  ).toHaveLength(6000);
});

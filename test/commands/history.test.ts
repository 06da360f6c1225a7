import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough, Readable, Writable } from 'node:stream';
import { afterAll, describe, expect, test } from '@jest/globals';
import { run } from '../../src/cli.js';
import { widthOf } from '../../src/output/table.js';
import { deploy, line, reference } from '../history/support.js';
import { cleanUp, folderWith, gen, genWith } from './support.js';

afterAll(cleanUp);

const V1 = deploy('01:00:00', '01:00:12', { to: 'v1', build: '1' });
const V2 = deploy('02:00:00', '02:01:05', { from: 'v1', to: 'v2', build: '2', seconds: '65' });
const FAILED = deploy('02:00:00', '02:00:12', { from: 'v1', to: 'v2', build: '2', result: 'restored' });
const HISTORY = `${reference('v0')}\n${reference('v1')}\n`;

function history(cwd: string, ...argv: string[]) {
  return gen(cwd, ['history', ...argv], {});
}

describe('one host', () => {
  test('its runs, what serves, and where a rollback goes', async () => {
    const cwd = await folderWith({ citest_history: HISTORY, 'citest_history.journal': V1 + V2 });
    expect(await history(cwd, 'citest_history')).toEqual({
      status: 0,
      stderr: '',
      stdout: `Runs v2, since 2026-11-23 02:01:05 UTC.

   TIME (UTC)           TOOK       ACTION  FROM  TO  SERVED  BUILD  WHO     STATE
*  2026-11-23 01:00:00  12 s       deploy  -     v1  1 h     1      li.lei  healthy
*  2026-11-23 02:00:00  1 min 5 s  deploy  v1    v2  still   2      li.lei  healthy

A rollback goes to, newest first:
--steps  TAG  LINE OF THE HISTORY
1        v1   registry.example.com/team/citest:v1
2        v0   registry.example.com/team/citest:v0
`,
    });
  });

  test('how each replaced the container', async () => {
    const strategy = line({ at: '02:00:05', began: '02:00:00', action: 'strategy', result: 'preflight' });
    const begun = line({ at: '02:00:00', result: 'begun', to: 'v2' });
    const cwd = await folderWith({ 'a.journal': V1 + begun + strategy + V2 });
    const { stdout } = await history(cwd, 'a.journal');
    expect(stdout).toMatch(/ deploy {14}- +v1 .*\n.* deploy \(preflight\) {2}v1 +v2 /);
    expect(stdout).not.toContain('left out');
    const { hosts } = JSON.parse((await history(cwd, 'a.journal', '--format', 'json')).stdout);
    expect(hosts[0].runs.map(({ strategy }: { strategy: string }) => strategy)).toEqual(['', 'preflight']);
  });

  test('in Chinese', async () => {
    const cwd = await folderWith({ h: HISTORY, 'h.journal': V1 + FAILED });
    const { stdout } = await history(cwd, 'h', '--lang', 'zh');
    expect(stdout).toContain('正在运行 v1，开始于 2026-11-23 01:00:12 UTC。\n');
    expect(stdout).toMatch(/^! {2}2026-11-23 02:00:00 {2}12 秒 {2}部署 .*失败，旧容器已恢复运行$/m);
    expect(stdout).toContain('回滚的目标，从新到旧：\n');
  });

  test.each([
    ['a journal by its name', ['h.journal'], ''],
    ['a journal by what is in it', ['copy'], ''],
    ['stdin', ['-'], V1],
    ['a name for it', ['web1=-'], V1],
  ])('%s', async (_, argv, stdin) => {
    const cwd = await folderWith({ h: HISTORY, 'h.journal': V1, copy: V1 });
    const input = new PassThrough();
    input.end(stdin);
    const { status, stdout } = await genWith({ cwd, stdin: input }, ['history', ...argv]);
    expect(status).toBe(0);
    expect(stdout).toContain('Runs v1, since 2026-11-23 01:00:12 UTC.\n');
    expect(stdout).toContain('no history: where a rollback goes is not known\n');
  });

  test('a history alone, and a journal whose history was never made', async () => {
    const cwd = await folderWith({ old: HISTORY, 'first.journal': FAILED });
    expect((await history(cwd, 'old')).stdout).toMatch(/^no journal: .*\n\nA rollback goes to/);
    expect((await history(cwd, 'first')).stdout).toContain('A rollback has nothing to go to.\n');
  });

  test('--last and --local', async () => {
    const cwd = await folderWith({ h: HISTORY, 'h.journal': V1 + V2 });
    const { stdout } = await history(cwd, 'h', '--last', '1');
    expect(stdout).toContain('... 1 earlier runs; --last all shows them\n');
    expect(stdout).toContain('... and 1 more; --last all shows them\n');
    expect(stdout.match(/deploy/g)).toHaveLength(1);
    expect((await history(cwd, 'h', '--last', 'all')).stdout.match(/deploy/g)).toHaveLength(2);
    const local = await history(cwd, 'h', '--local');
    expect(local.stdout).not.toContain('UTC');
    const at = new Date('2026-11-23T02:01:05Z');
    expect(local.stdout).toContain(`since ${at.getFullYear()}-${at.getMonth() + 1}-${at.getDate()} `);
  });

  test('a run without an end makes what runs uncertain', async () => {
    const cwd = await folderWith({ 'h.journal': V1 + line({ at: '02:00:00', result: 'begun', to: 'v2' }) });
    const { stdout } = await history(cwd, 'h.journal');
    expect(stdout).toContain('The last run has no end');
    expect(stdout).toMatch(/^\? .*begun: under way, or interrupted$/m);
    const { hosts } = JSON.parse((await history(cwd, 'h.journal', '--format', 'json')).stdout);
    expect(hosts[0].now).toMatchObject({ reference: reference('v1'), certain: false });
  });

  test('a narrow terminal: no line is longer', async () => {
    const cwd = await folderWith({ h: HISTORY.repeat(3), 'h.journal': `${V1 + V2 + FAILED}cut\n` });
    for (const columns of [20, 40, 60, 80]) {
      for (const lang of ['en', 'zh']) {
        const text = await onTerminal(cwd, columns, ['history', 'h', '--lang', lang]);
        expect(text.split('\n').filter((row) => widthOf(row) > columns)).toEqual([]);
        expect(text).toContain('2026');
      }
    }
  });
});

async function onTerminal(cwd: string, columns: number, argv: string[]): Promise<string> {
  let text = '';
  const write = (chunk: Buffer, _: unknown, done: () => void) => {
    text += chunk;
    done();
  };
  const stdout = Object.assign(new Writable({ write }), { isTTY: true, columns });
  await run(argv, { cwd, env: {}, stdin: new PassThrough(), stdout, stderr: new PassThrough() });
  return text;
}

describe('several hosts', () => {
  test('that agree', async () => {
    const cwd = await folderWith({ a: HISTORY, 'a.journal': V1 + V2, b: HISTORY, 'b.journal': V1 + V2 });
    expect(await history(cwd, 'web1=a', 'web2=b')).toEqual({
      status: 0,
      stderr: '',
      stdout: `HOST  NOW  SINCE (UTC)          LAST RUN                 A ROLLBACK GOES TO
web1  v2   2026-11-23 02:01:05  deploy v2 (#2): healthy  v1, v0
web2  v2   2026-11-23 02:01:05  deploy v2 (#2): healthy  v1, v0

The hosts agree.
`,
    });
  });

  test('that do not: exit code 1, and from where on', async () => {
    const cwd = await folderWith({
      a: HISTORY,
      'a.journal': V1 + V2,
      b: `${reference('v0')}\n`,
      'b.journal': V1 + FAILED,
    });
    const { status, stdout } = await history(cwd, 'web1=a', './b');
    expect(status).toBe(1);
    expect(
      stdout,
    ).toBe(`HOST  NOW  SINCE (UTC)          LAST RUN                                                    A ROLLBACK GOES TO
web1  v2   2026-11-23 02:01:05  deploy v2 (#2): healthy                                     v1, v0
./b   v1   2026-11-23 01:00:12  deploy v2 (#2): failed, the old container is running again  v0

THE HOSTS DO NOT RUN THE SAME.
THE SAME ROLLBACK GOES TO DIFFERENT VERSIONS.
They went apart after deploy v1 (#1), 2026-11-23 01:00:00 UTC. Since then:
HOST  TIME (UTC)           ACTION  TO  BUILD  STATE
web1  2026-11-23 02:00:00  deploy  v2  2      healthy
./b   2026-11-23 02:00:00  deploy  v2  2      failed, the old container is running again
`);
    const json = await history(cwd, 'web1=a', './b', '--format', 'json');
    expect(json.status).toBe(1);
    expect(JSON.parse(json.stdout)).toMatchObject({
      format: 1,
      agree: false,
      sameNow: false,
      sameTarget: false,
      firstDifferentSteps: 1,
      common: { build: '1' },
      hosts: [
        { name: 'web1', apart: [{ result: 'done' }], now: { reference: reference('v2'), state: 'healthy' } },
        {
          name: './b',
          apart: [{ result: 'restored' }],
          rollback: [{ steps: 1, reference: reference('v0') }],
        },
      ],
    });
  });
});

test('several hosts: what runs is uncertain where the last run has no end', async () => {
  const cwd = await folderWith({
    'a.journal': V1 + line({ at: '02:00:00', result: 'begun', to: 'v2' }),
    'b.journal': V1,
  });
  const { stdout } = await history(cwd, 'web1=a.journal', 'web2=b.journal');
  expect(stdout.match(/^.*The last run has no end/gm)).toEqual(['web1: The last run has no end']);
});

describe('whatever a host holds', () => {
  const ESCAPES = '\u001b]0;x\u0007\u009b31m\u202e\r\n';

  test.each([['text'], ['json']])('nothing of it drives the terminal: %s', async (format) => {
    const hostile = line({
      at: '03:00:00',
      to: `v3${ESCAPES.trim()}`,
      who: `a${ESCAPES}b`.replace(/[\r\n]/g, ''),
    });
    const files = { h: `${HISTORY}${ESCAPES}`, 'h.journal': `${V1}${hostile}${ESCAPES}\0\n` };
    const cwd = await folderWith({ ...files, x: files.h, 'x.journal': V1 });
    for (const argv of [['h'], [`w${ESCAPES}=h`, 'x']]) {
      const { stdout } = await history(cwd, ...argv, '--format', format);
      expect(stdout).toContain('v3');
      expect(stdout.replaceAll('\n', '')).not.toMatch(/\p{Cc}|\u202e/u);
    }
  });

  test('lines that are none are named, and so is a clock that was set back', async () => {
    const cwd = await folderWith({ 'h.journal': `${V2}hello\n${V1}${V1.slice(0, 40)}` });
    const { stdout } = await history(cwd, 'h.journal');
    expect(stdout).toContain("h.journal: 2 lines are cut or no journal's, and left out: 3, 6\n");
    expect(stdout).toMatch(/^h\.journal: the clock was set back once, at line 4 by 1 h 1 min: /m);
    expect(stdout).not.toMatch(/-\d+ s/);
  });

  test('100,000 lines of a journal and of a history', async () => {
    const two = V1 + V2;
    const journal = Array.from({ length: 25_000 }, (_, index) => two.replaceAll('Z-41', `Z-${index}`)).join(
      '',
    );
    const files = { h: HISTORY.repeat(50_000), 'h.journal': journal, x: HISTORY, 'x.journal': V1 };
    const cwd = await folderWith(files);
    expect((await history(cwd, 'h')).stdout).toContain('... 49980 earlier runs;');
    expect((await history(cwd, 'h', 'x')).stdout).toContain('Since then:');
  });
});

describe('what it cannot work with', () => {
  test('a stream that does not end', async () => {
    const chunk = Buffer.alloc(64 * 1024 * 1024);
    const stdin = Readable.from(endless(chunk));
    const { status, stdout, stderr } = await genWith({ stdin }, ['history', '-']);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(
      'history: "-": not a history or journal that can be read (more than 200 MB) [GS075]',
    );
  });

  test.each([
    {
      name: 'no file',
      argv: [],
      want: /^history: no value: expected a history, its journal, or - for stdin \[GS026\]$/m,
    },
    {
      name: 'no such file',
      argv: ['none'],
      want: /^history: "none": not a history .*\(there is no such file\) \[GS075\]\n {2}hint: ssh HOST cat/m,
    },
    { name: 'all of them', argv: ['none', 'a=gone'], want: /"none".*\n.*\n.*"gone".*\[GS075\]/ },
    { name: 'a folder', argv: ['folder'], want: /"folder".*\(a folder has this name\) \[GS075\]/ },
    {
      name: 'a name twice',
      argv: ['a=h', 'a=x'],
      want: /^history: "a": two hosts with this name \[GS076\]$/m,
    },
    {
      name: 'stdin twice',
      argv: ['a=-', 'b=-'],
      want: /^history: "-": two hosts with this name \[GS076\]$/m,
    },
    {
      name: '--last',
      argv: ['h', '--last', '0'],
      want: /^--last: "0": .*expected a whole number from 1, or all \[GS036\]$/m,
    },
    {
      name: '--format',
      argv: ['h', '--format', 'xml'],
      want: /^--format: "xml": .*expected text, json \[GS034\]$/m,
    },
  ])('$name', async ({ argv, want }) => {
    const cwd = await folderWith({ h: HISTORY, x: HISTORY });
    await mkdir(join(cwd, 'folder'));
    const { status, stdout, stderr } = await history(cwd, ...argv);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(want);
  });
});

function* endless(chunk: Buffer): Generator<Buffer> {
  for (;;) yield chunk;
}

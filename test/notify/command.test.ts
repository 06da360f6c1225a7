import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import type { Report } from '../../src/report/report.js';
import { cleanUp, folderWith, gen, settings } from '../commands/support.js';
import { type Behaviour, type Chat, closeChats, dingtalk, feishu, openChat, slack, wecom } from './chat.js';
import { manifest, report } from './reports.js';

afterEach(closeChats);
afterAll(cleanUp);

/** Of the running build; a Slack-compatible webhook shows the text as it is. */
const BUILD_7 = { BUILD_NUMBER: '7', JOB_NAME: 'citest-deploy' };

async function workspace(files: Record<string, unknown> = {}): Promise<string> {
  const cwd = await folderWith();
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(cwd, name)), { recursive: true });
    await writeFile(join(cwd, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return cwd;
}

const REPORT = '.gen-scripts/report.json';
const MANIFEST = 'release/manifest.json';

interface Run {
  readonly files?: Record<string, unknown>;
  readonly argv?: readonly string[];
  readonly env?: Record<string, string>;
}

/** Runs `notify` with a webhook that takes everything; `text` is what it was told, undefined if nothing. */
async function run({ files = {}, argv = [], env = BUILD_7 }: Run) {
  const chat = await openChat(slack('/hook'));
  const cwd = await workspace(files);
  const result = await gen(cwd, ['notify', ...argv], { NOTIFY_WEBHOOK: `${chat.origin}/hook`, ...env });
  const text = chat.received[0]?.json?.text as string | undefined;
  return { ...result, text, lines: text?.split('\n') ?? [], messages: chat.received.length };
}

const SENT = 'notify: sent to Webhook (127.0.0.1)\n';

describe('with a report of this build', () => {
  test('it is told, on stderr only', async () => {
    const { status, stdout, stderr, lines } = await run({ files: { [REPORT]: report() } });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: SENT });
    expect(lines[0]).toBe('✅ citest → v1.4.0: deployed');
    expect(lines).toContain('✅ web1: healthy, v1.3.0 → v1.4.0, 12 s');
  });

  test('--lang zh, and a report of another name', async () => {
    const argv = ['--report', 'other/report.json', '--lang', 'zh'];
    const { lines } = await run({ files: { 'other/report.json': report() }, argv });
    expect(lines[0]).toBe('✅ citest → v1.4.0：部署成功');
  });

  test('ABORTED by Jenkins counts more than what the hosts answered', async () => {
    const { lines } = await run({ files: { [REPORT]: report() }, argv: ['--result', 'ABORTED'] });
    expect(lines[0]).toBe('⏹️ citest → v1.4.0: deploy aborted');
    expect(lines).toContain('✅ web1: healthy, v1.3.0 → v1.4.0, 12 s');
  });

  test('outside Jenkins it is whose it is', async () => {
    const build = { number: '', url: '', job: '', who: '' };
    const { lines } = await run({ files: { [REPORT]: report({ build }) }, env: {} });
    expect(lines.at(-1)).toBe('gen-scripts');
  });

  test('keys that a later version adds do not matter', async () => {
    const { status, messages } = await run({ files: { [REPORT]: { ...report(), more: 1 } } });
    expect({ status, messages }).toEqual({ status: 0, messages: 1 });
  });
});

describe('without a report: --result and the manifests', () => {
  test.each([
    ['SUCCESS', '✅ citest → v1.4.0: deployed'],
    ['UNSTABLE', '⚠️ citest → v1.4.0: deploy unstable'],
    ['FAILURE', '❌ citest → v1.4.0: deploy failed'],
    ['ABORTED', '⏹️ citest → v1.4.0: deploy aborted'],
  ])('%s', async (result, title) => {
    const { status, stderr, lines } = await run({
      files: { [MANIFEST]: manifest() },
      argv: ['--result', result],
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: SENT });
    expect(lines[0]).toBe(title);
    expect(lines).toContain('More is in the log of the build.');
    expect(lines).toContain('By: li');
    expect(lines).toContain('Build: https://jenkins.example.com/job/citest-deploy/7/');
  });

  test('what render writes is understood, in the folder of --out', async () => {
    const cwd = await workspace({ 'gen-scripts.yml': settings() });
    const chat = await openChat(slack('/hook'));
    const env = {
      CTRL_BUILD: 'false',
      ROLLBACK_TO: 'registry.example.com/team/citest:v1.2.0',
      BUILD_NUMBER: '9',
      JOB_NAME: 'citest-deploy',
      BUILD_USER_ID: 'han',
    };
    expect((await gen(cwd, ['--out', 'scripts'], env)).stderr).toContain('rollback of citest');
    const argv = ['notify', '--result', 'SUCCESS', '--out', 'scripts'];
    await gen(cwd, argv, { ...env, NOTIFY_WEBHOOK: `${chat.origin}/hook` });
    expect(String(chat.received[0]?.json?.text).split('\n')).toEqual([
      '✅ citest → v1.2.0: rolled back',
      'More is in the log of the build.',
      'By: han',
      'gen-scripts · citest-deploy #9',
    ]);
  });

  test('several apps', async () => {
    const files = {
      'release/web/manifest.json': manifest({ app: 'web', image: 'team/web:v2' }),
      'release/api/manifest.json': manifest({ app: 'api', image: 'team/api:v3' }),
      'release/theirs/manifest.json': { app: 'theirs' },
      'release/broken/manifest.json': '{',
    };
    const { lines } = await run({ files, argv: ['--result', 'FAILURE'] });
    expect(lines[0]).toBe('❌ api, web: deploy failed');
  });

  test.each<[string, unknown]>([
    ['another build', manifest({ number: '6' })],
    ['nothing that is understood', { generator: { name: 'gen-scripts' }, app: 7, parameters: null }],
    [
      'parameters of another form',
      { ...manifest({ number: '6' }), parameters: { 'jenkins.buildNumber': 6 } },
    ],
  ])('a manifest of %s is not used', async (_, content) => {
    const env = { ...BUILD_7, BUILD_USER_ID: 'han', BUILD_URL: 'https://jenkins.example.com/job/x/7/' };
    const { lines } = await run({ files: { [MANIFEST]: content }, argv: ['--result', 'FAILURE'], env });
    expect(lines).toEqual([
      '❌ citest-deploy: build failed',
      'More is in the log of the build.',
      'By: han',
      'Build: https://jenkins.example.com/job/x/7/',
      'gen-scripts · citest-deploy #7',
    ]);
  });
});

describe('a report of no host', () => {
  const files = {
    [REPORT]: {
      ...report({ hosts: [], sentence: 'No host was asked, nothing was changed.' }),
      result: 'NOT_BUILT',
    },
    [MANIFEST]: manifest(),
  };

  test('is no success', async () => {
    const { stderr, messages } = await run({ files });
    expect(messages).toBe(0);
    expect(stderr).toContain(`WARNING: ${REPORT}: no report of this build (it says that no host was asked`);
  });

  test('is told with what Jenkins says', async () => {
    const { lines } = await run({ files, argv: ['--result', 'FAILURE'] });
    expect(lines[0]).toMatch(/^❌ .*: deploy failed$/);
    expect(lines).toContain('No host was asked, nothing was changed.');
    expect(lines.join()).not.toContain('the log of the build');
  });
});

describe('a report that is not used', () => {
  const stale: Report = report({ build: { ...report().build, number: '6' } });
  const foreign: Report = report({ build: { ...report().build, job: 'other' } });

  test.each<[string, unknown, string]>([
    ['of an earlier build', stale, 'it is of citest-deploy build 6, this is citest-deploy build 7'],
    ['of another job', foreign, 'it is of other build 7, this is citest-deploy build 7'],
    ['cut off', '{"result":', 'it is not JSON'],
    ['no object', '[]', 'it is not a report: Invalid input: expected object, received array'],
    [
      'with a state that is none',
      { ...report(), hosts: [{ ...report().hosts[0], state: 'fine' }] },
      'it is not a report: hosts.0.state: Invalid option',
    ],
  ])('%s: a warning; --result and the manifest are told instead', async (_, content, detail) => {
    const files = { [REPORT]: content, [MANIFEST]: manifest() };
    const { status, stderr, lines } = await run({ files, argv: ['--result', 'FAILURE'] });
    expect(status).toBe(0);
    expect(stderr).toContain(`WARNING: ${REPORT}: no report of this build (${detail}`);
    expect(stderr).toMatch(/ \[GS018\]\n {2}hint: .*\nnotify: sent to Webhook \(127\.0\.0\.1\)\n$/);
    expect(lines[0]).toBe('❌ citest → v1.4.0: deploy failed');
    expect(lines).not.toContain('✅ web1: healthy, v1.3.0 → v1.4.0, 12 s');
  });

  test('by hand the manifest says which build this is', async () => {
    const files = { [REPORT]: stale, [MANIFEST]: manifest() };
    const { stderr, messages } = await run({ files, env: {} });
    expect(stderr).toContain('it is of citest-deploy build 6, this is citest-deploy build 7');
    expect(messages).toBe(0);
  });

  test.each<[string, Record<string, unknown>, readonly string[], string]>([
    ['none', {}, [], 'there is no such file'],
    ['a folder of this name', { [`${REPORT}/x`]: '' }, [], 'a folder has this name'],
    ['none of the given name', {}, ['--report', 'r.json'], 'there is no such file'],
    ['one of an earlier build', { [REPORT]: stale }, [], 'it is of citest-deploy build 6'],
  ])('%s, and no --result: nothing is sent, exit 0', async (_, files, argv, detail) => {
    const { status, stdout, stderr, messages } = await run({ files, argv });
    expect({ status, stdout, messages }).toEqual({ status: 0, stdout: '', messages: 0 });
    expect(stderr).toContain(`no report of this build (${detail}`);
    expect(stderr).toContain(
      '[GS018]\n  hint: give --result, or run gen-scripts report after the hosts were asked\n',
    );
  });

  test('a report that was named is missed even with --result', async () => {
    const { stderr, messages } = await run({ argv: ['--report', 'r.json', '--result', 'SUCCESS'] });
    expect(stderr).toContain('WARNING: r.json: no report of this build (there is no such file) [GS018]');
    expect(messages).toBe(1);
  });
});

test('no address: one line, exit 0', async () => {
  const { status, stdout, stderr } = await gen(await workspace({ [REPORT]: report() }), ['notify'], BUILD_7);
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  expect(stderr).toBe(
    'notify: nothing to do, none of DINGTALK_WEBHOOK, WECOM_WEBHOOK, FEISHU_WEBHOOK, NOTIFY_WEBHOOK is set\n',
  );
});

test.each([['--result', 'FINE'], ['--result'], ['--lang', 'de'], ['--retries', '3'], ['word']])(
  'wrong usage is exit 2: %s %s',
  async (...argv) => {
    const { status, messages } = await run({ files: { [REPORT]: report() }, argv });
    expect({ status, messages }).toEqual({ status: 2, messages: 0 });
  },
);

describe('all services', () => {
  const TOKENS = ['tokenTOKEN1', 'SECsecret1', 'keyKEY12', 'hookHOOK1', 'larkSecret1', 'T00/B00/XXXXXXXX1'];

  /** @param behaviour of every server; undefined: the services' own */
  async function tellAll(behaviour?: Behaviour, secrets = ['SECsecret1', 'larkSecret1']) {
    const [ding = '', lark = ''] = secrets;
    const open = (own: Behaviour) => openChat(behaviour ?? own);
    const chats = [
      await open(dingtalk('tokenTOKEN1', 'SECsecret1')),
      await open(wecom('keyKEY12')),
      await open(feishu('hookHOOK1', 'larkSecret1')),
      await open(slack('/services/T00/B00/XXXXXXXX1')),
    ] as const;
    const env = { ...BUILD_7, ...addressesOf(chats), DINGTALK_SECRET: ding, FEISHU_SECRET: lark };
    const result = await gen(await workspace({ [REPORT]: report() }), ['notify'], env);
    return { ...result, chats };
  }

  function addressesOf([ding, work, lark, hook]: readonly [Chat, Chat, Chat, Chat]) {
    return {
      DINGTALK_WEBHOOK: `${ding.origin}/robot/send?access_token=tokenTOKEN1`,
      WECOM_WEBHOOK: `${work.origin}/cgi-bin/webhook/send?key=keyKEY12`,
      FEISHU_WEBHOOK: `${lark.origin}/open-apis/bot/v2/hook/hookHOOK1`,
      NOTIFY_WEBHOOK: `${hook.origin}/services/T00/B00/XXXXXXXX1`,
    };
  }

  function expectNoSecret(shown: string, chats: readonly Chat[]): void {
    const signs = chats.flatMap(({ received }) =>
      received.flatMap(({ url, json }) => [url.searchParams.get('sign'), json?.sign]),
    );
    const secrets = [...TOKENS, ...signs.filter((sign) => typeof sign === 'string')];
    for (const secret of secrets) {
      expect(shown).not.toContain(secret);
      expect(shown).not.toContain(encodeURIComponent(secret));
    }
  }

  test('each is told once, whichever is ready first', async () => {
    const { status, stderr, chats } = await tellAll();
    expect(status).toBe(0);
    expect(stderr.trimEnd().split('\n').sort()).toEqual(
      ['DingTalk', 'Feishu', 'WeCom', 'Webhook'].map((name) => `notify: sent to ${name} (127.0.0.1)`),
    );
    expect(chats.map(({ received }) => received.length)).toEqual([1, 1, 1, 1]);
    expectNoSecret(stderr, chats);
  });

  test('wrong secrets: the two that sign warn, the others are told', async () => {
    const { status, stderr, chats } = await tellAll(undefined, ['SECwrong11', 'wrongSecret2']);
    expect(status).toBe(0);
    expect(stderr).toContain(
      'WARNING: DingTalk (127.0.0.1): the notification was not sent (errcode 310000: sign not match) [GS017]\n',
    );
    expect(stderr).toContain('WARNING: Feishu (127.0.0.1): the notification was not sent (code 19021: ');
    expect(stderr).toContain('notify: sent to WeCom (127.0.0.1)\n');
    expect(stderr).not.toMatch(/SECwrong11|wrongSecret2/);
    expectNoSecret(stderr, chats);
  });

  /** Says back everything it was sent, as a proxy's error page may. */
  const echo = (status: number): Behaviour => {
    return ({ url, body }) => {
      const said = `${url.href} ${decodeURIComponent(url.href)} ${body}`;
      return { status, body: { errcode: 1, errmsg: said, code: 1, msg: said } };
    };
  };

  test.each<[string, Behaviour, number]>([
    ['HTTP 500', () => ({ status: 500, body: 'oops' }), 4],
    ['the connection is closed', () => 'close', 4],
    ['garbage', () => ({ status: 404, body: '\u0000{' }), 4],
    ['an echo', echo(400), 4],
    ['an echo that says all is well by its status', echo(200), 3],
    ['a redirect to itself', ({ url }) => ({ status: 302, headers: { location: url.href } }), 4],
  ])('%s: warnings, exit 0, and nothing secret is shown', async (_, behaviour, warnings) => {
    const { status, stdout, stderr, chats } = await tellAll(behaviour);
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    expect(stderr.match(/^WARNING: .* \[GS017\]$/gm)).toHaveLength(warnings);
    expectNoSecret(stderr, chats);
  });

  test('addresses that cannot be used are named by their variable only', async () => {
    const env = {
      ...BUILD_7,
      DINGTALK_WEBHOOK: 'tokenTOKEN1',
      WECOM_WEBHOOK: 'ftp://host.example/keyKEY12',
      FEISHU_WEBHOOK: 'https://user:larkSecret1@host.example/hookHOOK1',
    };
    const { status, stderr } = await gen(await workspace({ [REPORT]: report() }), ['notify'], env);
    expect(status).toBe(0);
    expect(
      stderr.match(/^WARNING: environment \w+: not a usable webhook address \(.*\) \[GS019\]$/gm),
    ).toHaveLength(3);
    expect(stderr).not.toMatch(/host\.example|nothing to do/);
    expectNoSecret(stderr, []);
  });
});

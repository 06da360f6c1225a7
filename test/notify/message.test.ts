import { describe, expect, test } from '@jest/globals';
import type { Announcement, Result } from '../../src/notify/announcement.js';
import { announceReport } from '../../src/notify/announcement.js';
import { composeMessage, textOf } from '../../src/notify/message.js';
import { SERVICES } from '../../src/notify/services.js';
import { type Language, WORDS } from '../../src/notify/words.js';
import { announcement, BUILD, host, report, silent } from './reports.js';

function text(given: Announcement, language: Language = 'en', limit = 4000): string {
  return textOf(composeMessage(given, language, limit));
}

const LINK = 'https://jenkins.example.com/job/citest-deploy/7/';

interface Case {
  readonly name: string;
  readonly given: Announcement;
  readonly en: readonly string[];
  readonly zh: readonly string[];
}

const failed = report({
  result: 'FAILURE',
  sentence: 'web2: the new version did not get healthy.',
  hosts: [
    host('web1', 'done'),
    host('web2', 'restored', { exit: 11 }),
    host('web3', 'down', { from: '', now: { reference: '', state: 'none' }, seconds: null }),
    silent('web4', 'skipped'),
  ],
});

const CASES: readonly Case[] = [
  {
    name: 'a deploy on two hosts',
    given: announcement(),
    en: [
      '✅ citest → v1.4.0: deployed',
      'citest v1.4.0 is healthy on web1 and web2.',
      '✅ web1: healthy, v1.3.0 → v1.4.0, 12 s',
      '✅ web2: unchanged, it was healthy already, v1.3.0 → v1.4.0, 3 s',
      'By: li',
      `Build: ${LINK}`,
      'gen-scripts · citest-deploy #7',
    ],
    zh: [
      '✅ citest → v1.4.0：部署成功',
      'citest v1.4.0 is healthy on web1 and web2.',
      '✅ web1：运行正常，v1.3.0 → v1.4.0，12 秒',
      '✅ web2：没有变化，原本就运行正常，v1.3.0 → v1.4.0，3 秒',
      '操作人：li',
      `构建：${LINK}`,
      'gen-scripts · citest-deploy #7',
    ],
  },
  {
    name: 'a deploy that failed on some: those first',
    given: announceReport(failed, 'FAILURE'),
    en: [
      '❌ citest → v1.4.0: deploy failed',
      'web2: the new version did not get healthy.',
      '❌ web2: failed, the old container is running again and healthy, v1.3.0 → v1.4.0, now v1.3.0 (running), 12 s',
      '❌ web3: failed, nothing healthy is running, → v1.4.0, no container now',
      '⚠️ web4: not asked',
      '✅ web1: healthy, v1.3.0 → v1.4.0, 12 s',
      'By: li',
      `Build: ${LINK}`,
      'gen-scripts · citest-deploy #7',
    ],
    zh: [
      '❌ citest → v1.4.0：部署失败',
      'web2: the new version did not get healthy.',
      '❌ web2：失败，旧容器已恢复，运行正常，v1.3.0 → v1.4.0，现在是 v1.3.0（running），12 秒',
      '❌ web3：失败，没有正常运行的容器，→ v1.4.0，现在没有容器',
      '⚠️ web4：未执行',
      '✅ web1：运行正常，v1.3.0 → v1.4.0，12 秒',
      '操作人：li',
      `构建：${LINK}`,
      'gen-scripts · citest-deploy #7',
    ],
  },
  {
    name: 'a rollback of two apps that was aborted, by nobody known',
    given: announcement({
      apps: ['citest', 'api'],
      mode: 'rollback',
      result: 'ABORTED',
      to: '',
      sentence: 'web1 did not answer.',
      build: { ...BUILD, who: ' ', url: '' },
      hosts: [silent('web1', 'unknown'), { ...silent('web1', 'skipped'), app: 'api' }],
    }),
    en: [
      '⏹️ citest, api: rollback aborted',
      'web1 did not answer.',
      'Aborted: a script that had started on a host runs on; look at the host before the next build.',
      '❌ web1 citest: no answer, the state is not known',
      '⚠️ web1 api: not asked',
      'gen-scripts · citest-deploy #7',
    ],
    zh: [
      '⏹️ citest，api：回滚被中止',
      'web1 did not answer.',
      '构建被中止：主机上已经开始的脚本会继续运行，下次构建前请先查看主机。',
      '❌ web1 citest：没有应答，状态未知',
      '⚠️ web1 api：未执行',
      'gen-scripts · citest-deploy #7',
    ],
  },
  {
    name: 'hosts that are well in a build that failed later',
    given: announceReport(report({ hosts: [host('web1', 'done', { from: '', seconds: null })] }), 'FAILURE'),
    en: [
      '❌ citest → v1.4.0: deploy failed',
      'citest v1.4.0 is healthy on web1 and web2.',
      'Jenkins ended the build with FAILURE.',
      '✅ web1: healthy, → v1.4.0',
      'By: li',
      `Build: ${LINK}`,
      'gen-scripts · citest-deploy #7',
    ],
    zh: [
      '❌ citest → v1.4.0：部署失败',
      'citest v1.4.0 is healthy on web1 and web2.',
      'Jenkins 的构建结果是 FAILURE。',
      '✅ web1：运行正常，→ v1.4.0',
      '操作人：li',
      `构建：${LINK}`,
      'gen-scripts · citest-deploy #7',
    ],
  },
  {
    name: 'no report and no manifest',
    given: announcement({
      apps: [],
      mode: 'unknown',
      result: 'FAILURE',
      to: '',
      sentence: '',
      hosts: [],
      hasReport: false,
    }),
    en: [
      '❌ citest-deploy: build failed',
      'More is in the log of the build.',
      'By: li',
      `Build: ${LINK}`,
      'gen-scripts · citest-deploy #7',
    ],
    zh: [
      '❌ citest-deploy：构建失败',
      '详情见构建日志。',
      '操作人：li',
      `构建：${LINK}`,
      'gen-scripts · citest-deploy #7',
    ],
  },
];

describe.each(CASES)('$name', ({ given, en, zh }) => {
  test('in English', () => expect(text(given, 'en').split('\n')).toEqual(en));
  test('in Chinese', () => expect(text(given, 'zh').split('\n')).toEqual(zh));
});

describe('the result is the worse of the two', () => {
  test.each<[Announcement['result'], Result | undefined, Result]>([
    ['SUCCESS', undefined, 'SUCCESS'],
    ['UNSTABLE', 'SUCCESS', 'UNSTABLE'],
    ['FAILURE', 'UNSTABLE', 'FAILURE'],
    ['SUCCESS', 'UNSTABLE', 'UNSTABLE'],
    ['FAILURE', 'ABORTED', 'ABORTED'],
  ])('hosts %s, Jenkins %s: %s', (result, given, want) => {
    const of = report({ result: result as 'SUCCESS' });
    expect(announceReport(of, given).result).toBe(want);
  });
});

test('several versions are not called one', () => {
  const other = host('web2', 'done', { app: 'api', to: 'registry.example.com/team/api:v9' });
  const { apps, to } = announceReport(report({ hosts: [host('web1', 'done'), other] }), undefined);
  expect({ apps, to }).toEqual({ apps: ['citest', 'api'], to: '' });
});

test('both languages have different words for every state and every verdict', () => {
  for (const { states, verdicts } of Object.values(WORDS)) {
    expect(new Set(Object.values(states)).size).toBe(14);
    const all = Object.values(verdicts).flatMap((verdict) => Object.values(verdict));
    expect(new Set(all).size).toBe(16);
  }
});

const HOSTILE = '<!channel> @all [x](http://evil.example) <at user_id="all">x</at> "\\\n\u202e# ';

/** As long and as nasty as anybody can make it. */
const hostile = announcement({
  apps: Array.from({ length: 30 }, (_, index) => `app-${index}-${HOSTILE}`),
  sentence: HOSTILE.repeat(100),
  to: HOSTILE.repeat(10),
  build: {
    number: '7'.repeat(500),
    job: HOSTILE.repeat(50),
    who: HOSTILE.repeat(50),
    url: `${LINK}?${HOSTILE}`,
  },
  hosts: Array.from({ length: 60 }, (_, index) =>
    host(`web${index}-${HOSTILE}`, 'down', {
      app: HOSTILE,
      from: HOSTILE,
      now: { reference: HOSTILE, state: HOSTILE },
    }),
  ),
});

describe.each(SERVICES)('$name', ({ limit, request }) => {
  const address = new URL('https://chat.example.com/hook?key=k');

  test.each(['en', 'zh'] as const)('nothing that was typed acts, and it fits (%s)', (language) => {
    const message = composeMessage(hostile, language, limit);
    const { body } = request(message, address, '', new Date(0));
    const typed = textOf(message);
    expect(Buffer.byteLength(typed)).toBeLessThanOrEqual(limit);
    expect(typed).not.toMatch(/[<>@[\]`\u202e]/);
    expect(typed.replaceAll(message.address, '')).not.toContain('://');
    expect(typed.split('\n')).toHaveLength([message.title, ...message.lines, 'by', 'link', 'footer'].length);
    expect(typed).toMatch(language === 'en' ? /^… and \d+ more$/m : /^… 另有 \d+ 台未列出$/m);
    expect(message.footer).toMatch(/^gen-scripts · .*…$/);
    expect(message.title).toMatch(language === 'en' ? /…: deployed$/ : /…：部署成功$/);
    expect(JSON.parse(JSON.stringify(body))).toEqual(body);
    expect(JSON.stringify(body)).not.toMatch(/isAtAll|mentioned|"at"/);
  });

  test('what does not fit is counted', () => {
    const hosts = Array.from({ length: 200 }, (_, index) => host(`web${index}`, 'done'));
    const { lines } = composeMessage(announcement({ hosts }), 'en', limit);
    const missing = Number(/^… and (\d+) more$/.exec(lines.at(-1) ?? '')?.[1]);
    expect(lines.filter((line) => line.startsWith('✅ web')).length + missing).toBe(200);
  });
});

test('an address that is too long is left out, not cut', () => {
  const url = `${LINK}${'x'.repeat(600)}`;
  const { address, link } = composeMessage(announcement({ build: { ...BUILD, url } }), 'en', 4000);
  expect({ address, link }).toEqual({ address: '', link: '' });
});

import { describe, expect, test } from '@jest/globals';
import { makeReport } from '../../src/report/make-report.js';
import { answer, BACK, manifest, RESTORED, reference } from './support.js';

const STATUS = 'sh /srv/deploy/citest/rollback.sh --status';

describe('one sentence about every host, worst first, and what to do', () => {
  test.each([
    {
      name: 'a deploy on three hosts',
      answers: [answer('web1'), answer('web2'), answer('web3')],
      result: 'SUCCESS',
      en: 'web1, web2 and web3 run v2.',
      zh: 'web1、web2、web3 正在运行 v2。',
    },
    {
      name: 'nothing new',
      answers: [answer('web1', { result: 'unchanged', from: reference('v2') })],
      result: 'SUCCESS',
      en: 'web1 already ran v2.',
      zh: 'web1 原本就在运行 v2。',
    },
    {
      name: 'the second of three hosts fails',
      answers: [answer('web1'), answer('web2', RESTORED), answer('web3', null)],
      result: 'FAILURE',
      en: 'web2: v2 failed and v1 runs again; web1 runs v2; web3 was not touched: repair the new version and deploy again, do not roll back.',
      zh: 'web2：v2 失败，已恢复运行 v1；web1 正在运行 v2；web3 未执行。请修复新版本后重新部署，不要回滚。',
    },
    {
      name: 'nothing runs on one, another has its old version back',
      answers: [
        answer('web1', RESTORED),
        answer('web2', { exit: 12, result: 'down', now: `${reference('v2')} exited` }),
      ],
      result: 'FAILURE',
      en: `web2: v2 failed and NOTHING HEALTHY RUNS; web1: v2 failed and v1 runs again: look on web2 now: ${STATUS}.`,
      zh: `web2：v2 失败，没有正常运行的容器；web1：v2 失败，已恢复运行 v1。请立即到 web2 上查看：${STATUS}。`,
    },
    {
      name: 'the registry cannot be reached',
      answers: [answer('web1', { exit: 10, result: 'kept', now: `${reference('v1')} running` })],
      result: 'FAILURE',
      en: 'web1: v2 was not started, v1 runs as before: follow the hint in the output of web1 above, then build again.',
      zh: 'web1：v2 没有启动，仍在运行 v1。请按上面 web1 输出中的提示处理，然后重新构建。',
    },
    {
      name: 'docker is not there at all',
      answers: [answer('web1', { exit: 10, action: '-', result: '-', from: '-', to: '-', now: '- unknown' })],
      result: 'FAILURE',
      en: 'web1: failed before anything was changed: follow the hint in the output of web1 above, then build again.',
      zh: 'web1：失败，什么都没有改变。请按上面 web1 输出中的提示处理，然后重新构建。',
    },
    {
      name: 'no answer',
      answers: [answer('web1', '')],
      result: 'FAILURE',
      en: `web1: no answer, its state is not known: the script may still be running there, look on web1: ${STATUS}.`,
      zh: `web1：没有应答，状态未知。脚本可能仍在运行，请到 web1 上查看：${STATUS}。`,
    },
    {
      name: 'the script was killed',
      answers: [answer('web1', { exit: 137 })],
      result: 'FAILURE',
      en: `web1: the script was killed, its state is not known: the script may still be running there, look on web1: ${STATUS}.`,
      zh: `web1：脚本被终止，状态未知。脚本可能仍在运行，请到 web1 上查看：${STATUS}。`,
    },
    {
      name: "yesterday's script",
      answers: [answer('web1', { build: '6' })],
      result: 'FAILURE',
      en: 'web1: the answer is of another build, so nothing of this one arrived: look at the transfer in the log above, then build again.',
      zh: 'web1：应答属于另一次构建，本次构建的文件没有传到。请查看上面日志中的传输步骤，然后重新构建。',
    },
    {
      name: 'another run holds the lock, and a script is refused',
      answers: [answer('web1', { exit: 75 }), answer('web2', { exit: 64 })],
      result: 'FAILURE',
      en: 'web2 refused the script and did nothing; web1 is busy with another run and did nothing: look at the transfer in the log above, then build again.',
      zh: 'web2 拒绝了脚本，未执行；web1 上另一次运行正在进行，未执行。请查看上面日志中的传输步骤，然后重新构建。',
    },
    {
      name: 'healthy for the script, and gone when it was asked',
      answers: [answer('web1', { now: `${reference('v2')} exited` })],
      result: 'FAILURE',
      en: `web1: v2 failed and NOTHING HEALTHY RUNS: look on web1 now: ${STATUS}.`,
      zh: `web1：v2 失败，没有正常运行的容器。请立即到 web1 上查看：${STATUS}。`,
    },
    {
      name: 'the old version back for the script, and gone when it was asked',
      answers: [answer('web1', { ...RESTORED, now: `${reference('v1')} restarting` })],
      result: 'FAILURE',
      en: `web1: v2 failed and NOTHING HEALTHY RUNS: look on web1 now: ${STATUS}.`,
      zh: `web1：v2 失败，没有正常运行的容器。请立即到 web1 上查看：${STATUS}。`,
    },
    {
      name: 'a rollback',
      mode: 'rollback' as const,
      answers: [answer('web1', BACK), answer('web2', BACK)],
      result: 'SUCCESS',
      en: 'web1 and web2 run v1.',
      zh: 'web1、web2 正在运行 v1。',
    },
    {
      name: 'nothing to roll back to',
      mode: 'rollback' as const,
      answers: [answer('web1', BACK), answer('web2', { exit: 13, action: '-', result: '-' })],
      result: 'UNSTABLE',
      en: 'web2 has nothing to roll back to and did nothing; web1 runs v1: what there is on web2: sh /srv/deploy/citest/rollback.sh --list.',
      zh: 'web2 没有可回滚的版本，未执行；web1 正在运行 v1。web2 上有哪些版本：sh /srv/deploy/citest/rollback.sh --list。',
    },
    {
      name: 'a target that is not in the history',
      mode: 'rollback' as const,
      target: 'v9',
      answers: [answer('web1', { exit: 13, action: '-', result: '-', from: '-', to: '-' })],
      result: 'FAILURE',
      en: 'web1 has no v9 in the history and did nothing: what there is on web1: sh /srv/deploy/citest/rollback.sh --list.',
      zh: 'web1 的历史中没有 v9，未执行。web1 上有哪些版本：sh /srv/deploy/citest/rollback.sh --list。',
    },
    {
      name: 'more steps back than there are versions',
      mode: 'rollback' as const,
      target: '',
      answers: [answer('web1', { exit: 13, action: '-', result: '-', from: '-', to: '-' })],
      result: 'FAILURE',
      en: 'web1 has fewer versions to go back to and did nothing: what there is on web1: sh /srv/deploy/citest/rollback.sh --list.',
      zh: 'web1 没有那么多可回滚的版本，未执行。web1 上有哪些版本：sh /srv/deploy/citest/rollback.sh --list。',
    },
    {
      name: 'a target, and no history at all',
      mode: 'rollback' as const,
      target: 'v9',
      answers: [answer('web1', { exit: 13, action: '-', result: '-', history: [] })],
      result: 'UNSTABLE',
      en: 'web1 has nothing to roll back to and did nothing: what there is on web1: sh /srv/deploy/citest/rollback.sh --list.',
      zh: 'web1 没有可回滚的版本，未执行。web1 上有哪些版本：sh /srv/deploy/citest/rollback.sh --list。',
    },
    {
      name: 'docker that does not answer any more after a deploy',
      answers: [answer('web1', { now: '- unknown' })],
      result: 'FAILURE',
      en: `web1: the script said that all is well, but docker does not say what runs: look on web1: ${STATUS}.`,
      zh: `web1：脚本报告成功，但 docker 查不到正在运行的版本。请到 web1 上查看：${STATUS}。`,
    },
    {
      name: 'another version by the time it was asked',
      answers: [answer('web1', { now: `${reference('v3')} running` })],
      result: 'FAILURE',
      en: `web1: the script said that all is well, but another version runs: look on web1: ${STATUS}.`,
      zh: `web1：脚本报告成功，但正在运行的是另一个版本。请到 web1 上查看：${STATUS}。`,
    },
    {
      name: 'nobody',
      answers: [],
      result: 'NOT_BUILT',
      en: 'No host was asked, nothing was changed.',
      zh: '尚未连接任何主机，未做任何改变。',
    },
    {
      name: 'a rollback whose target does not get healthy',
      mode: 'rollback' as const,
      answers: [answer('web1', { ...BACK, exit: 11, result: 'restored', now: `${reference('v2')} running` })],
      result: 'FAILURE',
      en: 'web1: v1 failed and v2 runs again: see the output of web1 above for the reason; another target: ROLLBACK_TO.',
      zh: 'web1：v1 失败，已恢复运行 v2。原因见上面 web1 的输出；换一个目标请用 ROLLBACK_TO。',
    },
  ])('$name', ({ answers, mode, target, result, en, zh }) => {
    const manifests = [manifest('citest', mode, target)];
    expect(makeReport(manifests, answers, 'en')).toMatchObject({ result, sentence: en });
    expect(makeReport(manifests, answers, 'zh')).toMatchObject({ result, sentence: zh });
  });

  test('several apps are told apart', () => {
    const answers = [answer('web1', {}, 'web'), answer('web1', RESTORED, 'api')];
    const { sentence } = makeReport([manifest('api'), manifest('web')], answers, 'en');
    expect(sentence).toMatch(/^api on web1: v2 failed and v1 runs again; web on web1 runs v2: /);
  });
});

describe('the build page', () => {
  test.each([
    {
      name: 'deploy',
      answers: [answer('web1')],
      want: ['#7 v2', 'v1 → v2; web1 runs v2; a rollback goes to v1, then v0'],
    },
    {
      name: 'first deploy',
      answers: [answer('web1', { from: '', history: [] })],
      want: ['#7 v2', 'web1 runs v2'],
    },
    {
      name: 'failure',
      answers: [answer('web1', RESTORED)],
      want: ['#7 v2', 'web1: v2 failed and v1 runs again; a rollback goes to v1, then v0'],
    },
    {
      name: 'silence',
      answers: [answer('web1', '')],
      want: ['#7 v2', 'web1: no answer, its state is not known'],
    },
    {
      name: 'rollback',
      mode: 'rollback' as const,
      answers: [answer('web1', BACK)],
      want: ['#7 rollback to v1', 'v2 → v1; web1 runs v1'],
    },
    {
      name: 'rollback to nothing',
      mode: 'rollback' as const,
      answers: [answer('web1', { exit: 13, history: [] })],
      want: ['#7 rollback', 'web1 has nothing to roll back to and did nothing'],
    },
    {
      name: 'a server with a name that would be markup',
      answers: [answer('<img src=x>')],
      want: ['#7 v2', 'v1 → v2; _img src=x_ runs v2; a rollback goes to v1, then v0'],
    },
  ])('$name', ({ answers, mode, want }) => {
    const { displayName, description } = makeReport([manifest('citest', mode)], answers, 'en');
    expect([displayName, description]).toEqual(want);
  });
});

test('an exit without a line in the journal does not take over what an earlier run of the build wrote', () => {
  const [host] = makeReport([manifest()], [answer('web1', { exit: 75 })], 'en').hosts;
  expect(host).toMatchObject({ state: 'locked', from: '', seconds: null });
});

test('nobody was asked', () => {
  const { sentence, result, transfers } = makeReport([manifest()], [], 'en');
  expect([sentence, result, transfers.length]).toEqual([
    'No host was asked, nothing was changed.',
    'NOT_BUILT',
    1,
  ]);
});

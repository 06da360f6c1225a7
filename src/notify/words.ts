import type { HostState } from '../report/report.js';
import { type Language, STATE_WORDS } from '../report/words.js';
import type { Mode, Result } from './announcement.js';

/** Everything that a message says by itself; the rest comes from the build. */
export interface Words {
  /** What became of it, after the name of the app; the mode is unknown when this build left no manifest. */
  readonly verdicts: Readonly<Record<Mode | 'unknown', Readonly<Record<Result, string>>>>;
  readonly states: Readonly<Record<HostState, string>>;
  readonly colon: string;
  readonly comma: string;
  readonly noContainer: string;
  readonly aborted: string;
  readonly withoutReport: string;
  now(version: string, state: string): string;
  seconds(count: number): string;
  /** The report says one thing, Jenkins a worse one. */
  endedWith(result: Result): string;
  moreHosts(count: number): string;
  moreApps(count: number): string;
  by(who: string): string;
  build(address: string): string;
}

const en: Words = {
  verdicts: {
    deploy: {
      SUCCESS: 'deployed',
      UNSTABLE: 'deploy unstable',
      FAILURE: 'deploy failed',
      ABORTED: 'deploy aborted',
    },
    manual: {
      SUCCESS: 'manual build deployed',
      UNSTABLE: 'manual build unstable',
      FAILURE: 'manual build failed',
      ABORTED: 'manual build aborted',
    },
    rollback: {
      SUCCESS: 'rolled back',
      UNSTABLE: 'rollback unstable',
      FAILURE: 'rollback failed',
      ABORTED: 'rollback aborted',
    },
    unknown: {
      SUCCESS: 'build succeeded',
      UNSTABLE: 'build unstable',
      FAILURE: 'build failed',
      ABORTED: 'build aborted',
    },
  },
  states: STATE_WORDS.en,
  colon: ': ',
  comma: ', ',
  noContainer: 'no container now',
  aborted: 'Aborted: a script that had started on a host runs on; look at the host before the next build.',
  withoutReport: 'More is in the log of the build.',
  now: (version, state) => `now ${version} (${state})`,
  seconds: (count) => `${count} s`,
  endedWith: (result) => `Jenkins ended the build with ${result}.`,
  moreHosts: (count) => `… and ${count} more`,
  moreApps: (count) => `and ${count} more`,
  by: (who) => `By: ${who}`,
  build: (address) => `Build: ${address}`,
};

const zh: Words = {
  verdicts: {
    deploy: { SUCCESS: '部署成功', UNSTABLE: '部署不稳定', FAILURE: '部署失败', ABORTED: '部署被中止' },
    manual: {
      SUCCESS: '手动构建部署成功',
      UNSTABLE: '手动构建不稳定',
      FAILURE: '手动构建失败',
      ABORTED: '手动构建被中止',
    },
    rollback: { SUCCESS: '回滚成功', UNSTABLE: '回滚不稳定', FAILURE: '回滚失败', ABORTED: '回滚被中止' },
    unknown: { SUCCESS: '构建成功', UNSTABLE: '构建不稳定', FAILURE: '构建失败', ABORTED: '构建被中止' },
  },
  states: STATE_WORDS.zh,
  colon: '：',
  comma: '，',
  noContainer: '现在没有容器',
  aborted: '构建被中止：主机上已经开始的脚本会继续运行，下次构建前请先查看主机。',
  withoutReport: '详情见构建日志。',
  now: (version, state) => `现在是 ${version}（${state}）`,
  seconds: (count) => `${count} 秒`,
  endedWith: (result) => `Jenkins 的构建结果是 ${result}。`,
  moreHosts: (count) => `… 另有 ${count} 台未列出`,
  moreApps: (count) => `等另外 ${count} 个`,
  by: (who) => `操作人：${who}`,
  build: (address) => `构建：${address}`,
};

export type { Language } from '../report/words.js';

export const WORDS: Readonly<Record<Language, Words>> = { en, zh };

import type { Language } from '../report/words.js';
import type { Action, Result } from './journal.js';

/** Everything that the timeline says by itself; the rest comes from the files. */
export interface Words {
  readonly actions: Readonly<Record<Action | 'adopt', string>>;
  readonly results: Readonly<Record<Result, string>>;
  /** `begun` of the last run: nobody knows yet. */
  readonly open: string;
  readonly recovered: string;
  readonly rolledBack: string;
  readonly comma: string;
  readonly still: string;
  readonly nothing: string;
  readonly unknown: string;
  readonly perhaps: string;
  readonly nothingOffered: string;
  readonly refused: string;
  readonly behindRefused: string;
  readonly withoutJournal: string;
  readonly withoutHistory: string;
  readonly same: string;
  readonly differentNow: string;
  readonly differentTarget: string;
  readonly neverCommon: string;
  readonly columns: readonly string[];
  readonly hostColumns: readonly string[];
  readonly partingColumns: readonly string[];
  readonly offerColumns: readonly string[];
  readonly offered: string;
  adopted(container: string): string;
  ended(earlier: string): string;
  now(version: string, since: string): string;
  down(version: string, since: string): string;
  duration(days: number, hours: number, minutes: number, seconds: number): string;
  earlierRuns(count: number): string;
  moreOffers(count: number): string;
  unreadable(host: string, count: number, lines: string): string;
  clockSetBack(host: string, count: number, line: number, took: string): string;
  differentSteps(steps: number): string;
  apart(run: string): string;
  nothingSince: string;
}

const en: Words = {
  actions: { deploy: 'deploy', rollback: 'rollback', recover: 'recover', adopt: 'adopt' },
  results: {
    begun: 'interrupted, no end is recorded',
    done: 'healthy',
    unchanged: 'unchanged, it was healthy already',
    kept: 'failed, the old container was never stopped',
    restored: 'failed, the old container is running again',
    down: 'failed, NOTHING HEALTHY RUNS',
  },
  open: 'begun: under way, or interrupted',
  recovered: 'interrupted, ended by a later run',
  rolledBack: 'rolled back later',
  comma: ', ',
  still: 'still',
  nothing: 'nothing healthy',
  unknown: 'not known',
  perhaps: 'The last run has no end: what runs may be something else. On the host: sh rollback.sh --status',
  nothingOffered: 'A rollback has nothing to go to.',
  refused: '(GS144: no image, no rollback goes there)',
  behindRefused: '(behind such a line: by --to only)',
  withoutJournal: 'no journal: what ran and what runs is not known',
  withoutHistory: 'no history: where a rollback goes is not known',
  same: 'The hosts agree.',
  differentNow: 'THE HOSTS DO NOT RUN THE SAME.',
  differentTarget: 'THE SAME ROLLBACK GOES TO DIFFERENT VERSIONS.',
  neverCommon: 'No successful run is common to all of them. What each did:',
  columns: ['', 'TIME', 'TOOK', 'ACTION', 'FROM', 'TO', 'SERVED', 'BUILD', 'WHO', 'STATE'],
  hostColumns: ['HOST', 'NOW', 'SINCE', 'LAST RUN', 'A ROLLBACK GOES TO'],
  partingColumns: ['HOST', 'TIME', 'ACTION', 'TO', 'BUILD', 'STATE'],
  offerColumns: ['--steps', 'TAG', 'LINE OF THE HISTORY'],
  offered: 'A rollback goes to, newest first:',
  adopted: (container) => `adopted container ${container}`,
  ended: (earlier) => `before that: ${earlier}`,
  now: (version, since) => `Runs ${version}, since ${since}.`,
  down: (version, since) => `NOTHING HEALTHY RUNS since ${since}; before that ${version}.`,
  duration: (days, hours, minutes, seconds) =>
    units(days, hours, minutes, seconds, [' d', ' h', ' min', ' s']),
  earlierRuns: (count) => `... ${count} earlier runs; --last all shows them`,
  moreOffers: (count) => `... and ${count} more; --last all shows them`,
  unreadable: (host, count, lines) =>
    `${host}: ${count === 1 ? 'a line is' : `${count} lines are`} cut or no journal's, and left out: ${lines}`,
  clockSetBack: (host, count, line, took) =>
    `${host}: the clock was set back ${count === 1 ? 'once, ' : `${count} times, first `}at line ${line} by ${took}: the runs are in the order of the journal`,
  differentSteps: (steps) => `From --steps ${steps} on a rollback goes to different versions.`,
  apart: (run) => `They went apart after ${run}. Since then:`,
  nothingSince: 'nothing',
};

const zh: Words = {
  actions: { deploy: '部署', rollback: '回滚', recover: '恢复', adopt: '接管' },
  results: {
    begun: '中断，没有结束的记录',
    done: '运行正常',
    unchanged: '没有变化，原本就运行正常',
    kept: '失败，旧容器一直在运行',
    restored: '失败，旧容器已恢复运行',
    down: '失败，没有正常运行的容器',
  },
  open: '已开始：正在进行，或已中断',
  recovered: '中断，由之后的一次运行收尾',
  rolledBack: '后来被回滚',
  comma: '，',
  still: '至今',
  nothing: '没有正常运行的容器',
  unknown: '未知',
  perhaps: '最后一次运行没有结束的记录，实际运行的可能是另一个版本。请在主机上查看：sh rollback.sh --status',
  nothingOffered: '没有可回滚的版本。',
  refused: '（GS144：不是镜像，不会回滚到这里）',
  behindRefused: '（在这样的行之后：只能用 --to）',
  withoutJournal: '没有日志（journal）：不知道运行过什么、正在运行什么',
  withoutHistory: '没有历史文件：不知道回滚的目标',
  same: '各主机一致。',
  differentNow: '各主机运行的版本不同。',
  differentTarget: '同样的回滚会到不同的版本。',
  neverCommon: '没有所有主机共有的成功运行。各主机做过的：',
  columns: ['', '时间', '用时', '操作', '之前', '目标', '服务时长', '构建', '操作人', '状态'],
  hostColumns: ['主机', '现在', '开始于', '最后一次运行', '回滚的目标'],
  partingColumns: ['主机', '时间', '操作', '目标', '构建', '状态'],
  offerColumns: ['--steps', 'TAG', '历史中的行'],
  offered: '回滚的目标，从新到旧：',
  adopted: (container) => `接管了容器 ${container}`,
  ended: (earlier) => `此前：${earlier}`,
  now: (version, since) => `正在运行 ${version}，开始于 ${since}。`,
  down: (version, since) => `自 ${since} 起没有正常运行的容器，此前是 ${version}。`,
  duration: (days, hours, minutes, seconds) =>
    units(days, hours, minutes, seconds, [' 天', ' 小时', ' 分', ' 秒']),
  earlierRuns: (count) => `… 更早还有 ${count} 次运行，--last all 全部显示`,
  moreOffers: (count) => `… 另有 ${count} 个，--last all 全部显示`,
  unreadable: (host, count, lines) => `${host}：${count} 行不完整或不是日志的内容，未计入：${lines}`,
  clockSetBack: (host, count, line, took) =>
    `${host}：时钟被调回 ${count} 次，首次在第 ${line} 行，调回 ${took}；各次运行按日志中的顺序排列`,
  differentSteps: (steps) => `从 --steps ${steps} 起，回滚会到不同的版本。`,
  apart: (run) => `在 ${run} 之后各主机不再一致。此后：`,
  nothingSince: '没有运行',
};

/** The two largest that there are. */
function units(
  days: number,
  hours: number,
  minutes: number,
  seconds: number,
  names: readonly [string, string, string, string],
): string {
  const all = [days, hours, minutes, seconds];
  const first = Math.min(
    all.findIndex((count) => count > 0),
    all.length - 1,
  );
  const start = first === -1 ? all.length - 1 : first;
  return all
    .slice(start, start + 2)
    .map((count, index) => ({ count, unit: names[start + index] }))
    .filter(({ count }, index) => index === 0 || count > 0)
    .map(({ count, unit }) => `${count}${unit}`)
    .join(' ');
}

export const WORDS: Readonly<Record<Language, Words>> = { en, zh };

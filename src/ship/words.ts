import type { Language } from '../report/words.js';
import type { Phase } from './ask-host.js';

/** What a rollback was asked; empty and 0 where nothing was. */
export interface Target {
  readonly to: string;
  readonly steps: number;
  readonly from: string;
}

/** What `ship` says besides the report. */
export interface Words {
  readonly columns: readonly string[];
  readonly phases: Readonly<Record<Phase, string>>;
  readonly canary: string;
  readonly failures: Readonly<Record<'stop' | 'rollback', string>>;
  deploy(what: string): string;
  rollback(app: string, target: Target): string;
  build(number: string): string;
  title(what: string, hosts: number): string;
  limits(seconds: number, failures: number, otherwise: string): string;
  pause(seconds: number): string;
  update(servers: string): string;
  revert(servers: string): string;
  waitsFor(servers: string): string;
  leaves(servers: string): string;
  readonly stopped: string;
}

const en: Words = {
  columns: ['STEP', 'HOST', 'CONNECTS TO', 'APP', 'FOLDER ON THE HOST'],
  phases: { sending: 'sending', running: 'running', reconnecting: 'the connection was lost, asking again' },
  canary: 'canary',
  failures: {
    stop: 'the rollout stops',
    rollback: 'the rollout stops, and the hosts that it has updated go back',
  },
  deploy: (what) => `deploy of ${what}`,
  rollback: (app, { to, steps, from }) => {
    const target = to !== '' ? `to ${to}` : steps > 1 ? `by ${steps} steps` : 'by one step';
    return `rollback of ${app} ${target}${from === '' ? '' : `, only where ${from} runs`}`;
  },
  build: (number) => ` (build ${number})`,
  title: (what, hosts) => `${what} on ${hosts} ${hosts === 1 ? 'host' : 'hosts'}`,
  limits: (seconds, failures, otherwise) =>
    `${seconds === 0 ? 'No pause' : `${seconds} s`} between two steps. ${failures === 0 ? 'As soon as a host has failed' : `When more than ${failures} ${failures === 1 ? 'host' : 'hosts'} failed`}: ${otherwise}.`,
  pause: (seconds) => `waiting ${seconds} s before the next step`,
  update: (servers) => `updating ${servers}`,
  revert: (servers) => `rolling back ${servers}`,
  waitsFor: (servers) =>
    `interrupted: no further host is asked. Waiting for the end of ${servers}; once more: leave them to themselves`,
  leaves: (servers) => `left: what has begun on ${servers} goes on to its end there`,
  stopped: 'interrupted: no further host is asked',
};

const zh: Words = {
  columns: ['步骤', '主机', 'SSH 目标', '应用', '主机上的目录'],
  phases: { sending: '正在传输', running: '正在执行', reconnecting: '连接中断，正在重新查询' },
  canary: '金丝雀',
  failures: { stop: '停止后续步骤', rollback: '停止后续步骤，并回滚已更新的主机' },
  deploy: (what) => `部署 ${what}`,
  rollback: (app, { to, steps, from }) => {
    const target = to !== '' ? `到 ${to}` : steps > 1 ? ` ${steps} 个版本` : '到上一个版本';
    return `回滚 ${app} ${target.trim()}${from === '' ? '' : `，仅限正在运行 ${from} 的主机`}`;
  },
  build: (number) => `（构建 ${number}）`,
  title: (what, hosts) => `${what}，共 ${hosts} 台主机`,
  limits: (seconds, failures, otherwise) =>
    `${seconds === 0 ? '步骤之间不等待' : `步骤之间等待 ${seconds} 秒`}。${failures === 0 ? '一有主机失败' : `失败的主机超过 ${failures} 台时`}：${otherwise}。`,
  pause: (seconds) => `等待 ${seconds} 秒后进行下一步`,
  update: (servers) => `正在更新 ${servers}`,
  revert: (servers) => `正在回滚 ${servers}`,
  waitsFor: (servers) => `已中断：不再连接其他主机，等待 ${servers} 执行完毕。再按一次则不再等待`,
  leaves: (servers) => `不再等待：${servers} 上已开始的脚本会继续执行到结束`,
  stopped: '已中断：不再连接其他主机',
};

export const WORDS: Readonly<Record<Language, Words>> = { en, zh };

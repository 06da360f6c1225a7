import type { Group } from './groups.js';
import type { HostState, Reason, Report } from './report.js';
import type { Language } from './words.js';

type Mode = Report['mode'];

export interface Subject {
  readonly names: string;
  readonly isOne: boolean;
}

/** The parts of a sentence in one language. */
export interface Phrases {
  readonly states: Readonly<Record<HostState, (subject: Subject, group: Group, mode: Mode) => string>>;
  /** Why the state is `unknown`. */
  readonly reasons: Readonly<Record<Reason, string>>;
  readonly semicolon: string;
  readonly beforeAdvice: string;
  readonly stop: string;
  /** No host has been asked. */
  readonly nobody: string;
  list(names: readonly string[]): string;
  appOn(app: string, names: string): string;
  /** @param script path of rollback.sh on the host */
  advice(worst: Group, mode: Mode, script: string): string;
  next(versions: readonly string[]): string;
  rollback(versions: string): string;
  readonly columns: readonly string[];
}

const en: Phrases = {
  semicolon: '; ',
  beforeAdvice: ': ',
  stop: '.',
  nobody: 'No host was asked, nothing was changed.',
  states: {
    done: ({ names, isOne }, { to, now }) => `${names} ${isOne ? 'runs' : 'run'} ${now || to}`,
    unchanged: ({ names, isOne }, { now, to }) => `${names} already ${isOne ? 'ran' : 'run'} ${now || to}`,
    kept: ({ names }, { to, now, isRunning }) =>
      isRunning
        ? `${names}: ${to || 'the new version'} was not started, ${now} runs as before`
        : `${names}: failed before anything was changed`,
    restored: ({ names }, { to, now, from }) =>
      `${names}: ${to || 'the other version'} failed and ${now || from || 'the old version'} runs again`,
    down: ({ names }, { to }) => `${names}: ${to || 'the version asked for'} failed and NOTHING HEALTHY RUNS`,
    nothing: ({ names, isOne }) =>
      `${names} ${isOne ? 'has' : 'have'} nothing to roll back to and did nothing`,
    absent: ({ names, isOne }, { to }) =>
      `${names} ${isOne ? 'has' : 'have'} ${to === '' ? 'fewer versions to go back to' : `no ${to} in the history`} and did nothing`,
    refused: ({ names }) => `${names} refused the script and did nothing`,
    locked: ({ names, isOne }) => `${names} ${isOne ? 'is' : 'are'} busy with another run and did nothing`,
    unknown: ({ names }, { reason }) => `${names}: ${en.reasons[reason]}`,
    skipped: ({ names, isOne }) => `${names} ${isOne ? 'was' : 'were'} not touched`,
    unreached: ({ names, isOne }) =>
      `${names} could not be reached and ${isOne ? 'was' : 'were'} not touched`,
    reverted: ({ names, isOne }, { now }) => `${names} ${isOne ? 'was' : 'were'} rolled back to ${now}`,
    stuck: ({ names }, { now, to }) => `${names}: could not be rolled back, ${now || to} still runs`,
  },
  reasons: {
    '': 'the script was killed, its state is not known',
    silent: 'no answer, its state is not known',
    cut: 'only a part of an answer, its state is not known',
    build: 'the answer is of another build, so nothing of this one arrived',
    script: 'the answer is of another script, so nothing of this build arrived',
    unseen: 'the script said that all is well, but docker does not say what runs',
    other: 'the script said that all is well, but another version runs',
  },
  list: (names) =>
    names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`,
  appOn: (app, names) => `${app} on ${names}`,
  advice: ({ state, servers, reason }, mode, script) => {
    const on = `on ${en.list(servers)}`;
    switch (state) {
      case 'down':
        return `look ${on} now: sh ${script} --status`;
      case 'unknown':
        if (reason === 'build' || reason === 'script')
          return `look at the transfer in the log above, then build again`;
        return reason === 'unseen' || reason === 'other'
          ? `look ${on}: sh ${script} --status`
          : `the script may still be running there, look ${on}: sh ${script} --status`;
      case 'restored':
        return mode === 'rollback'
          ? `see the output of ${en.list(servers)} above for the reason; another target: ROLLBACK_TO`
          : 'repair the new version and deploy again, do not roll back';
      case 'kept':
        return `follow the hint in the output of ${en.list(servers)} above, then build again`;
      case 'refused':
        return 'look at the transfer in the log above, then build again';
      case 'locked':
        return 'wait until it has ended, then build again';
      case 'stuck':
        return `see the output of ${en.list(servers)} above for the reason, and look ${on}: sh ${script} --status`;
      case 'unreached':
        return 'see above for the reason, then start again: hosts that have it already are passed over';
      default:
        return `what there is ${on}: sh ${script} --list`;
    }
  },
  next: (versions) => `a rollback goes to ${versions.join(', then ')}`,
  rollback: (versions) => (versions === '' ? 'rollback' : `rollback to ${versions}`),
  columns: ['HOST', 'APP', 'BEFORE', 'NOW', 'SECONDS', 'STATE', 'A ROLLBACK GOES TO'],
};

const zh: Phrases = {
  semicolon: '；',
  beforeAdvice: '。',
  stop: '。',
  nobody: '尚未连接任何主机，未做任何改变。',
  states: {
    done: ({ names }, { to, now }) => `${names} 正在运行 ${now || to}`,
    unchanged: ({ names }, { now, to }) => `${names} 原本就在运行 ${now || to}`,
    kept: ({ names }, { to, now, isRunning }) =>
      isRunning ? `${names}：${to || '新版本'} 没有启动，仍在运行 ${now}` : `${names}：失败，什么都没有改变`,
    restored: ({ names }, { to, now, from }) =>
      `${names}：${to || '目标版本'} 失败，已恢复运行 ${now || from || '旧版本'}`,
    down: ({ names }, { to }) => `${names}：${to || '目标版本'} 失败，没有正常运行的容器`,
    nothing: ({ names }) => `${names} 没有可回滚的版本，未执行`,
    absent: ({ names }, { to }) =>
      to === '' ? `${names} 没有那么多可回滚的版本，未执行` : `${names} 的历史中没有 ${to}，未执行`,
    refused: ({ names }) => `${names} 拒绝了脚本，未执行`,
    locked: ({ names }) => `${names} 上另一次运行正在进行，未执行`,
    unknown: ({ names }, { reason }) => `${names}：${zh.reasons[reason]}`,
    skipped: ({ names }) => `${names} 未执行`,
    unreached: ({ names }) => `${names} 连接失败，未执行`,
    reverted: ({ names }, { now }) => `${names} 已回滚到 ${now}`,
    stuck: ({ names }, { now, to }) => `${names} 未能回滚，仍在运行 ${now || to}`,
  },
  reasons: {
    '': '脚本被终止，状态未知',
    silent: '没有应答，状态未知',
    cut: '只收到一部分应答，状态未知',
    build: '应答属于另一次构建，本次构建的文件没有传到',
    script: '应答属于另一个脚本，本次构建的文件没有传到',
    unseen: '脚本报告成功，但 docker 查不到正在运行的版本',
    other: '脚本报告成功，但正在运行的是另一个版本',
  },
  list: (names) => names.join('、'),
  appOn: (app, names) => `${names} 上的 ${app}`,
  advice: ({ state, servers, reason }, mode, script) => {
    const names = zh.list(servers);
    switch (state) {
      case 'down':
        return `请立即到 ${names} 上查看：sh ${script} --status`;
      case 'unknown':
        if (reason === 'build' || reason === 'script') return '请查看上面日志中的传输步骤，然后重新构建';
        return reason === 'unseen' || reason === 'other'
          ? `请到 ${names} 上查看：sh ${script} --status`
          : `脚本可能仍在运行，请到 ${names} 上查看：sh ${script} --status`;
      case 'restored':
        return mode === 'rollback'
          ? `原因见上面 ${names} 的输出；换一个目标请用 ROLLBACK_TO`
          : '请修复新版本后重新部署，不要回滚';
      case 'kept':
        return `请按上面 ${names} 输出中的提示处理，然后重新构建`;
      case 'refused':
        return '请查看上面日志中的传输步骤，然后重新构建';
      case 'locked':
        return '请等它结束后重新构建';
      case 'stuck':
        return `原因见上面 ${names} 的输出，请到 ${names} 上查看：sh ${script} --status`;
      case 'unreached':
        return '原因见上面的输出，处理后重新执行：已是新版本的主机会被跳过';
      default:
        return `${names} 上有哪些版本：sh ${script} --list`;
    }
  },
  next: (versions) => `回滚的目标依次是 ${versions.join('、')}`,
  rollback: (versions) => (versions === '' ? '回滚' : `回滚到 ${versions}`),
  columns: ['主机', '应用', '之前', '现在', '秒', '状态', '回滚的目标'],
};

export function phrasesIn(language: Language): Phrases {
  return { en, zh }[language];
}

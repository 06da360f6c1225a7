import type { HostState } from './report.js';

export type Language = 'en' | 'zh';

/** The state of one host in a table or a message. */
export const STATE_WORDS: Readonly<Record<Language, Readonly<Record<HostState, string>>>> = {
  en: {
    done: 'healthy',
    unchanged: 'unchanged, it was healthy already',
    kept: 'failed, the old container was never stopped',
    restored: 'failed, the old container is running again and healthy',
    down: 'failed, nothing healthy is running',
    nothing: 'nothing to roll back to',
    absent: 'the target is not in the history',
    refused: 'refused: wrong usage, or a script of another build',
    locked: 'another run holds the lock',
    unknown: 'no answer, the state is not known',
    skipped: 'not asked',
    unreached: 'could not be reached, nothing was changed',
    reverted: 'rolled back, because other hosts failed',
    stuck: 'was to be rolled back, and still runs the new version',
  },
  zh: {
    done: '运行正常',
    unchanged: '没有变化，原本就运行正常',
    kept: '失败，旧容器一直在运行',
    restored: '失败，旧容器已恢复，运行正常',
    down: '失败，没有正常运行的容器',
    nothing: '没有可回滚的版本',
    absent: '历史中没有指定的目标',
    refused: '被拒绝：用法错误，或脚本属于另一次构建',
    locked: '另一次运行持有锁',
    unknown: '没有应答，状态未知',
    skipped: '未执行',
    unreached: '连接失败，没有任何改变',
    reverted: '因其他主机失败而已回滚',
    stuck: '应回滚，但仍在运行新版本',
  },
};

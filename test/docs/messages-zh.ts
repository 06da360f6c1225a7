import { HINTS_ZH } from './hints-zh.js';
import type { MessagesPage } from './messages.js';

/** What is printed is English, so the English title stays: it is what a reader has in front of him and searches for. */
export const CHINESE: MessagesPage = {
  introduction: `# 消息编号

[English](../messages.md) | 简体中文

<!-- 由 src/problems/catalog.ts 和 host-catalog.ts 生成，测试会比较两者（UPDATE=1 npm test -- test/docs 重新生成）。 -->

编号固定不变，不会另作他用；编号后面的文字以后可能修改。程序和脚本输出的是英文，请按编号查找。
`,
  parts: [
    {
      title: 'GS001-GS099：命令行和 gen-scripts.yml',
      note: '由 `gen-scripts` 输出到 stderr，带有出错的位置和期望的内容；退出码 2。以 `WARNING:` 或 `note:` 开头的只是提示，不影响退出码。GS092 到 GS094 是 `lint` 发现的问题：输出到 stdout 和它的报告，退出码 1。',
    },
    {
      title: 'GS100-GS199：repull.sh 和 rollback.sh，在 docker 主机上',
      note: '消息的下一行就是要执行的命令。退出码的含义见[主机约定](host-contract.md#退出码)。',
    },
    {
      title: 'GS200-GS249：build.sh，在构建机上',
      note: '消息的下一行就是要执行的命令。退出码 1；用法错误为 64。',
    },
    {
      title: 'GS250-GS279：预览页面',
      note: '由 `gen-scripts preview` 输出到 stderr；退出码 2。',
    },
    {
      title: 'GS280-GS299：引擎 swarm',
      note: '关于设置，同 GS080-GS099：docs/zh-CN/swarm.md；退出码 2。',
    },
  ],
  columns: [
    { heading: '编号', cell: (code) => code },
    { heading: '含义', cell: (_, { titleZh }) => titleZh },
    { heading: '英文', cell: (_, { title }) => title },
    { heading: '怎么办', cell: (_, { hint }) => (hint === undefined ? '' : (HINTS_ZH[hint] ?? hint)) },
  ],
};

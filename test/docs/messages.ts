import { CATALOG, type CatalogEntry } from '../../src/problems/catalog.js';
import { HOST_CATALOG } from '../../src/problems/host-catalog.js';

export type Language = 'en' | 'zh';

/** docs/messages.md or docs/zh-CN/messages.md: every code that a user may meet. Titles are in both languages in both. */
export function renderMessages(language: Language): string {
  return [
    INTRODUCTION[language],
    ...PARTS.map((part) => {
      const { title, note } = part[language];
      const entries = ALL.filter(([code]) => code >= part.from && code <= part.to);
      return `## ${title}\n\n${note}\n\n${table(entries, language)}`;
    }),
  ].join('\n');
}

/** @returns codes that no part of the document shows */
export function unlistedCodes(): string[] {
  return ALL.map(([code]) => code).filter(
    (code) => !PARTS.some(({ from, to }) => code >= from && code <= to),
  );
}

const ALL: readonly (readonly [string, CatalogEntry])[] = [
  ...Object.entries(CATALOG),
  ...Object.entries(HOST_CATALOG),
];

const COMMENT =
  '<!-- Made from src/problems/catalog.ts and host-catalog.ts; a test compares (UPDATE=1 npm test -- test/docs writes it). -->';

const INTRODUCTION: Readonly<Record<Language, string>> = {
  en: `# Message codes

${COMMENT}

English | [简体中文](zh-CN/messages.md)

A code is stable: it is never used again for something else. The words after it may become better.
`,
  zh: `# 消息代码

${COMMENT}

[English](../messages.md) | 简体中文

程序输出的是英文，可以凭代码在这里查到中文含义。代码是稳定的，不会改作他用；代码后面的文字可能改进。
`,
};

const PARTS = [
  {
    en: {
      title: 'GS001-GS099: the command line and gen-scripts.yml',
      note: 'Printed by `gen-scripts` on stderr, with the place and what is expected; exit code 2. After `note:` it is a warning only.',
    },
    zh: {
      title: 'GS001-GS099：命令行与 gen-scripts.yml',
      note: '由 `gen-scripts` 输出到 stderr，同时给出位置和应有的内容；退出码 2。`note:` 开头的只是提醒。',
    },
    from: 'GS001',
    to: 'GS099',
  },
  {
    en: {
      title: 'GS100-GS199: repull.sh and rollback.sh, on the docker host',
      note: 'The line after the message is what to type. What the exit codes mean: [host-contract.md](host-contract.md).',
    },
    zh: {
      title: 'GS100-GS199：docker 主机上的 repull.sh 和 rollback.sh',
      note: '消息的下一行就是要输入的命令。退出码的含义见 [host-contract.md](host-contract.md)。',
    },
    from: 'GS100',
    to: 'GS199',
  },
  {
    en: {
      title: 'GS200-GS249: build.sh, on the agent',
      note: 'The line after the message is what to type. Exit code 1, for wrong usage 64.',
    },
    zh: {
      title: 'GS200-GS249：agent 上的 build.sh',
      note: '消息的下一行就是要输入的命令。退出码 1；用法错误为 64。',
    },
    from: 'GS200',
    to: 'GS249',
  },
];

const HEADINGS = {
  en: { columns: ['Code', 'English', '中文'], hint: 'What to do' },
  zh: { columns: ['代码', '中文', '英文'], hint: '怎么办' },
};

/** The scripts' own hints name values, so their codes have none here and need no column for them. */
function table(entries: typeof ALL, language: Language): string {
  const { columns, hint } = HEADINGS[language];
  const hasHints = entries.some(([, entry]) => entry.hint !== undefined);
  const header = [...columns, ...(hasHints ? [hint] : [])];
  const lines = [
    header,
    header.map(() => '---'),
    ...entries.map(([code, entry]) => {
      const { title, titleZh, hint: english = '', hintZh = '' } = entry;
      const cells = language === 'en' ? [title, titleZh, english] : [titleZh, title, hintZh];
      return [code, ...cells].slice(0, header.length);
    }),
  ];
  return lines.map((cells) => `| ${cells.map(escapeCell).join(' | ')} |\n`).join('');
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}

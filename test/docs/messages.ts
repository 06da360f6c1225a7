import { CATALOG, type CatalogEntry } from '../../src/problems/catalog.js';
import { HOST_CATALOG } from '../../src/problems/host-catalog.js';

/** docs/messages.md: every code that a user may meet, with its title in both languages. */
export function renderMessages(): string {
  return [
    INTRODUCTION,
    ...PARTS.map(({ title, note, from, to }) => {
      const entries = ALL.filter(([code]) => code >= from && code <= to);
      return `## ${title}\n\n${note}\n\n${table(entries)}`;
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

const INTRODUCTION = `# Message codes

<!-- Made from src/problems/catalog.ts and host-catalog.ts; a test compares (UPDATE=1 npm test -- test/docs writes it). -->

A code is stable: it is never used again for something else. The words after it may become better.
`;

const PARTS = [
  {
    title: 'GS001-GS099: the command line and gen-scripts.yml',
    note: 'Printed by `gen-scripts` on stderr, with the place and what is expected; exit code 2.',
    from: 'GS001',
    to: 'GS099',
  },
  {
    title: 'GS100-GS199: repull.sh and rollback.sh, on the docker host',
    note: 'The line after the message is what to type. What the exit codes mean: [host-contract.md](host-contract.md).',
    from: 'GS100',
    to: 'GS199',
  },
  {
    title: 'GS200-GS249: build.sh, on the agent',
    note: 'The line after the message is what to type. Exit code 1, for wrong usage 64.',
    from: 'GS200',
    to: 'GS249',
  },
];

/** The scripts' own hints name values, so their codes have none here and need no column for them. */
function table(entries: typeof ALL): string {
  const hasHints = entries.some(([, { hint }]) => hint !== undefined);
  const more = hasHints ? ['What to do'] : [];
  const lines = [
    ['Code', 'English', '中文', ...more],
    ['---', '---', '---', ...more.map(() => '---')],
    ...entries.map(([code, { title, titleZh, hint = '' }]) => [
      code,
      title,
      titleZh,
      ...more.map(() => hint),
    ]),
  ];
  return lines.map((cells) => `| ${cells.map(escapeCell).join(' | ')} |\n`).join('');
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}

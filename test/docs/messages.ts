import { CATALOG, type CatalogEntry } from '../../src/problems/catalog.js';
import { HOST_CATALOG } from '../../src/problems/host-catalog.js';

/** The words of docs/messages.md or of its translation; which codes stand where is the same in both. */
export interface MessagesPage {
  readonly introduction: string;
  /** Of each of PARTS. */
  readonly parts: readonly { readonly title: string; readonly note: string }[];
  /** The last one is for hints: a part whose codes have none goes without it. */
  readonly columns: readonly Column[];
}

interface Column {
  readonly heading: string;
  readonly cell: (code: string, entry: CatalogEntry) => string;
}

type Coded = readonly [code: string, entry: CatalogEntry];

export const PARTS = [
  { from: 'GS001', to: 'GS099' },
  { from: 'GS100', to: 'GS199' },
  { from: 'GS200', to: 'GS249' },
  { from: 'GS250', to: 'GS279' },
  { from: 'GS280', to: 'GS299' },
] as const;

const ALL: readonly Coded[] = [...Object.entries(CATALOG), ...Object.entries(HOST_CATALOG)];

/** Every code that a user may meet, with its title in both languages. */
export function renderMessages({ introduction, parts, columns }: MessagesPage): string {
  const sections = PARTS.map(({ from, to }, index) => {
    const entries = ALL.filter(([code]) => code >= from && code <= to);
    return `## ${parts[index]?.title}\n\n${parts[index]?.note}\n\n${table(entries, columns)}`;
  });
  return [introduction, ...sections].join('\n');
}

/** @returns codes that no part of the document shows */
export function unlistedCodes(): string[] {
  return ALL.map(([code]) => code).filter(
    (code) => !PARTS.some(({ from, to }) => code >= from && code <= to),
  );
}

/** The scripts' own hints name values, so their codes have none here and need no column for them. */
function table(entries: readonly Coded[], all: readonly Column[]): string {
  const hasHints = entries.some(([, { hint }]) => hint !== undefined);
  const columns = hasHints ? all : all.slice(0, -1);
  const lines = [
    columns.map(({ heading }) => heading),
    columns.map(() => '---'),
    ...entries.map(([code, entry]) => columns.map(({ cell }) => cell(code, entry))),
  ];
  return lines.map((cells) => `| ${cells.map(escapeCell).join(' | ')} |\n`).join('');
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}

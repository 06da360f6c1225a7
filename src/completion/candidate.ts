/** Something that could be typed here. */
export interface Candidate {
  readonly text: string;
  /** For the shells that show one; empty for none. */
  readonly help: string;
}

/** What a shell is to offer: these, or the files that it finds itself. */
export type Answer =
  | { readonly kind: 'words'; readonly words: readonly Candidate[] }
  | { readonly kind: 'files' };

export const FILES: Answer = { kind: 'files' };

const LONGEST_HELP = 70;
const MOST = 1000;

export function toCandidates(texts: readonly string[]): Candidate[] {
  return texts.map((text) => ({ text, help: '' }));
}

/**
 * Only names without a character that any shell acts on are offered, so that nobody's git tag has to be quoted right by three
 * shells. Whoever has another one types it.
 */
export function isInert(text: string): boolean {
  return /^[\p{L}\p{N}_@/.][\p{L}\p{N}_@/.+:,-]{0,499}$/u.test(text);
}

/** The first line is the kind; then a line each, with a tab before the help. */
export function formatAnswer(answer: Answer, { typed, before }: { typed: string; before: string }): string {
  if (answer.kind === 'files') return 'files\n';
  const fitting = answer.words.filter(({ text }) => text.startsWith(typed)).slice(0, MOST);
  return ['words', ...fitting.map(({ text, help }) => `${before}${text}\t${inertHelp(help)}`)]
    .join('\n')
    .concat('\n');
}

/** Shown, never taken for anything: but it must be one line, and move no cursor. */
function inertHelp(help: string): string {
  const line = help.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ');
  return line.length > LONGEST_HELP ? `${line.slice(0, LONGEST_HELP)}...` : line;
}

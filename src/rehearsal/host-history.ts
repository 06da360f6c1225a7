/** The history file of a real host, and where a rollback goes in it: what the scripts are held to. */
export interface HostHistory {
  /** Every line, as it stands, without its end. */
  readonly lines: readonly string[];
}

export interface Wish {
  /** '' for by steps. */
  readonly to: string;
  readonly steps: number;
}

/** Where a rollback goes: a line, from 1; a line that is refused; or nowhere. */
export type Target =
  | { readonly kind: 'image' | 'refused'; readonly line: number; readonly reference: string }
  | { readonly kind: 'none' };

export function readHostHistory(text: string): HostHistory {
  const lines = text.split('\n');
  return { lines: lines.at(-1) === '' ? lines.slice(0, -1) : lines };
}

/**
 * The line that docs/host-contract.md names: so many lines back, not past one that is no image of the repository; or the
 * newest line of that tag, digest or reference.
 */
export function findTarget({ lines }: HostHistory, { to, steps }: Wish, repository: string): Target {
  const entries = lines
    .map((line, index) => ({ line: index + 1, reference: line.replace(/[ \t\r]+$/, '') }))
    .filter(({ reference }) => reference.trim() !== '')
    .reverse();
  const kindOf = (reference: string) => (isImageOf(reference, repository) ? 'image' : 'refused');
  const found =
    to === ''
      ? entries.find(({ reference }, index) => index + 1 === steps || kindOf(reference) === 'refused')
      : entries.find(({ reference }) => isNamed(reference, to));
  return found === undefined ? { kind: 'none' } : { kind: kindOf(found.reference), ...found };
}

function isImageOf(reference: string, repository: string): boolean {
  const [bare = ''] = reference.split('@');
  return bare.replace(/:[^/:]*$/, '') === repository && !/[^A-Za-z0-9_.:/@-]/.test(reference);
}

function isNamed(reference: string, to: string): boolean {
  const [bare = '', digest = ''] = reference.split('@');
  return [reference, bare, bare.slice(bare.lastIndexOf(':') + 1), digest].includes(to);
}

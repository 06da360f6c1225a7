import { toOffers } from '../history/offers.js';

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

/** The line that docs/host-contract.md names: so many lines back, or the newest line of that tag, digest or reference. */
export function findTarget({ lines }: HostHistory, { to, steps }: Wish, repository: string): Target {
  const offers = toOffers(lines.join('\n'), repository);
  const found =
    to === ''
      ? offers.find((offer) => offer.steps === steps || offer.refused)
      : offers.find(({ reference }) => isNamed(reference, to));
  if (found === undefined) return { kind: 'none' };
  const { line, reference, refused } = found;
  return { kind: refused ? 'refused' : 'image', line, reference };
}

export function isNamed(reference: string, to: string): boolean {
  const [bare = '', digest = ''] = reference.split('@');
  return [reference, bare, bare.slice(bare.lastIndexOf(':') + 1), digest].includes(to);
}

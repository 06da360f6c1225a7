import type { ConfigView } from './model.js';
import type { Words } from './words.js';

/** What every part of the page needs to know besides its own matter. */
export interface View {
  readonly words: Words;
  readonly isChinese: boolean;
  /** Served, with a form; a report stands still. */
  readonly isLive: boolean;
  readonly configs: readonly ConfigView[];
}

import type { Language } from '../report/words.js';
import type { Request } from './command.js';

/** What `--lang` says; the command line has refused every other word. */
export function languageOf({ options }: Request): Language {
  return options.lang === 'zh' ? 'zh' : 'en';
}

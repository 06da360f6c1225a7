import { join } from 'node:path';
import { AUTO, RELEASE_FILES } from '../output/release-files.js';
import { UserError } from '../problems/problem.js';
import type { RenderedApp } from './apps.js';

/** A script that the word after `preview` means. */
export interface Selected {
  readonly path: string;
  readonly text: string;
}

/** Every script that any build may have. */
export const SCRIPT_NAMES: readonly string[] = RELEASE_FILES.filter((name) => name.endsWith('.sh'));

/** @throws UserError when this build has no such script */
export function selectScripts({ folder, scripts }: RenderedApp, word: string): Selected[] {
  const names = [...scripts.keys()];
  const wanted = names.filter((name) => isSelected(name, word));
  if (wanted.length === 0) {
    throw new UserError([{ code: 'GS007', source: 'command line', value: word, expected: names.join(', ') }]);
  }
  return wanted.map((name) => ({ path: join(folder, name), text: scripts.get(name) ?? '' }));
}

/** `repull` means repull.sh. Without a word all of them, but not auto.sh, which only repeats one. */
export function isSelected(name: string, word: string): boolean {
  return word === '' ? name !== AUTO : name === word || name === `${word}.sh`;
}

import type { Surroundings } from '../output/terminal.js';

/**
 * `bytes`: as it is, for programs and files. `visible`: for eyes, without anything that the terminal would act on.
 * `colored`: the same with colours.
 */
export type Display = 'bytes' | 'visible' | 'colored';

/**
 * FORCE_COLOR counts on a terminal only: many a CI sets it for everything, and a script with colours in it does not run.
 * @param color `auto`, `always` or `never`, as for git
 */
export function displayOf(color: string, { env, stdout }: Pick<Surroundings, 'env' | 'stdout'>): Display {
  const isTerminal = stdout.isTTY === true;
  if (color === 'always') return 'colored';
  if (!isTerminal) return 'bytes';
  return color !== 'never' && wantsColor(env) ? 'colored' : 'visible';
}

function wantsColor({ FORCE_COLOR = '', NO_COLOR = '', TERM = '' }: Surroundings['env']): boolean {
  if (FORCE_COLOR !== '') return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return NO_COLOR === '' && TERM !== 'dumb';
}

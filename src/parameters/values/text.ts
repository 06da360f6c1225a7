import type { Rule } from './rule.js';

/** Neither an argument of a process nor a shell word can carry it. */
export const noNul: Rule = (text) =>
  text.includes('\0')
    ? { code: 'GS030', detail: 'NUL, which no argument of a process can carry' }
    : undefined;

/** `\p{Cc}` and the line ends of Unicode. By name the class takes longer to compile than a build to render. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\x00-\x1f\x7f-\x9f\u2028\u2029]/;

/** For values that end up in names, paths, comments and one-line messages. */
export const oneLine: Rule = (text) => {
  const found = CONTROL.exec(text);
  if (!found) return undefined;
  return {
    code: 'GS030',
    detail: describe(found[0]),
    expected: 'one line of text without control characters',
  };
};

/** YAML can carry half of a surrogate pair by an escape; no file can. */
export const wellFormed: Rule = (text) =>
  !/[\ud800-\udfff]/u.test(text)
    ? undefined
    : { code: 'GS030', detail: 'half of a surrogate pair, which UTF-8 cannot carry' };

const NAMES: Readonly<Record<string, string>> = {
  '\0': 'NUL',
  '\t': 'a tab',
  '\n': 'a line feed',
  '\r': 'a carriage return',
  '\u001b': 'ESC',
};

function describe(character: string): string {
  const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  return NAMES[character] ?? `U+${code}`;
}

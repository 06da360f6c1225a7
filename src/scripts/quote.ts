/** Thrown for a text that no shell script can carry; the caller knows which parameter it came from. */
export class UnquotableError extends Error {}

/** A long option and nothing else: reads better bare, and means the same to every shell. */
const OPTION_NAME = /^--[a-z][a-z-]*$/;

/**
 * One shell word that stands for exactly `value`, in single quotes.
 * Refused: NUL, which no argument can hold, and lone surrogates, which have no UTF-8 form.
 */
export function quoteShell(value: string): string {
  if (value.includes('\0')) throw new UnquotableError('a NUL character cannot be part of a shell word');
  if (!isWellFormed(value)) throw new UnquotableError('half of a surrogate pair is not a character');
  return OPTION_NAME.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}

/**
 * `value` as part of one comment line: a line break in a comment would be a command. What turns the direction of writing
 * goes as well, because a reviewer would read something else than what stands there.
 */
export function quoteComment(value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
  return value.replace(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]+/g, ' ').trim();
}

/** String.prototype.isWellFormed, which TypeScript's es2023 library does not know yet. */
function isWellFormed(value: string): boolean {
  return !/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(value);
}

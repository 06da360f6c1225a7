/** Parameters of one escape sequence: the 16 colours that a terminal's own theme makes readable, and attributes. */
export type Style = string;

/** Ends what it begins, so that a pager can start at any line. */
export function paint(text: string, style: Style): string {
  return style === '' || text === '' ? text : `\x1b[${style}m${text}\x1b[0m`;
}

/**
 * What would move the cursor, turn the line round or not be seen at all is shown by its number. Line ends and tabs stay.
 * @param mark around each, to tell it from the same characters typed
 */
export function visible(text: string, mark: (shown: string) => string = (shown) => shown): string {
  return text.replace(/(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) =>
    mark(numberOf(character)),
  );
}

/** Inverse and back again: the colour around stays. */
export function inverse(text: string): string {
  return `\x1b[7m${text}\x1b[27m`;
}

function numberOf(character: string): string {
  const number = (character.codePointAt(0) ?? 0).toString(16);
  return number.length <= 2 ? `\\x${number.padStart(2, '0')}` : `\\u{${number}}`;
}

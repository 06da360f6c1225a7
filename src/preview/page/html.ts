/** Markup that is safe to put into a page: made by `html` and by nothing else. */
export class Html {
  constructor(readonly text: string) {}

  toString(): string {
    return this.text;
  }
}

/** What may stand between two pieces of markup; nothing comes of `undefined` and `false`. */
export type Part = Html | string | number | undefined | false | readonly Part[];

/** Markup with values in it. Whatever is not markup already is escaped, in a text as in an attribute. */
export function html(markup: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(markup.reduce((text, piece, index) => text + show(parts[index - 1]) + piece));
}

export const NOTHING = new Html('');

function show(part: Part): string {
  if (part instanceof Html) return part.text;
  if (part === undefined || part === false) return '';
  if (typeof part === 'number') return String(part);
  return typeof part === 'string' ? escapeHtml(part) : part.map(show).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Besides what is markup, what nobody sees: a character that turns the line round could make a script read as another one than it
 * is.
 */
export function escapeHtml(text: string): string {
  return text.replace(UNSEEN, '\ufffd').replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

const UNSEEN = /(?![\t\n])\p{Cc}|\p{Cs}|[\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

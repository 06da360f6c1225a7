/**
 * What a person may have typed (who, job, tag, server) as one line that no chat acts on. Each service has a dialect of
 * its own for links and mentions - `<!channel>`, `<users/all>`, `<@id>`, `<at user_id="all">`, `@all`, `[text](url)` -
 * and not all of them document an escape; so the characters that begin them are replaced by their full-width twins,
 * which look alike and mean nothing anywhere.
 */
export function inert(text: string): string {
  return oneLine(text)
    .replace(/[<>@[\]`]/g, (character) => TWINS[character] ?? character)
    .replaceAll('://', ':／／');
}

/** For a log: nothing that starts a line of its own, moves the cursor or hides text. */
export function oneLine(text: string): string {
  return text.replace(INVISIBLE, ' ').replace(/\s+/g, ' ').trim();
}

/** Line breaks, escape sequences, half surrogates, and marks that reverse or hide text. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

const TWINS: Readonly<Record<string, string>> = {
  '<': '＜',
  '>': '＞',
  '@': '＠',
  '[': '［',
  ']': '］',
  '`': '｀',
};

/** The address of the build, if it is one that can be shown; empty otherwise. Every chat makes a link of it by itself. */
export function inertAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username || url.password) return '';
  const rest = `${url.pathname}${url.search}`;
  return url.origin + rest.replace(/[<>@[\]`|()*_~!']/g, percent);
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** Cut to so many bytes of UTF-8, which is what the services count, with a visible ellipsis. */
export function shorten(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text;
  let [cut, size] = ['', Buffer.byteLength(ELLIPSIS)];
  for (const character of text) {
    size += Buffer.byteLength(character);
    if (size > bytes) break;
    cut += character;
  }
  return cut + ELLIPSIS;
}

const ELLIPSIS = '…';

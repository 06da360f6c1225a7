/**
 * JSON values one after the other: one a line, or as `docker inspect` prints its lists. Lists are taken apart.
 * @returns what is wrong, in words, if it is anything else
 */
export function parseStream(text: string): unknown[] | string {
  const whole = text.replace(/^\uFEFF/, '').trim();
  if (whole === '') return [];
  // Between two lists of docker inspect.
  const lists = whole.split(/(?<=^\])\s*\n(?=\[)/m).map(tryParse);
  if (lists.every(isParsed)) return lists.flatMap(({ value }) => value).flat();
  const lines = whole.split('\n').map(tryParse);
  const wrong = lines.findIndex((line) => !isParsed(line));
  if (wrong === -1) return lines.filter(isParsed).flatMap(({ value }) => value);
  const where = lines.length === 1 ? '' : `line ${wrong + 1}: `;
  return `${where}not JSON, or not all of it`;
}

interface Parsed {
  readonly value: unknown;
}

function tryParse(text: string): Parsed | undefined {
  try {
    return { value: text.trim() === '' ? [] : JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function isParsed(one: Parsed | undefined): one is Parsed {
  return one !== undefined;
}

import { OPTIONS } from './options.js';

/**
 * Named arguments in Groovy text that a Pipeline step of options.json does not have. Both ways of a call are read,
 * `step(name: value)` and `step name: value`.
 * @returns one line a name; none if all exist
 */
export function findUnknownArguments(groovy: string): string[] {
  const calls = new RegExp(`(?<![\\w.$'"])(${Object.keys(OPTIONS.steps).join('|')})(?=\\(| +\\w+ *:)`, 'g');
  return [...groovy.matchAll(calls)].flatMap(({ 0: step, index }) => {
    const known = OPTIONS.steps[step]?.parameters ?? [];
    const names = findNames(readArguments(groovy, index + step.length));
    return names.filter((name) => !known.includes(name)).map((name) => `${step} has no ${name}`);
  });
}

const OPENING = '([{';
const CLOSING = ')]}';

/** Arguments with everything nested in them blanked: strings, further calls, closures. */
function readArguments(groovy: string, start: number): string {
  const inParentheses = groovy[start] === '(';
  let [text, depth] = ['', inParentheses ? -1 : 0];
  for (let at = start; at < groovy.length; at += 1) {
    const char = groovy[at] ?? '';
    if (char === "'" || char === '"') at = endOfString(groovy, at, char);
    else if (OPENING.includes(char)) depth += 1;
    else if (CLOSING.includes(char)) depth -= 1;
    else if (depth === 0) text += char;
    if (depth < 0 || (!inParentheses && depth === 0 && char === '\n')) break;
  }
  return text;
}

function endOfString(groovy: string, start: number, quote: string): number {
  const mark = groovy.startsWith(quote.repeat(3), start) ? quote.repeat(3) : quote;
  let at = start + mark.length;
  while (at < groovy.length && !groovy.startsWith(mark, at)) at += groovy[at] === '\\' ? 2 : 1;
  return at + mark.length - 1;
}

function findNames(text: string): string[] {
  return [...text.matchAll(/(?:^|[,\s])([A-Za-z]\w*)\s*:(?!:)/g)].map(([, name]) => name ?? '');
}

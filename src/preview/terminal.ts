import { inverse, paint, type Style, visible } from './ansi.js';
import type { Display } from './display.js';
import type { Token, TokenKind } from './highlight.js';
import type { UnifiedLine } from './unified.js';

/** No black, white, yellow or blue: each cannot be read on one of the usual backgrounds. */
const TOKENS: Readonly<Record<TokenKind, Style>> = {
  plain: '',
  comment: '2',
  keyword: '1',
  string: '32',
  variable: '35',
  builtin: '36',
  title: '1;36',
};

/** git's own. */
const LINES: Readonly<Record<UnifiedLine['kind'], Style>> = {
  header: '1',
  hunk: '36',
  same: '',
  added: '32',
  removed: '31',
  note: '',
};

/** A script as its reader should get it; for a program, its very bytes. */
export async function showScript(script: string, display: Display): Promise<string> {
  if (display === 'bytes') return script;
  if (display === 'visible') return visible(script);
  // Knows a language's grammar: loaded by whoever looks at it only.
  const { highlight } = await import('./highlight.js');
  const end = script.endsWith('\n') ? '\n' : '';
  return `${highlight(script).map(showTokens).join('\n')}${end}`;
}

export function showTitle(title: string, display: Display): string {
  return showText(title, '1', display);
}

export function showDiff(lines: readonly UnifiedLine[], display: Display): string {
  return lines.map(({ kind, text }) => `${showText(text, LINES[kind], display)}\n`).join('');
}

function showTokens(tokens: readonly Token[]): string {
  return tokens.map(({ kind, text }) => showText(text, TOKENS[kind], 'colored')).join('');
}

function showText(text: string, style: Style, display: Display): string {
  if (display === 'bytes') return text;
  return display === 'visible' ? visible(text) : paint(visible(text, inverse), style);
}

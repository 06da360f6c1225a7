import bash from 'highlight.js/lib/languages/bash';
import { createLowlight } from 'lowlight';

/** A piece of one line: what it is decides its colour, on a terminal and on a page. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

export type TokenKind = 'plain' | 'comment' | 'keyword' | 'string' | 'variable' | 'builtin' | 'title';

/** highlight.js' names for what a shell script has; whatever else it may name stays plain. */
const KINDS: Readonly<Record<string, TokenKind>> = {
  'hljs-comment': 'comment',
  'hljs-meta': 'comment',
  'hljs-keyword': 'keyword',
  'hljs-literal': 'keyword',
  'hljs-string': 'string',
  'hljs-variable': 'variable',
  'hljs-built_in': 'builtin',
  'hljs-title': 'title',
  'hljs-subst': 'plain',
};

type Tree = ReturnType<ReturnType<typeof createLowlight>['highlight']>;
type Node = Tree['children'][number];

/** A shell script, cut into its lines: the texts of a line's tokens are that line, without its newline. */
export function highlight(script: string): Token[][] {
  const lines: Token[][] = [[]];
  for (const token of flatten(createLowlight({ bash }).highlight('bash', script).children, 'plain')) {
    const [first = '', ...others] = token.text.split('\n');
    push(lines, { ...token, text: first });
    for (const text of others) {
      lines.push([]);
      push(lines, { ...token, text });
    }
  }
  // What ends with a newline has no line after it.
  if (lines.at(-1)?.length === 0) lines.pop();
  return lines;
}

function push(lines: Token[][], token: Token): void {
  if (token.text !== '') lines.at(-1)?.push(token);
}

function flatten(nodes: readonly Node[], kind: TokenKind): Token[] {
  return nodes.flatMap((node) => {
    if (node.type === 'text') return [{ kind, text: node.value }];
    return node.type === 'element' ? flatten(node.children as Node[], kindOf(node) ?? kind) : [];
  });
}

function kindOf({ properties }: Extract<Node, { type: 'element' }>): TokenKind | undefined {
  const { className } = properties;
  const [name] = Array.isArray(className) ? className : [];
  return KINDS[String(name)];
}

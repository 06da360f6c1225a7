import { printable } from '../../problems/problem.js';
import { type Block, blocksOf, titleOf } from './page.js';
import type { Rehearsal } from './rehearsal.js';
import type { Rows } from './tables.js';

/** GitLab's and GitHub's Markdown, for a comment or an artefact. */
export function formatMarkdown(rehearsals: readonly Rehearsal[]): string {
  const blocks = rehearsals.flatMap(blocksOf).map(toMarkdown);
  return `# ${inert(titleOf(rehearsals))}\n\n${blocks.join('\n\n')}\n`;
}

function toMarkdown(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${inert(block.text)}`;
    case 'text':
      return inert(block.text);
    case 'list':
      return block.items.map((item) => `- ${inert(item)}`).join('\n');
    case 'output':
      return fence(block.text);
    case 'table':
      return `${inert(block.caption)}:\n\n${rowsToMarkdown(block.rows)}`;
  }
}

/** Longer than any run of backquotes in it. */
function fence(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const marks = '`'.repeat(longest + 1);
  return `${marks}text\n${text.split('\n').map(printable).join('\n')}\n${marks}`;
}

function rowsToMarkdown([head = [], ...rows]: Rows): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const body = rows.map((cells) => row(cells.map(inert)));
  return [row(head.map(inert)), row(head.map(() => '---')), ...body].join('\n');
}

/** Every character that may mean something; a link or an image in a name stays text. */
function inert(text: string): string {
  return printable(text.replace(/[\t\n\r]/g, ' ')).replace(/[\\`*_{}[\]<>()#!|~&@]/g, '\\$&');
}

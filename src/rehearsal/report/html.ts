import { escapeXml } from '../../output/xml.js';
import { type Block, blocksOf, titleOf } from './page.js';
import type { Rehearsal } from './rehearsal.js';
import type { Rows } from './tables.js';

/**
 * One page without a script, a style or anything from elsewhere: it reads the same under Jenkins' Content Security Policy, which
 * ignores them all.
 */
export function formatHtml(rehearsals: readonly Rehearsal[]): string {
  const title = inert(titleOf(rehearsals));
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
</head>
<body>
<h1>${title}</h1>
${rehearsals.flatMap(blocksOf).map(toHtml).join('\n')}
</body>
</html>
`;
}

function toHtml(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level}>${inert(block.text)}</h${block.level}>`;
    case 'text':
      return `<p>${inert(block.text)}</p>`;
    case 'list':
      return `<ul>\n${block.items.map((item) => `<li>${inert(item)}</li>\n`).join('')}</ul>`;
    case 'output':
      return `<pre>${block.text.split('\n').map(inert).join('\n')}</pre>`;
    case 'table':
      return `<table border="1">\n<caption>${inert(block.caption)}</caption>\n${rowsToHtml(block.rows)}</table>`;
  }
}

function rowsToHtml([head = [], ...rows]: Rows): string {
  const row = (cells: readonly string[], name: string) =>
    `<tr>${cells.map((cell) => `<${name}>${inert(cell)}</${name}>`).join('')}</tr>\n`;
  return `<thead>\n${row(head, 'th')}</thead>\n<tbody>\n${rows.map((cells) => row(cells, 'td')).join('')}</tbody>\n`;
}

/** Numeric references stand for line ends in XML only because it would lose them in attributes; here a blank does. */
function inert(text: string): string {
  return escapeXml(text.replace(/[\t\n\r]/g, ' '));
}

import { formatGoal, formatNumber, isMet, ratioOf, say } from './rows.mjs';

const WIDTH = 900;
const LABEL = 370;
const BAR = 280;
const LINE = 16;
const ROW = 46;
const TOP = 44;

/** Its own background: a picture cannot know the page's, and GitHub has a light and a dark one. */
const STYLE = `
svg { font: 12px system-ui, sans-serif; --paper: #ffffff; --ink: #1f2328; --quiet: #59636e; --ours: #0969da; --other: #afb8c1; --missed: #cf222e; }
@media (prefers-color-scheme: dark) { svg { --paper: #0d1117; --ink: #f0f6fc; --quiet: #9198a1; --ours: #4493f8; --other: #656c76; --missed: #f85149; } }
.paper { fill: var(--paper); } text { fill: var(--ink); } .quiet { fill: var(--quiet); }
.ours { fill: var(--ours); } .other { fill: var(--other); } .missed { fill: var(--missed); }`;

/**
 * A pair of bars for each row that was measured: ours, and the other or else the goal. Each pair has a scale of its own, because
 * milliseconds and calls have nothing in common.
 * @param {import('./rows.mjs').Row[]} rows
 */
export function drawChart(rows, title) {
  const measured = rows.filter(({ skipped }) => skipped === undefined);
  const height = TOP + measured.length * ROW + 12;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img">
<title>${escapeXml(title)}</title>
<style>${STYLE}
</style>
<rect class="paper" width="100%" height="100%" rx="6"/>
${text(16, 26, title, 'font-weight="600" font-size="14"')}
${measured.map((row, index) => drawRow(row, TOP + index * ROW)).join('\n')}
</svg>
`;
}

function drawRow(row, top) {
  const { ours, unit } = row;
  const [value, label] = besideOf(row);
  const most = Math.max(ours, value ?? 0) || 1;
  const ratio = ratioOf(row);
  const kind = isMet(row) === false ? 'missed' : 'ours';
  return [
    text(16, top + 12, say(row.what, 'en')),
    text(
      16,
      top + 28,
      [ratio && `ratio ${ratio}`, row.goal && `goal ${formatGoal(row)}`].filter(Boolean).join(', '),
      'class="quiet"',
    ),
    bar(kind, top, ours / most, formatNumber(ours, unit)),
    value === undefined
      ? ''
      : bar(
          'other',
          top + LINE,
          value / most,
          `${formatNumber(value, unit)}${label === '' ? '' : `  ${label}`}`,
        ),
  ].join('');
}

/** What the second bar is: the other, or the goal. */
function besideOf({ other, otherName, goal = {} }) {
  if (other !== undefined) return [other, say(otherName, 'en')];
  const wanted = goal.most ?? goal.least;
  return wanted === undefined ? [undefined, ''] : [wanted, 'the goal'];
}

function bar(kind, top, share, label) {
  const width = Math.max(1, Math.round(share * BAR));
  return `<rect class="${kind}" x="${LABEL}" y="${top + 2}" width="${width}" height="${LINE - 3}" rx="2"/>${text(LABEL + width + 6, top + 13, label, 'class="quiet"')}`;
}

function text(x, y, words, attributes = '') {
  return `<text x="${x}" y="${y}"${attributes === '' ? '' : ` ${attributes}`}>${escapeXml(words)}</text>`;
}

function escapeXml(words) {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

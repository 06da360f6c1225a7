import { cutLine, widthOf } from '../../output/table.js';
import { type Html, html, NOTHING } from './html.js';
import type { EndReason, ExitCode, Phase, Runbook, RunbookEnd, RunbookStep } from './runbook-step.js';
import type { Words } from './words.js';

/* The picture's measures, in its own units. */
const WIDTH = 900;
const BOX = { left: 24, width: 372, height: 46, gap: 12 };
const RIGHT = BOX.left + BOX.width;
/** Where the ways out of several steps come together, and where ends stand. */
const BUS = RIGHT + 20;
const EXIT = BUS + 34;
const PHASE = { head: 34, foot: 10, gap: 12 };

interface Placed {
  readonly step: RunbookStep;
  readonly number: number;
  /** Of the box's middle. */
  readonly y: number;
}

interface Band {
  readonly phase: Phase;
  readonly top: number;
  readonly height: number;
  readonly steps: readonly Placed[];
}

/**
 * A runbook as a picture: one column of steps, to the right of it where they may end. Only attributes, no style: a page that allows
 * no inline style shows it as it is, and the page's style sheet colours it.
 */
export function drawRunbook(id: string, runbook: Runbook, words: Words): Html {
  const bands = placeSteps(runbook.steps);
  const height = bands.reduce((end, band) => Math.max(end, band.top + band.height), 0) + PHASE.foot;
  const title = words.runbookPicture(runbook.script, runbook.steps.length);
  return html`<svg class="runbook" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="${id}-title">
<title id="${id}-title">${title}</title>
<defs><marker id="${id}-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path class="head" d="M0 0 8 4 0 8z"/></marker></defs>
${bands.map((band) => drawBand(band, runbook, words))}
${drawWay(
  bands.flatMap((band) => band.steps),
  id,
)}
${bands.map((band) => [drawExits(band, runbook, id, words), band.steps.map((placed) => drawStep(placed, words))])}
</svg>`;
}

function placeSteps(steps: readonly RunbookStep[]): Band[] {
  const bands: Band[] = [];
  let top = PHASE.gap;
  for (const phase of ['safe', 'swap', 'after'] as const) {
    const own = steps.filter((step) => step.phase === phase);
    if (own.length === 0) continue;
    const first = top + PHASE.head + BOX.height / 2;
    const placed = own.map((step, index) => ({
      step,
      number: steps.indexOf(step) + 1,
      y: first + index * (BOX.height + BOX.gap),
    }));
    const height = PHASE.head + own.length * (BOX.height + BOX.gap) - BOX.gap + PHASE.foot;
    bands.push({ phase, top, height, steps: placed });
    top += height + PHASE.gap;
  }
  return bands;
}

function drawBand({ phase, top, height }: Band, { strategy }: Runbook, words: Words): Html {
  return html`<rect class="band ${phase}" x="8" y="${top}" width="${WIDTH - 16}" height="${height}" rx="8"/>
<text class="phase" x="${BOX.left + 44}" y="${top + 22}">${words.phases[phase](strategy)}</text>`;
}

function drawWay(steps: readonly Placed[], id: string): Html[] {
  return steps.slice(1).map(({ y }, index) => {
    const from = (steps[index]?.y ?? 0) + BOX.height / 2;
    const x = BOX.left + 22;
    return arrow(`M${x} ${from}V${y - BOX.height / 2}`, id);
  });
}

function arrow(path: string, id: string, kind = 'way'): Html {
  return html`<path class="${kind}" d="${path}" marker-end="url(#${id}-arrow)"/>`;
}

function drawStep({ step, number, y }: Placed, words: Words): Html {
  const { title, detail } = words.steps[step.id](step.facts);
  const [top, left] = [y - BOX.height / 2, BOX.left + 44];
  return html`<g class="step ${step.id === 'done' ? 'done' : step.phase}">
<rect x="${BOX.left}" y="${top}" width="${BOX.width}" height="${BOX.height}" rx="6"/>
<text class="number" x="${BOX.left + 22}" y="${y + 5}" text-anchor="middle">${number}</text>
<text class="title" x="${left}" y="${y - 4}">${cutLine(title, 42)}</text>
<text class="detail" x="${left}" y="${y + 14}">${cutLine(oneLine(detail), 50)}</text>
</g>`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}

const SHARED: readonly EndReason[] = ['untouched', 'back', 'portBack', 'noWayBack'];

/** An end that most steps of a phase share is drawn once; the others stand beside their step. */
function drawExits(band: Band, runbook: Runbook, id: string, words: Words): Part[] {
  const isShared = ({ why }: RunbookEnd) => SHARED.includes(why);
  const own = band.steps.map((placed) => ({
    placed,
    ends: placed.step.ends.filter((end) => !isShared(end)),
  }));
  const alone = own.flatMap(({ placed, ends }) =>
    ends.map((end, index) => drawEnd(placed, end, index, id, words)),
  );
  const sharing = band.steps.filter(({ step }) => step.ends.some(isShared));
  if (sharing.length === 0) return alone;
  const free = own.filter(({ ends }) => ends.length === 0).map(({ placed }) => placed.y);
  return [
    ...alone,
    band.phase === 'swap' ? drawBack(sharing, runbook, id, words) : drawShared(sharing, free, id, words),
  ];
}

type Part = Html | readonly Html[];

function drawEnd({ y }: Placed, { code, why }: RunbookEnd, index: number, id: string, words: Words): Html {
  const x = EXIT + index * 236;
  // The second one goes on from the first.
  const from = index === 0 ? arrow(`M${RIGHT} ${y}H${x - 4}`, id, 'early') : NOTHING;
  return html`${from}${drawCode(x, y, code)}${drawText(x + 42, y, words.ends[why], index === 0 ? 30 : 26)}`;
}

function drawShared(steps: readonly Placed[], free: readonly number[], id: string, words: Words): Html {
  const ys = steps.map(({ y }) => y);
  const middle = free[Math.floor(free.length / 2)] ?? ys[0] ?? 0;
  return html`${drawBus(ys)}${arrow(`M${BUS} ${middle}H${EXIT - 4}`, id, 'fails')}
${drawCode(EXIT, middle, 10)}${drawText(EXIT + 42, middle, words.ends.untouched, 56)}`;
}

/** Where the old container no longer serves, what went wrong is undone first. */
function drawBack(steps: readonly Placed[], { strategy }: Runbook, id: string, words: Words): Html {
  const ys = steps.map(({ y }) => y);
  const [first = 0, last = 0] = [ys[0], ys.at(-1)];
  const back = steps[0]?.step.ends.find(({ code }) => code === 11)?.why ?? 'back';
  const middle = (first + last) / 2;
  const box = { x: EXIT, width: 190, height: 104 };
  const end = box.x + box.width;
  return html`${drawBus(ys)}${arrow(`M${BUS} ${middle}H${box.x - 1}`, id, 'fails')}
<g class="step back"><rect x="${box.x}" y="${middle - box.height / 2}" width="${box.width}" height="${box.height}" rx="6"/></g>
${drawText(box.x + 14, middle, words.goBack(strategy), 26)}
${arrow(`M${end} ${middle - 36}H${end + 24}`, id, 'fails')}${drawCode(end + 28, middle - 36, 11)}
${drawText(end + 70, middle - 36, words.ends[back], 20)}
${arrow(`M${end} ${middle + 36}H${end + 24}`, id, 'fails')}${drawCode(end + 28, middle + 36, 12)}
${drawText(end + 70, middle + 36, words.ends.noWayBack, 20)}`;
}

function drawBus(ys: readonly number[]): Html {
  const ticks = ys.map((y) => `M${RIGHT} ${y}H${BUS}`).join('');
  return html`<path class="fails" d="${ticks}M${BUS} ${Math.min(...ys)}V${Math.max(...ys)}"/>`;
}

function drawCode(x: number, y: number, code: ExitCode): Html {
  return html`<g class="exit e${code}"><rect x="${x}" y="${y - 11}" width="34" height="22" rx="11"/><text x="${x + 17}" y="${y + 4}" text-anchor="middle">${code}</text></g>`;
}

/** Several lines around a height. */
function drawText(x: number, y: number, text: string, columns: number): Html {
  const lines = wrap(text, columns);
  const first = y + 4 - ((lines.length - 1) * 15) / 2;
  return html`<text class="say">${lines.map(
    (line, index) => html`<tspan x="${x}" y="${first + index * 15}">${line}</tspan>`,
  )}</text>`;
}

/** Lines of at most so many columns; a text without blanks may break anywhere. */
export function wrap(text: string, columns: number): string[] {
  const words = text.match(/[\u2e80-\uffef]|[^\s\u2e80-\uffef]+|\s+/g) ?? [];
  const lines = [''];
  for (const word of words) {
    const line = lines.at(-1) ?? '';
    if (widthOf(line + word.trimEnd()) <= columns || line === '') lines[lines.length - 1] = line + word;
    // A mark of punctuation begins no line.
    else if (/^[，。；：、？]$/.test(word)) lines[lines.length - 1] = line + word;
    else lines.push(word.trim());
  }
  return lines.map((line) => line.trim()).filter(Boolean);
}

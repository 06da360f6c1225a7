import type { Finding } from '../../lint/finding.js';
import type { Stretch, TracedScript } from '../../scripts/origins.js';
import type { Token } from '../highlight.js';
import type { LineView, Piece } from './model.js';

/** The id of the value that fills a stretch; undefined where it is nothing that anybody set. */
export type FindValue = (stretch: Stretch) => string | undefined;

/** The lines of a script with their colours, the values in them and what lint says of them. */
export function makeLines(
  script: TracedScript,
  tokens: readonly (readonly Token[])[],
  findings: readonly Finding[],
  findValue: FindValue,
): LineView[] {
  return tokens.map((line, index) => ({
    number: index + 1,
    pieces: cutLine(line, script.lines[index] ?? [], findValue),
    findings: findings.filter((finding) => finding.line === index + 1),
  }));
}

/** Tokens end where a value begins or ends. */
function cutLine(tokens: readonly Token[], stretches: readonly Stretch[], findValue: FindValue): Piece[] {
  const pieces: Piece[] = [];
  let column = 0;
  for (const { kind, text } of tokens) {
    const end = column + text.length;
    const cuts = [column, ...stretches.map((stretch) => stretch.column).filter(isWithin(column, end)), end];
    for (const [index, from] of cuts.slice(0, -1).entries()) {
      const stretch = stretches.findLast((one) => one.column <= from);
      const value = stretch?.isValue ? findValue(stretch) : undefined;
      const piece = { kind, text: text.slice(from - column, (cuts[index + 1] ?? end) - column) };
      if (piece.text !== '') pieces.push(value === undefined ? piece : { ...piece, value });
    }
    column = end;
  }
  return pieces;
}

function isWithin(from: number, to: number): (column: number) => boolean {
  return (column) => column > from && column < to;
}

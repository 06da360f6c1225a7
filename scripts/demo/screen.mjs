const LABEL = 12;
const CODES = { bold: 1, dim: 2, red: 31, green: 32, cyan: 36 };

/**
 * Text for people, no wider than their terminal (40 to 100 columns; 80 where there is none). Colours only on a
 * terminal, and not with NO_COLOR.
 */
export function makeScreen(stream, env) {
  const width = Math.max(40, Math.min(stream.columns || 80, 100)) - 1;
  const isColourful = stream.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
  const paint = (style, text) =>
    isColourful && style && text.trim() ? `\u001b[${CODES[style]}m${text}\u001b[0m` : text;
  const print = (text = '') => stream.write(`${text}\n`);
  const room = width - LABEL;
  let previous = '';
  return {
    paragraph: (text, style) => {
      for (const line of wrap(text, width)) print(paint(style, line));
    },
    /**
     * A label, if it is another than that of the row above, and lines beside it: each a text
     * or { text, style, isClipped }.
     * Clipped ones end in `...`, others go on in the next line.
     */
    row: (label, lines) => {
      const shown = label === previous ? '' : label;
      previous = label;
      const cut = lines.flatMap((line) => layOut(typeof line === 'string' ? { text: line } : line, room));
      cut.forEach(({ text, style }, i) => {
        print(`${paint('dim', (i === 0 ? shown : '').padEnd(LABEL))}${paint(style, text)}`.trimEnd());
      });
    },
    gap: () => {
      previous = '';
      print();
    },
  };
}

function layOut({ text, style, isClipped }, width) {
  return (isClipped ? [clip(text, width)] : wrap(text, width)).map((part) => ({ text: part, style }));
}

function clip(text, width) {
  return text.length <= width ? text : `${text.slice(0, width - 3)}...`;
}

/** Breaks at spaces; what follows the first line is indented as that is, and two more. */
function wrap(text, width) {
  const indent = `${/^ */.exec(text)[0]}  `;
  const lines = [];
  let line = '';
  for (const word of text.trimEnd().split(/(?<=\S) /)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length > width && line !== '') {
      lines.push(line);
      line = `${indent}${word}`;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}

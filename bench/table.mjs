import { formatGoal, formatNumber, isMet, ratioOf, say } from './rows.mjs';

const WORDS = {
  en: {
    titles: ['what', 'ours', 'the other', 'ratio', 'goal', ''],
    met: 'met',
    missed: 'NOT MET',
    skipped: 'skipped',
  },
  zh: {
    titles: ['项目', '本项目', '对照', '比值', '目标', ''],
    met: '达到',
    missed: '**未达到**',
    skipped: '跳过',
  },
};

/** For a terminal. */
export function textTable(rows) {
  const cells = [WORDS.en.titles, ...rows.map((row) => cellsOf(row, 'en'))];
  const widths = WORDS.en.titles.map((_, column) => Math.max(...cells.map((line) => line[column].length)));
  return cells
    .map((line) =>
      line
        .map((cell, at) => pad(cell, at, widths[at]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** For the documents. @param {'en' | 'zh'} lang */
export function markdownTable(rows, lang) {
  const { titles } = WORDS[lang];
  const lines = [
    titles,
    titles.map((_, at) => (isText(at) ? '---' : '--:')),
    ...rows.map((row) => cellsOf(row, lang)),
  ];
  return lines
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');
}

/** @returns {string[]} what, ours, other, ratio, goal, met */
function cellsOf(row, lang) {
  const what = say(row.what, lang);
  if (row.skipped !== undefined) return [what, '', '', '', '', `${WORDS[lang].skipped}: ${row.skipped}`];
  const { ours, other, otherName, unit } = row;
  const name = say(otherName, lang);
  const shown = other === undefined ? name : `${formatNumber(other, unit)}${name === '' ? '' : ` (${name})`}`;
  return [what, formatNumber(ours, unit), shown, ratioOf(row), formatGoal(row), verdictOf(row, lang)];
}

function verdictOf(row, lang) {
  const met = isMet(row);
  if (met === undefined) return '';
  return met ? WORDS[lang].met : WORDS[lang].missed;
}

function isText(column) {
  return column === 0 || column === 5;
}

function pad(text, column, width) {
  return isText(column) ? text.padEnd(width) : text.padStart(width);
}

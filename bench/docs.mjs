import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawChart } from './chart.mjs';
import { ROOT } from './sources.mjs';
import { markdownTable } from './table.mjs';

/** What stands between these two is written by `npm run bench -- --docs`. */
const [BEGIN, END] = ['<!-- bench: begin -->', '<!-- bench: end -->'];

const PAGES = { en: 'docs/benchmarks.md', zh: 'docs/zh-CN/benchmarks.md' };

/** The table of both pages, with the machine and the date, and the chart. */
export function writeDocs(rows, { date, machine }) {
  for (const [lang, page] of Object.entries(PAGES)) {
    const said = lang === 'zh' ? `${date}，${machine}。` : `${date}, ${machine}.`;
    replaceBetween(join(ROOT, page), `${said}\n\n${markdownTable(rows, lang)}`);
  }
  writeFileSync(
    join(ROOT, 'docs/images/benchmarks.svg'),
    drawChart(rows, `gen-scripts: ${date}, ${machine}`),
  );
}

function replaceBetween(file, text) {
  const page = readFileSync(file, 'utf8');
  const [before, rest = ''] = page.split(BEGIN);
  const [, after] = rest.split(END);
  if (after === undefined) throw new Error(`${file}: no ${BEGIN} with an ${END} after it`);
  writeFileSync(file, `${before}${BEGIN}\n${text}\n${END}${after}`);
}

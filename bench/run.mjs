#!/usr/bin/env node
/**
 * `npm run bench`: how long things take and how much they do, each beside something else in the same run, and against its goal. The
 * figures of one machine mean little; the ratios and the counts are what is promised. Exit code 1 when a goal is missed.
 *
 * usage: node bench/run.mjs [--only NAME]... [--json FILE] [--svg FILE] [--docs]
 *   --only NAME   one of bench/measures.mjs; again for more
 *   --docs        also writes the table into docs/benchmarks.md, in both languages, and docs/images/benchmarks.svg
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { delimiter } from 'node:path';
import { parseArgs } from 'node:util';
import { drawChart } from './chart.mjs';
import { writeDocs } from './docs.mjs';
import { MEASURES } from './measures.mjs';
import { isMet } from './rows.mjs';
import { textTable } from './table.mjs';

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    json: { type: 'string' },
    svg: { type: 'string' },
    docs: { type: 'boolean' },
  },
});
const names = chooseMeasures(values.only);
if (values.docs && values.only.length > 0) fail('--docs shows everything: leave --only out');

// npm puts the programs of packages first; what is compared with is this machine's own.
const isOfPackages = (folder) => folder.endsWith('node_modules/.bin');
process.env.PATH = process.env.PATH.split(delimiter)
  .filter((folder) => !isOfPackages(folder))
  .join(delimiter);

const about = {
  date: new Date().toISOString().slice(0, 10),
  machine: `${cpus().length} x ${(cpus()[0]?.model ?? 'unknown').trim()}, Node.js ${process.version}`,
};
const rows = [];
for (const name of names) {
  process.stderr.write(`${name} ...\n`);
  rows.push(...(await (await MEASURES[name]()).measure()));
}

console.log(`${about.date}, ${about.machine}\n\n${textTable(rows)}`);
if (values.json)
  writeFileSync(values.json, `${JSON.stringify({ ...about, rows: rows.map(withVerdict) }, null, 2)}\n`);
if (values.svg) writeFileSync(values.svg, drawChart(rows, `gen-scripts: ${about.date}, ${about.machine}`));
if (values.docs) writeDocs(rows, about);
process.exitCode = rows.some((row) => isMet(row) === false) ? 1 : 0;

function chooseMeasures(only) {
  const unknown = only.filter((name) => !(name in MEASURES));
  if (unknown.length > 0) fail(`--only ${unknown[0]}: one of ${Object.keys(MEASURES).join(', ')}`);
  return Object.keys(MEASURES).filter((name) => only.length === 0 || only.includes(name));
}

function withVerdict(row) {
  return { ...row, met: isMet(row) };
}

function fail(message) {
  process.stderr.write(`bench: ${message}\n`);
  process.exit(2);
}

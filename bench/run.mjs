#!/usr/bin/env node
/**
 * `npm run bench`: how long things take, each as a ratio to something else in the same run, against its goal. The figures of one
 * machine mean little; the ratios are what is promised. Exit code 1 when a goal is missed.
 *
 * usage: node bench/run.mjs [--json FILE]
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { measureColdStart } from './cold-start.mjs';

const { values } = parseArgs({ options: { json: { type: 'string' } } });
const rows = [...(await measureColdStart())];
const machine = `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, Node.js ${process.version}`;

console.log(`${new Date().toISOString().slice(0, 10)}, ${machine}\n`);
console.log(['what', 'ours', 'the other', 'ratio', 'goal', ''].map(pad).join('  '));
for (const row of rows) console.log(cellsOf(row).map(pad).join('  '));
if (values.json) writeFileSync(values.json, `${JSON.stringify({ machine, rows }, null, 2)}\n`);
process.exitCode = rows.every(isMet) ? 0 : 1;

function cellsOf({ what, ours, other, goal, unit }) {
  const ratio = (ours / other).toFixed(2);
  return [what, `${ours.toFixed(1)} ${unit}`, `${other.toFixed(1)} ${unit}`, ratio, `<= ${goal}`];
}

function isMet({ ours, other, goal }) {
  return ours / other <= goal;
}

function pad(text, index) {
  return index === 0 ? text.padEnd(34) : text.padStart(10);
}

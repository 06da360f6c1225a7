import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import type { Host, RunOptions } from '../support/host.js';
import { scenario } from '../support/scenario.js';
import { prepare } from './support.js';

const OURS = 'registry.example.com/team/citest';
const DIGEST = `sha256:${'5'.repeat(64)}`;

/** More than the end that is looked at first; with empty lines, other systems' line ends, and a line longer than that end. */
const LINES = Array.from(
  { length: 400 },
  (_, index) => `${OURS}:v0.${index}${index % 2 ? `@${DIGEST}` : ''}`,
);
LINES[3] = `${OURS}:old\r`;
LINES[5] = `${OURS}:old  \t`;
LINES[200] = '';
LINES[390] = ' \r';
LINES[395] = `${OURS}:v0.394@${'x'.repeat(20_000)}`;

/** The lines, by their number, that these options lead to; `refused` as they are no image of the app. */
const TARGETS: readonly (readonly [options: readonly string[], line: number, refused?: true])[] = [
  [['--steps', '1'], 400],
  [['--steps', '4'], 397],
  [['--steps', '5'], 396, true],
  [['--steps', '300'], 396, true],
  [['--to', 'v0.398'], 399],
  [['--to', DIGEST], 400],
  [['--to', 'v0.394'], 396, true],
  [['--to', 'v0.393'], 394],
  [['--to', 'v0.39'], 40],
  [['--to', 'old'], 6],
  [['--to', `${OURS}:v0.0`], 1],
];

scenario('a long history: the line that a rollback goes to', (host) => {
  prepare(host, 'v1');
  host.ship({ mode: 'rollback', tag: '', jenkins: { buildNumber: '2' } });
  for (const [index, [options, line, refused]] of TARGETS.entries()) {
    writeFileSync(host.history, LINES.join('\n') + '\n'.repeat(index % 2));
    const { output } = host.run({ args: ['--dry-run', ...options] });
    const told = refused ? `GS144 \\S+:${line}: ` : `\\(line ${line} of `;
    expect({ options, output }).toMatchObject({ output: expect.stringMatching(told) });
  }
  for (const to of ['no-such', 'v0', 'citest']) expect(host.run({ args: ['--to', to] }).code).toBe(13);
});

scenario('steps are counted through a long history, and through the whole of it', (host) => {
  prepare(host, 'v1');
  host.ship({ mode: 'rollback', tag: '', jenkins: { buildNumber: '2' } });
  writeFileSync(host.history, LINES.slice(0, 390).join('\r\n'));
  for (const [steps, line] of [
    [50, 341],
    [190, 200], // 201 is empty
    [389, 1],
  ])
    expect(host.run({ args: ['--dry-run', '--steps', String(steps)] }).output).toContain(`(line ${line} of `);
  expect(host.run({ args: ['--steps', '390'] }).code).toBe(13);
});

scenario('a long history is cut before that line, to the byte, and keeps its mode', (host) => {
  prepare(host, 'v1');
  for (const [index, to] of [398, 5, 0].entries()) {
    const tag = /:([^:@\s]*)\s*$/.exec(LINES[to] as string)?.[1] as string;
    host.image(tag);
    writeFileSync(host.history, LINES.join('\n'));
    chmodSync(host.history, 0o640);
    host.ship({ mode: 'rollback', tag: '', jenkins: { buildNumber: String(index + 2) } });
    expect(host.run({ args: ['--to', tag] }).code).toBe(0);
    expect(host.serves()).toBe(tag);
    expect(readFileSync(host.history, 'utf8')).toBe(
      LINES.slice(0, to)
        .map((line) => `${line}\n`)
        .join(''),
    );
    expect(statSync(host.history).mode & 0o777).toBe(0o640);
  }
});

scenario('a parked version of which a long history tells only far back is kept', (host) => {
  prepare(host, 'v1', 'v2', 'v3');
  const [first = '', second = ''] = host.lines('');
  const between = Array.from({ length: 300 }, (_, index) => `${OURS}:v0.${index}`);
  writeFileSync(host.history, `${[first, ...between, second].join(' \r\n')}\n`);
  expect(host.rollback(4).code).toBe(0);
  expect(host.serves()).toBe('v2');
  expect(Object.values(host.containers())).toEqual(['running', 'exited']);
});

scenario('of a long history a deploy keeps the last lines', (host) => {
  prepare(host, 'v1');
  host.image('v2');
  writeFileSync(host.history, LINES.join('\n'));
  expect(host.deploy('v2', 2, { history: { keep: 6 } }).code).toBe(0);
  expect(readFileSync(host.history, 'utf8').split('\n').slice(0, 5)).toEqual(LINES.slice(-5));
  expect(host.versions().at(-1)).toBe('v1');
  host.image('v3');
  writeFileSync(host.history, LINES.join('\n'));
  expect(host.deploy('v3', 3, { history: { keep: 1 } }).code).toBe(0);
  expect(host.versions()).toEqual(['v2']);
});

/** Somebody writes another text of the same length into the history when docker is called: options of such a run. */
function changedAt(host: Host, call: string, text: string): RunOptions {
  writeFileSync(join(host.folder, 'sim', 'hook'), `printf '%s' '${text}' 1<>'${host.history}'\n`);
  return { env: { SIM_FAULT: `call=${call} do=hook` } };
}

scenario('a history that somebody changes when its line has been chosen: nothing is begun', (host) => {
  for (const tag of ['v0', 'v8', 'v9']) host.image(tag);
  prepare(host, 'v1');
  writeFileSync(host.history, `${OURS}:v8\n${OURS}:v0\n`);
  const changed = `${OURS}:v0\n${OURS}:v9\n`;
  const { code, output } = host.rollback(4, {}, changedAt(host, 'image-inspect', changed));
  expect({ code, output }).toMatchObject({ code: 10, output: expect.stringContaining('GS140') });
  expect(host.serves()).toBe('v1');
  expect(readFileSync(host.history, 'utf8')).toBe(changed);
  expect(host.leftovers().filter((name) => ['.swap', '.next'].includes(name))).toEqual([]);
});

for (const hasStat of [true, false])
  scenario(
    `a history is changed during the swap, on a host ${hasStat ? 'with' : 'without'} stat: back`,
    (host) => {
      prepare(host, 'v1', 'v2', 'v3');
      const changed = readFileSync(host.history, 'utf8').replace(':v1@', ':v9@');
      const options = changedAt(host, 'start', changed);
      const { code, output } = host.rollback(4, {}, hasStat ? options : withoutStat(host, options));
      expect({ code, output }).toMatchObject({ code: 11, output: expect.stringContaining('GS140') });
      expect(host.serves()).toBe('v3');
      expect(readFileSync(host.history, 'utf8')).toBe(changed);
      expect(host.run(hasStat ? {} : withoutStat(host, {})).code).toBe(0);
      expect(host.serves()).toBe('v2');
    },
  );

/** busybox ash has one of its own all the same. */
function withoutStat(host: Host, { env }: RunOptions): RunOptions {
  const folder = join(host.folder, 'tools');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'stat'), '#!/bin/sh\nexit 127\n', { mode: 0o755 });
  return { env: { ...env, PATH: host.pathWith(folder) } };
}

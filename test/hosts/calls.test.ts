import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { installedShells } from '../support/shells.js';
import { type Calls, countCalls, type Strategy } from './calls.js';

const [shell] = installedShells();

/** Exactly: a call more makes every deploy slower for everybody, and one less is to be told in docs/benchmarks.md. */
const COUNTS: readonly [Strategy, Readonly<Record<keyof Calls, number>>][] = [
  ['recreate', { update: 14, noChange: 5, rollback: 12 }],
  ['preflight', { update: 18, noChange: 5, rollback: 12 }],
  ['handover', { update: 28, noChange: 5, rollback: 26 }],
  ['start-first', { update: 14, noChange: 5, rollback: 12 }],
];

test.each(COUNTS)(
  '%s: docker calls of an update, of a run without a change and of a rollback',
  (strategy, want) => {
    const { update, noChange, rollback } = countCalls(strategy, shell as NonNullable<typeof shell>);
    expect({ update: update.length, noChange: noChange.length, rollback: rollback.length }).toEqual(want);
  },
);

test.each(['docs/benchmarks.md', 'docs/zh-CN/benchmarks.md'])('%s says why each call is made', (page) => {
  const calls = countCalls('recreate', shell as NonNullable<typeof shell>);
  expect(tableIn(page)).toEqual(countedByName(calls));
});

type Counted = Record<string, [update: number, noChange: number, rollback: number]>;

function countedByName({ update, noChange, rollback }: Calls): Counted {
  const names = [...new Set([...update, ...noChange, ...rollback])];
  const counted = names.map((name) => {
    return [name, [update, noChange, rollback].map((calls) => calls.filter((call) => call === name).length)];
  });
  return Object.fromEntries(counted);
}

/** Rows are `| `docker NAME` | update | no change | rollback | why |`; several rows may be about the same command. */
function tableIn(page: string): Counted {
  const counted: Counted = {};
  for (const [, name = '', ...counts] of readFileSync(page, 'utf8').matchAll(
    /^\| `docker ([a-z ]+?)(?: [^`a-z][^`]*)?` \| *(\d*) *\| *(\d*) *\| *(\d*) *\| *[^ |]/gm,
  )) {
    const [update = 0, noChange = 0, rollback = 0] = counts.map(Number);
    const known = counted[name] ?? [0, 0, 0];
    counted[name] = [known[0] + update, known[1] + noChange, known[2] + rollback];
  }
  return counted;
}

import { readFileSync, rmSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import type { Step } from './contract-cases.mjs';
import { makeFiles, type Outcome, type SimulatedHost, simulatedHost } from './contract-run.mjs';
import { copySimulator, shellsHere } from './host.js';

/** What was recorded on a real engine: two lists of steps, one after the other. */
interface Recording {
  /** Beside this file. */
  readonly file: string;
  readonly steps: readonly [readonly Step[], readonly Step[]];
  /** Title of a test, with $name for the shell. */
  readonly title: string;
  /** Milliseconds for one shell. */
  readonly limit: number;
  /** The outcomes of both lists. */
  run(host: SimulatedHost): [Outcome[], Outcome[]];
}

/** The simulated docker does, under every shell, what was recorded. */
export function testReplay({ file, steps, title, limit, run }: Recording): void {
  const lines = readFileSync(new URL(file, import.meta.url), 'utf8')
    .trim()
    .split('\n');
  const outcomes = lines.map((line) => JSON.parse(line) as Outcome);
  const [first] = steps;
  const recorded = [outcomes.slice(0, first.length), outcomes.slice(first.length)];

  test('the recording is of the steps there are', () => {
    const calls = steps.map((list) => list.map(({ args }) => args.join(' ')));
    expect(recorded.map((list) => list.map(({ call }) => call))).toEqual(calls);
  });

  test.each(shellsHere())(
    title,
    (shell) => {
      const programs = copySimulator(shell);
      const host = simulatedHost(makeFiles(), programs);
      try {
        expect(run(host)).toEqual(recorded);
      } finally {
        host.remove();
        rmSync(programs, { recursive: true });
      }
    },
    limit,
  );
}

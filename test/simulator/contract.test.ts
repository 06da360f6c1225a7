import { readFileSync, rmSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { passwordSteps, type Step, steps } from './contract-cases.mjs';
import { makeFiles, type Outcome, runSteps, type SimulatedHost, simulatedHost } from './contract-run.mjs';
import { copySimulator, shellsHere } from './host.js';

// What engine 20.10 did (test/real/contract.mjs --record). It is the same for every shell the simulator runs under.
const lines = readFileSync(new URL('./contract-recorded.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n');
const outcomes = lines.map((line) => JSON.parse(line) as Outcome);
const recorded = { open: outcomes.slice(0, steps.length), closed: outcomes.slice(steps.length) };

test('the recording is of the steps there are', () => {
  const calls = (list: readonly Step[]) => list.map(({ args }) => args.join(' '));
  expect(recorded.open.map(({ call }) => call)).toEqual(calls(steps));
  expect(recorded.closed.map(({ call }) => call)).toEqual(calls(passwordSteps));
});

test.each(shellsHere())(
  'the simulated docker under $name does what the engine did',
  (shell) => {
    const programs = copySimulator(shell);
    const host = simulatedHost(makeFiles(), programs);
    try {
      expect(runAll(host)).toEqual(recorded);
    } finally {
      host.remove();
      rmSync(programs, { recursive: true });
    }
  },
  60_000,
);

function runAll(host: SimulatedHost) {
  const open = runSteps(steps, host);
  host.simctl('registry', 'password', 'ci', 's3cret', host.words.HOST ?? '');
  return { open, closed: runSteps(passwordSteps, host) };
}

import { readFileSync, rmSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import type { Step } from './contract-cases.mjs';
import { makeFiles, type Outcome, runSteps, type SimulatedHost, simulatedHost } from './contract-run.mjs';
import { copySimulator, shellsHere } from './host.js';
import { outsideSteps, swarmSteps } from './swarm-cases.mjs';

// What a swarm of one node did (test/real/swarm-contract.mjs --record). It is the same for every shell the simulator runs under.
const lines = readFileSync(new URL('./swarm-recorded.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n');
const outcomes = lines.map((line) => JSON.parse(line) as Outcome);
const recorded = {
  outside: outcomes.slice(0, outsideSteps.length),
  inside: outcomes.slice(outsideSteps.length),
};

test('the recording is of the steps there are', () => {
  const calls = (list: readonly Step[]) => list.map(({ args }) => args.join(' '));
  expect(recorded.outside.map(({ call }) => call)).toEqual(calls(outsideSteps));
  expect(recorded.inside.map(({ call }) => call)).toEqual(calls(swarmSteps));
});

test.each(shellsHere())(
  'the simulated docker under $name does what the swarm did',
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
  180_000,
);

function runAll(host: SimulatedHost) {
  host.simctl('registry', 'password', 'ci', 's3cret', host.words.HOST ?? '');
  const outside = runSteps(outsideSteps, host);
  host.enterSwarm();
  // What a swarm does takes seconds, and no two calls overlap.
  const patient = { ...host, env: { ...host.env, SIM_ALONE: '1' }, poll: 1000 };
  return { outside, inside: runSteps(swarmSteps, patient) };
}

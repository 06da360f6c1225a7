import { passwordSteps, steps } from './contract-cases.mjs';
import { runSteps } from './contract-run.mjs';
import { testReplay } from './replay.js';

// What engine 20.10 did (test/real/contract.mjs --record). It is the same for every shell the simulator runs under.
testReplay({
  file: './contract-recorded.jsonl',
  steps: [steps, passwordSteps],
  title: 'the simulated docker under $name does what the engine did',
  limit: 60_000,
  run(host) {
    const open = runSteps(steps, host);
    host.simctl('registry', 'password', 'ci', 's3cret', host.words.HOST ?? '');
    return [open, runSteps(passwordSteps, host)];
  },
});

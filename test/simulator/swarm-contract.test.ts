import { runSteps } from './contract-run.mjs';
import { testReplay } from './replay.js';
import { outsideSteps, swarmSteps } from './swarm-cases.mjs';

// What a swarm of one node did (test/real/swarm-contract.mjs --record). It is the same for every shell the simulator runs under.
testReplay({
  file: './swarm-recorded.jsonl',
  steps: [outsideSteps, swarmSteps],
  title: 'the simulated docker under $name does what the swarm did',
  limit: 180_000,
  run(host) {
    host.simctl('registry', 'password', 'ci', 's3cret', host.words.HOST ?? '');
    const outside = runSteps(outsideSteps, host);
    host.enterSwarm();
    // What a swarm does takes seconds, and no two calls overlap.
    const patient = { ...host, env: { ...host.env, SIM_ALONE: '1' }, poll: 1000 };
    return [outside, runSteps(swarmSteps, patient)];
  },
});

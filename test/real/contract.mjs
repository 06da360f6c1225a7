/**
 * The contract test: the same docker calls on a real engine and on the simulated one must agree in exit status and
 * output. `node test/real/contract.mjs [--record]` with
 *   DOCKER_HOST         the engine; it must have no containers, and loses what the test made
 *   CONTRACT_REGISTRY   an open registry as that engine reaches it (host:port)
 *   CONTRACT_PRIVATE    optional: one with user ci and password s3cret
 *   CONTRACT_CLIENTS    optional: client programs, separated by colons (docker)
 *   CONTRACT_BUSYBOX    optional: a static busybox for the images (the one on PATH)
 * --record (with CONTRACT_PRIVATE) keeps what the first client saw in test/simulator/contract-recorded.jsonl, which `npm test` holds the
 * simulator to where there is no engine.
 */
import { writeFileSync } from 'node:fs';
import { passwordSteps, steps } from '../simulator/contract-cases.mjs';
import { makeFiles, runSteps, simulatedHost } from '../simulator/contract-run.mjs';
import { CONTRACT_PRIVATE, clients, compareKinds, realHost } from './contract-host.mjs';

const recorded = new URL('../simulator/contract-recorded.jsonl', import.meta.url);

let differences = 0;
for (const [index, client] of clients.entries()) {
  const { real, simulated } = compare(client);
  differences += compareKinds(client, real, simulated);
  if (index === 0 && CONTRACT_PRIVATE && process.argv.includes('--record')) record(real);
}
process.exit(differences === 0 ? 0 : 1);

function compare(client) {
  const all = CONTRACT_PRIVATE ? { steps, passwordSteps } : { steps, passwordSteps: [] };
  const real = realHost(client);
  const fake = simulatedHost(makeFiles());
  try {
    const open = runSteps(all.steps, real);
    const closed = runSteps(all.passwordSteps, real);
    const fakeOpen = runSteps(all.steps, fake);
    lockRegistry(fake);
    return {
      real: { open, closed },
      simulated: { open: fakeOpen, closed: runSteps(all.passwordSteps, fake) },
    };
  } finally {
    real.remove();
    fake.remove();
  }
}

/** The password steps find the image built here, but not the login. */
function lockRegistry(fake) {
  fake.simctl('registry', 'password', 'ci', 's3cret', fake.words.HOST);
}

/** One outcome a line: the open registry's steps, then those that need a password. */
function record({ open, closed }) {
  writeFileSync(recorded, [...open, ...closed].map((outcome) => `${JSON.stringify(outcome)}\n`).join(''));
}

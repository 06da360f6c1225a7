/**
 * The contract test about Swarm services: as contract.mjs, and with the same settings (CONTRACT_PRIVATE must be among them). The engine
 * becomes the only node of a swarm, and leaves it in the end. `--record` keeps what the first client saw in
 * test/simulator/swarm-recorded.jsonl.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { makeFiles, runSteps, simulatedHost } from '../simulator/contract-run.mjs';
import { furniture, outsideSteps, swarmSteps } from '../simulator/swarm-cases.mjs';
import { clients, compareKinds, realHost } from './contract-host.mjs';

const recorded = new URL('../simulator/swarm-recorded.jsonl', import.meta.url);
let differences = 0;
for (const [index, client] of clients.entries()) {
  const real = onEngine(client);
  if (index === 0 && process.argv.includes('--record')) record(real);
  differences += compareKinds(client, real, onSimulator());
}
process.exit(differences === 0 ? 0 : 1);

function onEngine(client) {
  const host = realHost(client);
  try {
    const outside = runSteps(outsideSteps, host);
    host.call('swarm', 'init', '--advertise-addr', '127.0.0.1');
    furnish(host, client);
    host.words.NODE = host.call('info', '--format', '{{.Name}}').trim();
    return { outside, inside: runSteps(swarmSteps, host) };
  } finally {
    host.call('swarm', 'leave', '--force');
    host.call('volume', 'prune', '--force');
    host.remove();
  }
}

function furnish({ call, env }, client) {
  for (const name of furniture.overlays) call('network', 'create', '--driver', 'overlay', name);
  for (const kind of ['secret', 'config'])
    for (const name of furniture[`${kind}s`])
      execFileSync(client, [kind, 'create', name, '-'], {
        env,
        input: name,
        stdio: ['pipe', 'ignore', 'inherit'],
      });
}

function onSimulator() {
  const host = simulatedHost(makeFiles());
  try {
    host.simctl('registry', 'password', 'ci', 's3cret', host.words.HOST);
    const outside = runSteps(outsideSteps, host);
    host.enterSwarm();
    return { outside, inside: runSteps(swarmSteps, { ...host, poll: 500 }) };
  } finally {
    host.remove();
  }
}

/** One outcome a line, in order. */
function record({ outside, inside }) {
  writeFileSync(recorded, [...outside, ...inside].map((outcome) => `${JSON.stringify(outcome)}\n`).join(''));
}

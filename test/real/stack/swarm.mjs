import { until } from './process.mjs';

/** Swarm does nothing at once, and less so on a busy machine. */
export const patience = 60_000;

/** Makes one swarm of hosts; the first manages it, and notices within seconds when another is gone. */
export async function gather([manager, ...workers]) {
  await manager.docker('swarm', 'init', '--advertise-addr', manager.address, '--dispatcher-heartbeat', '2s');
  const token = await manager.docker('swarm', 'join-token', '--quiet', 'worker');
  for (const worker of workers) {
    const address = ['--advertise-addr', worker.address, `${manager.address}:2377`];
    await worker.docker('swarm', 'join', '--token', token, ...address);
  }
}

export async function disband(hosts) {
  for (const host of hosts.toReversed()) await host.docker('swarm', 'leave', '--force');
}

/** Every node takes tasks. After a restart of the engine that manages them none does for a moment. */
export async function areReady(hosts) {
  const [manager] = hosts;
  const isReady = (text) =>
    text.split('\n').filter((line) => line === 'Ready Active').length === hosts.length;
  const look = async () => {
    const nodes = manager.docker('node', 'ls', '--format', '{{.Status}} {{.Availability}}');
    return isReady(await nodes.catch(String));
  };
  await until('every node of the swarm is ready', look, patience);
}

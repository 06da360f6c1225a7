import type { Rollout } from '../parameters/parameters.js';

/** How hosts are grouped: the canary, then batches; each is asked at the same time. Keeps the order of the hosts. */
export function planBatches(
  servers: readonly string[],
  rollout: Pick<Rollout, 'canary' | 'batch'>,
): string[][] {
  const canary = servers.slice(0, rollout.canary);
  const rest = servers.slice(rollout.canary);
  return [
    ...(canary.length > 0 ? [canary] : []),
    ...chunks(rest, sizeOfBatch(rollout.batch, servers.length)),
  ];
}

/** @param batch `3`, or `25%` of all, rounded up: the last batch is never the largest by much */
export function sizeOfBatch(batch: string, total: number): number {
  const size = batch.endsWith('%') ? Math.ceil((Number.parseInt(batch, 10) * total) / 100) : Number(batch);
  return Math.max(1, size);
}

function chunks(servers: readonly string[], size: number): string[][] {
  const count = Math.ceil(servers.length / size);
  return Array.from({ length: count }, (_, index) => servers.slice(index * size, (index + 1) * size));
}

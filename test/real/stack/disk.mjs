import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { must } from './process.mjs';

/** Troubles of a file system, each { name, begin, end }. */
export const fullDisk = (name, folder) => ({
  name: `full disk of ${name}`,
  begin: () => fill(join(folder, 'filler')),
  end: () => rmSync(join(folder, 'filler'), { force: true }),
});

/**
 * A disk with errors is mounted read-only by the kernel, also under open files; only a mount on top of it does that on
 * demand.
 */
export const readOnlyDisk = (name, host, folder) => ({
  name: `read-only disk of ${name}`,
  begin: async () => {
    await must('nsenter', inside(host, 'mount', '--bind', folder, folder));
    await must('nsenter', inside(host, 'mount', '-o', 'remount,bind,ro', folder));
  },
  end: () => must('nsenter', inside(host, 'umount', folder)),
});

const inside = (host, ...command) => ['--target', String(host.init), '--mount', ...command];

/** Until not a single block is free. */
function fill(path) {
  const file = openSync(path, 'w');
  for (const size of [1 << 20, 1 << 16, 1 << 12]) while (appends(file, Buffer.alloc(size)));
  closeSync(file);
}

function appends(file, block) {
  try {
    return writeSync(file, block) === block.length;
  } catch (error) {
    if (error.code === 'ENOSPC') return false;
    throw error;
  }
}

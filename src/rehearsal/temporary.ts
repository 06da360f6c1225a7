import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folders = new Set<string>();
process.on('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder that is gone when this process ends, if not before: in TMPDIR, or else in memory where there is such a place. */
export function makeTemporary(prefix: string): string {
  const inMemory = !process.env.TMPDIR && existsSync('/dev/shm');
  const folder = mkdtempSync(join(inMemory ? '/dev/shm' : tmpdir(), prefix));
  folders.add(folder);
  return folder;
}

export function removeTemporary(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  folders.delete(folder);
}

let isListening = false;

/** A signal ends a process without its exit handlers; with this, by way of them. */
export function exitOnSignals(): void {
  if (isListening) return;
  isListening = true;
  process.once('SIGINT', () => process.exit(130));
  process.once('SIGTERM', () => process.exit(143));
  process.once('SIGHUP', () => process.exit(129));
}

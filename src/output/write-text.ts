import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileProblem } from './file-problem.js';
import { writeNew } from './replace.js';

/** Puts a report in its place as a whole; folders on the way are made. */
export async function writeText(path: string, text: string): Promise<void> {
  // Of this process: another one may write the same report now.
  const staged = `${path}.${process.pid}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    writeNew(staged, { text, mode: 0o644 });
    await rename(staged, path);
  } catch (error) {
    await rm(staged, { force: true }).catch(() => undefined);
    throw fileProblem(Object.assign(error as Error, { path }));
  }
}

import { mkdir, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileProblem } from './file-problem.js';
import { writeNew } from './replace.js';

/** Puts a report in its place as a whole; folders on the way are made. */
export async function writeText(path: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeNew(`${path}.tmp`, { text, mode: 0o644 });
    await rename(`${path}.tmp`, path);
  } catch (error) {
    throw fileProblem(error);
  }
}

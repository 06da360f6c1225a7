import { resolve } from 'node:path';
import { WORK } from '../output/transfer.js';
import { writeText } from '../output/write-text.js';
import type { Report } from './report.js';

/** Where the report of a build is, relative to the workspace. */
export const REPORT_FILE = `${WORK}/report.json`;

export function reportText(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

/** For `notify`, and for whoever wants to know afterwards. */
export async function writeReport(report: Report, cwd: string): Promise<void> {
  await writeText(resolve(cwd, REPORT_FILE), reportText(report));
}

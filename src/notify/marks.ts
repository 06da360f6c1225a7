import type { Result } from './announcement.js';

/** What one sees before reading. */
export const MARKS: Readonly<Record<Result, string>> = {
  SUCCESS: '✅',
  UNSTABLE: '⚠️',
  FAILURE: '❌',
  ABORTED: '⏹️',
};

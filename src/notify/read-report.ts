import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { reasonOf } from '../output/file-problem.js';
import type { HostState, Reason } from '../report/report.js';
import type { Readable } from './announcement.js';
import { WORDS } from './words.js';

/** The words are complete: the compiler sees to it. */
const STATES = Object.keys(WORDS.en.states) as HostState[];

const REASONS = ['', 'silent', 'cut', 'build', 'script', 'unseen', 'other'] satisfies Reason[];

/** What a message needs of a Report; a later version may have written more. */
const REPORT: z.ZodType<Readable> = z.object({
  result: z.enum(['SUCCESS', 'UNSTABLE', 'FAILURE', 'NOT_BUILT']),
  sentence: z.string(),
  mode: z.enum(['deploy', 'manual', 'rollback']),
  build: z.object({ number: z.string(), url: z.string(), job: z.string(), who: z.string() }),
  hosts: z.array(
    z.object({
      server: z.string(),
      app: z.string(),
      state: z.enum(STATES),
      reason: z.enum(REASONS),
      exit: z.number().nullable(),
      from: z.string(),
      to: z.string(),
      now: z.object({ reference: z.string(), state: z.string() }),
      history: z.array(z.string()),
      canGoBack: z.boolean().default(false),
      seconds: z.number().nullable(),
    }),
  ),
});

/** A report, or why there is none. `isMissing`: nobody made one, which is all right where nobody could. */
export type ReadReport =
  | { readonly report: Readable }
  | { readonly detail: string; readonly isMissing: boolean };

export async function readReport(path: string): Promise<ReadReport> {
  let text = '';
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    const isMissing = code === 'ENOENT';
    return { detail: isMissing ? 'there is no such file' : reasonOf(code), isMissing };
  }
  return parseReport(text);
}

function parseReport(text: string): ReadReport {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { detail: 'it is not JSON', isMissing: false };
  }
  const { success, data, error } = REPORT.safeParse(json);
  if (success) return { report: data };
  const issue = error.issues[0];
  const place = issue?.path.join('.') ?? '';
  return {
    detail: `it is not a report: ${place === '' ? '' : `${place}: `}${issue?.message ?? ''}`,
    isMissing: false,
  };
}

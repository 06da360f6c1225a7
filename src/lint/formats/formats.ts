import type { LintRun } from '../finding.js';
import { formatCheckstyle } from './checkstyle.js';
import { formatGcc } from './gcc.js';
import { formatGitlab } from './gitlab.js';
import { formatJson } from './json.js';
import { formatJunit } from './junit.js';
import { formatSarif } from './sarif.js';
import { formatText } from './text.js';

/** Turns what a run found into the whole text of a report; without findings into that of an empty one. */
export type Format = (run: LintRun) => string;

export const FORMATS = {
  text: formatText,
  gcc: formatGcc,
  checkstyle: formatCheckstyle,
  sarif: formatSarif,
  junit: formatJunit,
  gitlab: formatGitlab,
  json: formatJson,
} as const satisfies Record<string, Format>;

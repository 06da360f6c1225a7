import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { checkScript } from '../lint/checks/checks.js';
import { arrangeFindings, LEVELS, type Level, type Linter, type LintRun, reaches } from '../lint/finding.js';
import { FORMATS } from '../lint/formats/formats.js';
import { findLinter } from '../lint/linter.js';
import { locateFindings } from '../lint/locate.js';
import { makeProgress } from '../output/progress.js';
import { print, type Surroundings, say } from '../output/terminal.js';
import { writeText } from '../output/write-text.js';
import { inParallel } from '../parallel.js';
import { UserError } from '../problems/problem.js';
import { readInputs } from './apps.js';
import { type Command, EXIT, type Request } from './command.js';
import { DistinctScripts } from './distinct-scripts.js';
import { formatOf, reportsOf } from './report-options.js';
import { planVariants, type Variant } from './variants.js';

/**
 * Renders what any build may get, runs our own checks and ShellCheck on it; findings go to stdout and to the files of
 * --report.
 */
export const lint: Command = async (request, surroundings) => {
  const reports = reportsOf(request, FORMATS);
  const variants = await planVariants(request, await readInputs(request, surroundings));
  const linter = await findLinter(surroundings.env, surroundings.cwd);
  if (linter === undefined) await sayNotLinted(request, surroundings);
  const run = await checkAll(variants, linter, surroundings);
  for (const { format, file } of reports)
    await writeText(resolve(surroundings.cwd, file), FORMATS[format](run));
  await print(surroundings, FORMATS[formatOf(request, FORMATS, 'text')](run));
  await say(surroundings, summary(variants, run));
  return reaches(run.findings, failLevelOf(request)) ? EXIT.findings : EXIT.done;
};

/** The command line has refused every other word. Without the option, any finding fails. */
function failLevelOf({ options }: Request): Level {
  return LEVELS.find((level) => level === options['fail-on']) ?? 'style';
}

/**
 * Rendering has succeeded, so the templates and settings are sound, and our own checks are made: that much is known.
 * @throws UserError if that is not enough: then no report may say that there are no findings
 */
async function sayNotLinted({ switches }: Request, surroundings: Surroundings): Promise<void> {
  const bin = surroundings.env.SHELLCHECK_BIN;
  const source = bin ? 'environment SHELLCHECK_BIN' : 'lint';
  if (switches.has('require-shellcheck')) {
    throw new UserError([{ code: 'GS006', source, ...(bin ? { value: bin } : {}) }]);
  }
  const why = bin ? `${bin} (SHELLCHECK_BIN) is not a ShellCheck that runs` : 'it is not installed';
  await say(surroundings, `WARNING: ShellCheck NOT run: ${why}. Only our own checks were made. [GS006]`);
}

/** One process of ShellCheck for each processor; a script is rendered when one of them has time for it. */
async function checkAll(
  variants: readonly Variant[],
  linter: Linter | undefined,
  surroundings: Surroundings,
): Promise<CheckedRun> {
  const scripts = new DistinctScripts(variants, makeProgress('lint', surroundings));
  try {
    const found = await inParallel(scripts, availableParallelism(), async (script) => {
      const own = checkScript(script.path, script);
      const findings = [...own, ...((await linter?.check(script.path, script.text)) ?? [])];
      return locateFindings(findings, script, surroundings.cwd);
    });
    const findings = arrangeFindings(found.flat());
    return { shellCheck: linter?.name, scripts: [...scripts.paths], findings, count: found.length };
  } finally {
    scripts.end();
  }
}

interface CheckedRun extends LintRun {
  /** Texts that were looked at; those of a script's variants have the same path. */
  readonly count: number;
}

function summary(variants: readonly Variant[], { shellCheck, findings, count }: CheckedRun): string {
  const names = variants.map((variant) => variant.name).join(', ');
  const found = `${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}`;
  return `${shellCheck ?? 'our own checks'}: ${found} in ${count} scripts (${names})`;
}

import { resolve } from 'node:path';
import { arrangeFindings, type Finding, type Linter } from '../lint/finding.js';
import { FORMATS, type FormatName, isFormat } from '../lint/formats/formats.js';
import { findLinter } from '../lint/linter.js';
import { print, type Surroundings, say } from '../output/terminal.js';
import { writeText } from '../output/write-text.js';
import { UserError } from '../problems/problem.js';
import { readInputs } from './apps.js';
import { type Command, EXIT, type Request } from './command.js';
import { renderVariants, type Variant } from './variants.js';

/** Renders what any build may get and runs ShellCheck on it; findings go to stdout and to the files of --report. */
export const lint: Command = async (request, surroundings) => {
  const reports = request.reports.map(parseReport);
  const variants = await renderVariants(request, await readInputs(request, surroundings));
  const linter = await findLinter(surroundings.env, surroundings.cwd);
  if (linter === undefined) await sayNotLinted(request, surroundings);
  const findings = linter === undefined ? [] : arrangeFindings(await checkAll(variants, linter));
  for (const { format, file } of reports)
    await writeText(resolve(surroundings.cwd, file), FORMATS[format](findings));
  await print(surroundings, FORMATS[formatOf(request)](findings));
  if (linter !== undefined) await say(surroundings, summary(variants, linter, findings.length));
  return findings.length === 0 ? EXIT.done : EXIT.findings;
};

interface ReportFile {
  readonly format: FormatName;
  readonly file: string;
}

/** @param text FORMAT=FILE */
function parseReport(text: string): ReportFile {
  const at = text.indexOf('=');
  const [format, file] = [text.slice(0, at), text.slice(at + 1)];
  if (at > 0 && isFormat(format) && file !== '') return { format, file };
  const expected = `FORMAT=FILE, with one of ${Object.keys(FORMATS).join(', ')}`;
  throw new UserError([{ code: 'GS002', source: '--report', value: text, expected }]);
}

/** The command line has refused every other word. */
function formatOf({ options }: Request): FormatName {
  return options.format !== undefined && isFormat(options.format) ? options.format : 'text';
}

/**
 * Rendering has succeeded, so the templates and settings are sound: that much was checked.
 * @throws UserError if that is not enough: then no report may say that there are no findings
 */
async function sayNotLinted({ switches }: Request, surroundings: Surroundings): Promise<void> {
  const bin = surroundings.env.SHELLCHECK_BIN;
  const source = bin ? 'environment SHELLCHECK_BIN' : 'lint';
  if (switches.has('require-shellcheck')) {
    throw new UserError([{ code: 'GS006', source, ...(bin ? { value: bin } : {}) }]);
  }
  const why = bin ? `${bin} (SHELLCHECK_BIN) is not a ShellCheck that runs` : 'it is not installed';
  await say(
    surroundings,
    `WARNING: ShellCheck NOT run: ${why}. The scripts were rendered, but not linted. [GS006]`,
  );
}

/** auto.sh repeats another script, and many variants share theirs: each text is checked once under its name. */
async function checkAll(variants: readonly Variant[], linter: Linter): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { path, text } of distinct(variants)) findings.push(...(await linter.check(path, text)));
  return findings;
}

function distinct(variants: readonly Variant[]): { readonly path: string; readonly text: string }[] {
  const scripts = variants
    .flatMap((variant) => variant.scripts)
    .filter(({ path }) => !path.endsWith('/auto.sh'));
  return [...new Map(scripts.map((script) => [`${script.path}\n${script.text}`, script])).values()];
}

function summary(variants: readonly Variant[], { name }: Linter, count: number): string {
  const names = variants.map((variant) => variant.name).join(', ');
  const scripts = distinct(variants).length;
  return `${name}: ${count} ${count === 1 ? 'finding' : 'findings'} in ${scripts} scripts (${names})`;
}

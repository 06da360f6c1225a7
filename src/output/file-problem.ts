import { UserError } from '../problems/problem.js';

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space left on the device',
  EDQUOT: 'the disk quota is used up',
  EIO: 'input/output error',
  EISDIR: 'a folder has this name',
  ENOTDIR: 'a part of the path is not a folder',
  EEXIST: 'something else has this name',
  ENOENT: 'it disappeared meanwhile',
  ELOOP: 'symbolic links in a circle',
  ENAMETOOLONG: 'the name is too long',
};

/** What the system refused, in the user's words; an error that is not the system's stays what it is. */
export function fileProblem(error: unknown): unknown {
  const { code, path } = error as NodeJS.ErrnoException;
  if (code === undefined || path === undefined) return error;
  return new UserError([{ code: 'GS003', source: path, detail: reasonOf(code) }]);
}

/** @param code of a system error */
export function reasonOf(code: string): string {
  return REASONS[code] ?? code;
}

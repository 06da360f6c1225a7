import { posix } from 'node:path';
import type { Fault, Rule } from './rule.js';

/** A file on the host. `~` and variables would not be expanded there. */
export const absoluteFile: Rule = (text) => absolutePath(text) ?? namesFile(text);

export const absolutePath: Rule = (text) => {
  const fault: Fault = { code: 'GS037', expected: 'a path that begins with "/"' };
  if (/^[~$]/.test(text)) return { ...fault, detail: 'neither ~ nor variables are expanded' };
  if (!text.startsWith('/')) return fault;
  return hasParent(text) ? { ...fault, detail: '".." is not resolved' } : undefined;
};

function namesFile(text: string): Fault | undefined {
  const last = posix.basename(text);
  const isFile = !text.endsWith('/') && last !== '' && last !== '.';
  return isFile ? undefined : { code: 'GS037', detail: 'it names a folder', expected: 'the path of a file' };
}

/** A folder below the SSH server's root; `..` silently becomes that root itself. */
export const remoteDirectory: Rule = (text) => {
  const fault: Fault = { code: 'GS038', expected: "a folder below the SSH server's root, such as citest" };
  if (text.startsWith('/')) return { ...fault, detail: 'the root is put before it' };
  return hasParent(text) ? { ...fault, detail: '".." does not lead out of the root' } : undefined;
};

/** A file or folder of the workspace; docker would take a leading dash for an option. */
export const workspacePath: Rule = (text) => {
  const isAbsolute = text.startsWith('/') || /^[A-Za-z]:[\\/]/.test(text);
  if (!isAbsolute && !text.startsWith('-') && !/^[a-z]+:\/\//.test(text)) return undefined;
  return { code: 'GS038', expected: 'a path inside the workspace, such as docker/Dockerfile' };
};

function hasParent(path: string): boolean {
  return path.split('/').includes('..');
}

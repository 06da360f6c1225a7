import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What the scripts call besides docker, and busybox has. */
const NAMES = ['awk', 'cat', 'cp', 'cut', 'date', 'dd', 'grep', 'head', 'id', 'ls', 'mkdir', 'mktemp', 'mv'];
const MORE = ['rm', 'sed', 'sha256sum', 'sort', 'stat', 'sync', 'tail', 'tr', 'wc'];

let folder: string | undefined;

/**
 * A folder of busybox's tools, as small hosts have them; undefined without busybox. They start in half the time of the
 * others, which is what most of the matrix' time goes into.
 */
export function busyboxTools(): string | undefined {
  folder ??= makeFolder();
  return folder;
}

function makeFolder(): string | undefined {
  const path = spawnSync('sh', ['-c', 'command -v busybox'], { encoding: 'utf8' }).stdout.trim();
  if (!path.startsWith('/')) return undefined;
  const made = mkdtempSync(join(tmpdir(), 'busybox-'));
  for (const name of [...NAMES, ...MORE]) symlinkSync(path, join(made, name));
  process.on('exit', () => rmSync(made, { recursive: true, force: true }));
  return made;
}

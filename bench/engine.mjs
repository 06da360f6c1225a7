import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInside } from '../test/real/stack/sandbox.mjs';
import { rowsOf } from './engine/rows.mjs';

const PROGRAM = fileURLToPath(new URL('./engine/inside.mjs', import.meta.url));
const NEEDS =
  'unshare nsenter setpriv ip iptables dockerd docker docker-registry htpasswd sshd ssh sftp busybox';

/** How long nothing answers, on a real docker engine of its own: the old recipe, our strategies, and what the engine itself needs. */
export async function measure() {
  const missing = whatIsMissing();
  if (missing !== '')
    return [
      {
        what: ['outage and rollback on a docker engine', '真实 docker 引擎上的停机与回滚'],
        skipped: missing,
      },
    ];
  const folder = mkdtempSync(join(tmpdir(), 'gen-scripts-bench-'));
  try {
    const file = join(folder, 'figures.json');
    const status = await runInside(PROGRAM, ['--measured', file]);
    if (status !== 0) throw new Error(`the engine's benchmark ended with ${status}`);
    return rowsOf(JSON.parse(readFileSync(file, 'utf8')));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function whatIsMissing() {
  if (process.platform !== 'linux' || process.getuid() !== 0)
    return 'it needs Linux and root, for an engine of its own';
  const folders = [...process.env.PATH.split(':'), '/usr/sbin', '/sbin'];
  const absent = NEEDS.split(' ').filter(
    (name) => !folders.some((folder) => existsSync(`${folder}/${name}`)),
  );
  return absent.length > 0 ? `not installed: ${absent.join(' ')}` : '';
}

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Host } from '../support/host.js';

/** The arguments of each docker call of a sub-command, exactly as docker got them. */
export function callsOf(host: Host, command: string): string[][] {
  const read = `while IFS= read -r line; do eval "set -- $line"; printf '%s\\0' "$#" "$@"; done <"$0"`;
  const run = spawnSync('bash', ['-c', read, join(host.folder, 'sim', 'calls')], { maxBuffer: 1 << 26 });
  if (run.status !== 0) throw new Error(run.stderr.toString());
  const words = run.stdout.toString().split('\0');
  const calls: string[][] = [];
  for (let at = 0; at < words.length - 1; ) {
    const count = Number(words[at]);
    calls.push(words.slice(at + 1, at + 1 + count));
    at += count + 1;
  }
  return calls
    .filter(([, program, name]) => program === 'docker' && name === command)
    .map((call) => call.slice(3));
}

import { readFileSync, writeFileSync } from 'node:fs';
import { isInstalled, SHELLS, type Shell } from '../src/rehearsal/shells.js';
import { putBack, takeSnapshot } from '../src/rehearsal/snapshot.js';
import { Host } from '../test/support/host.js';

/** Of the history before the rollback. */
const LINES = { short: 10, long: 100_000 };

/** Milliseconds of one rollback with a short history and with a long one. */
export interface Pair {
  readonly shell: string;
  readonly run: Readonly<Record<keyof typeof LINES, () => number>>;
  remove(): void;
}

/** One for each shell that is here: the same host with either history, put back before every run. */
export function preparePairs(): Pair[] {
  return SHELLS.filter(isInstalled).map((shell) => {
    const short = prepare(shell, LINES.short);
    const long = prepare(shell, LINES.long);
    return {
      shell: shell.name,
      run: { short: short.run, long: long.run },
      remove: () => {
        short.host.remove();
        long.host.remove();
      },
    };
  });
}

function prepare(shell: Shell, lines: number) {
  const host = new Host(shell);
  for (const [index, tag] of ['v1', 'v2'].entries()) {
    host.image(tag);
    host.deploy(tag, index + 1);
  }
  const [last = ''] = readFileSync(host.history, 'utf8').split('\n');
  // As the recipe wrote them, without a digest: gen-scripts itself keeps far fewer.
  const older = Array.from({ length: lines - 1 }, (_, index) => `${last.replace(/:v1.*/, `:v0.${index}`)}\n`);
  writeFileSync(host.history, `${older.join('')}${last}\n`);
  host.ship({ mode: 'rollback', tag: '', jenkins: { buildNumber: '3' } });
  const begin = takeSnapshot(host.folder);
  return { host, run: () => timeRollback(host, begin) };
}

function timeRollback(host: Host, begin: ReturnType<typeof takeSnapshot>): number {
  putBack(host.folder, begin);
  const start = process.hrtime.bigint();
  const { code, output } = host.run({ args: ['--build', '3'] });
  const took = Number(process.hrtime.bigint() - start) / 1e6;
  if (code !== 0) throw new Error(`exit ${code}\n${output}`);
  return took;
}

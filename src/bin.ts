import { run } from './cli.js';
import { readerIsGone } from './output/terminal.js';

// `| head` closed its end: what it wanted it has.
process.stdout.on('error', (error) => {
  if (readerIsGone(error)) process.exit(0);
});
// Other errors of stdout are reported by whoever printed; one of stderr can be told to nobody.
process.stderr.on('error', () => undefined);

const { stdin, stdout, stderr, env } = process;
// exitCode instead of exit(): pipes are written to asynchronously, and exit() would cut them off.
void run(process.argv.slice(2), { cwd: process.cwd(), env, stdin, stdout, stderr }).then((status) => {
  process.exitCode = status;
});

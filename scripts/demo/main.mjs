import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeRepository } from './app.mjs';
import { Missing, run } from './process.mjs';
import { useDocker } from './real.mjs';
import { makeScreen } from './screen.mjs';
import { simulate } from './simulated.mjs';
import { tell } from './story.mjs';

const SIMULATION = 'A simulation: docker and SSH are played, nothing on this machine is touched.';
const REAL = 'On the docker of this machine; what the demo makes there it removes at the end.';
const USAGE = 'usage: npm run demo -- [--real] [--keep]';

export async function main(argv) {
  const stop = listen();
  const began = Date.now();
  try {
    const options = readOptions(argv);
    if (options.help) return console.log(USAGE);
    await checkMachine();
    await playIn(options, makeScreen(process.stdout, process.env), stop.signal, began);
  } catch (error) {
    report(error, stop.signal);
  }
}

/** Everything is in one folder, or known to `cleanUps`; whatever happens, it goes. */
async function playIn({ real, keep }, screen, signal, began) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'gen-scripts-demo-')));
  const cleanUps = keep ? [] : [() => rmSync(folder, { recursive: true, force: true })];
  try {
    screen.paragraph(real ? REAL : SIMULATION, 'bold');
    const world = real
      ? await useDocker(folder, (cleanUp) => cleanUps.push(cleanUp))
      : await simulate(folder);
    await makeRepository(world.workspace, world);
    signal.throwIfAborted();
    await tell(world, screen, signal);
    close(screen, { folder: keep ? folder : undefined, real, began });
  } finally {
    for (const cleanUp of cleanUps.reverse()) await cleanUp();
  }
}

function close(screen, { folder, real, began }) {
  screen.gap();
  screen.paragraph(`Done in ${((Date.now() - began) / 1000).toFixed(1)} s. Where to look next:`, 'bold');
  screen.row('README.md', ['a real project in five minutes']);
  screen.row('docs/', ['host-contract.md: every file, container and exit code on the host']);
  if (folder) {
    screen.row('workspace', [`${folder}/workspace: the application, and release/`]);
    screen.row('host', [`${folder}/host: the scripts, the history, its .journal and .out`]);
  } else {
    screen.row('--keep', ['npm run demo -- --keep leaves the scripts and the history to read']);
  }
  if (real) screen.row('cache', ['docker builder prune removes what BuildKit may have kept (4 MB)']);
  else screen.row('--real', ['npm run demo -- --real does it with the docker of this machine']);
}

function readOptions(args) {
  const flag = { type: 'boolean', default: false };
  try {
    return parseArgs({ args, options: { real: flag, keep: flag, help: flag } }).values;
  } catch (error) {
    throw new Missing(`${error.message.split('.')[0]}; ${USAGE}`);
  }
}

async function checkMachine() {
  if (process.platform === 'win32') throw new Missing('needs Linux or macOS; on Windows run it in WSL');
  const { status } = await run('git', ['--version'], { env: process.env });
  if (status !== 0) throw new Missing('needs git, which is not installed (or not in PATH)');
}

/** The reason is an exit code: of the signal that asked to stop, or 0 when only the reader has gone. */
function listen() {
  const stop = new AbortController();
  const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };
  for (const [name, code] of Object.entries(signals)) process.on(name, () => stop.abort(code));
  process.stdout.on('error', ({ code }) => stop.abort(code === 'EPIPE' ? 0 : 1));
  return stop;
}

/** Asked to stop, what goes wrong after that is no surprise. */
function report(error, signal) {
  if (signal.aborted) {
    process.exitCode = signal.reason;
  } else {
    console.error(`demo: ${error.message}`);
    process.exitCode = error instanceof Missing ? 2 : 1;
  }
}

import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { installedShells, missingShells, type Shell } from '../support/shells.js';
import { type CellResult, Stage, sum } from './cells.js';
import { FAULTS, MISSING_FAULTS } from './faults.js';
import { SCENARIOS } from './scenarios.js';

/** Work for one process: a scenario under a shell. */
interface Piece {
  readonly scenario: number;
  readonly shell: string;
}

interface PieceResult extends CellResult {
  readonly cells: number;
  readonly calls: number;
}

const { values } = parseArgs({
  options: {
    shell: { type: 'string' },
    scenario: { type: 'string' },
    fault: { type: 'string' },
    at: { type: 'string' },
    worker: { type: 'boolean' },
  },
});

if (values.worker) process.on('message', (piece: Piece) => process.send?.(work(piece)));
else await supervise();

// --- one piece ---

function work({ scenario: index, shell: name }: Piece): PieceResult {
  const shells = installedShells();
  const shell = shells.find((one) => one.name === name) as Shell;
  const stage = new Stage(SCENARIOS[index] as (typeof SCENARIOS)[number], shell);
  try {
    const isFull = name === shells[0]?.name || values.fault !== undefined || values.at !== undefined;
    const cells = (isFull ? stage.cells() : stage.sample()).filter(
      ({ fault, at }) => (values.fault ?? fault.name) === fault.name && Number(values.at ?? at) === at,
    );
    const results = cells.map((cell) => stage.run(cell));
    return {
      ...sum([stage.dry, ...results]),
      cells: cells.length,
      calls: stage.calls,
    };
  } finally {
    stage.remove();
  }
}

// --- all of it ---

async function supervise(): Promise<void> {
  const begin = Date.now();
  const shells = installedShells().filter(({ name }) => (values.shell ?? name) === name);
  const pieces = plan(shells);
  const results = await runAll(pieces);
  const total = sum(results);
  for (const violation of total.violations) console.log(`VIOLATED  ${violation}`);
  for (const missing of [...missingShells(), ...MISSING_FAULTS]) console.log(`SKIPPED ${missing}`);
  const calls = results.map((result) => result.calls);
  const cells = results.reduce((count, result) => count + result.cells, 0);
  console.log(
    `fault matrix: ${new Set(pieces.map(({ scenario }) => scenario)).size} scenarios x ${Math.min(...calls)} to ${Math.max(...calls)} docker calls x ` +
      `${FAULTS.length} faults, ${shells.length} shells: ${cells} cells (${total.alike} left the host as another one did), ${total.runs} runs, ${total.checks} checks, ` +
      `${total.violations.length} violations, ${Math.round((Date.now() - begin) / 1000)} s`,
  );
  console.log(
    `${cells - Math.min(cells, total.violations.length)} passed, ${total.violations.length} failed`,
  );
  process.exitCode = total.violations.length > 0 ? 1 : 0;
}

/** The full matrix comes first, because its pieces are long. */
function plan(shells: readonly Shell[]): Piece[] {
  const chosen = SCENARIOS.map((_, index) => index).filter((index) =>
    SCENARIOS[index]?.name.includes(values.scenario ?? ''),
  );
  return shells.flatMap(({ name }) => chosen.map((scenario) => ({ scenario, shell: name })));
}

async function runAll(pieces: readonly Piece[]): Promise<PieceResult[]> {
  const waiting = [...pieces];
  const results: PieceResult[] = [];
  await Promise.all(
    Array.from({ length: availableParallelism() }, async () => {
      const child = fork(fileURLToPath(import.meta.url), [...process.argv.slice(2), '--worker']);
      for (let piece = waiting.shift(); piece !== undefined; piece = waiting.shift()) {
        results.push(await ask(child, piece));
      }
      child.disconnect();
    }),
  );
  return results;
}

function ask(child: ReturnType<typeof fork>, piece: Piece): Promise<PieceResult> {
  return new Promise((resolve, reject) => {
    const fail = (code: number | null) => reject(new Error(`a process of the matrix ended with ${code}`));
    child.once('exit', fail);
    child.once('message', (result) => {
      child.off('exit', fail);
      resolve(result as PieceResult);
    });
    child.send(piece);
  });
}

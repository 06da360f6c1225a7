import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { FAULTS, MISSING_FAULTS } from '../../src/rehearsal/faults.js';
import { sum } from '../../src/rehearsal/stage.js';
import { installedShells, missingShells } from '../support/shells.js';
import { doPiece, type Piece, type PieceResult, planMutants, planPieces } from './piece.js';

const { values } = parseArgs({
  options: {
    shell: { type: 'string' },
    scenario: { type: 'string' },
    fault: { type: 'string' },
    at: { type: 'string' },
    /** full, double (two faults) or sample (the other shells). */
    part: { type: 'string' },
    mutants: { type: 'boolean' },
    worker: { type: 'boolean' },
  },
});

if (values.worker) process.on('message', (piece: Piece) => process.send?.(doPiece(piece)));
else await supervise();

async function supervise(): Promise<void> {
  const begin = Date.now();
  const shells = installedShells().filter(({ name }) => (values.shell ?? name) === name);
  const isWhole = [values.shell, values.scenario, values.fault, values.at, values.part].every(
    (one) => one === undefined,
  );
  const planned = values.mutants ? [] : planPieces(shells, values.scenario ?? '', values);
  const pieces = planned.filter(({ part }) => (values.part ?? part) === part);
  const mutants = shells[0] && (isWhole || values.mutants) ? planMutants(shells[0]) : [];
  const results = await runAll([...pieces, ...mutants]);
  const missing = [...missingShells(), ...MISSING_FAULTS];
  for (const one of missing) console.log(`SKIPPED in the fault matrix: ${one}`);
  const seconds = Math.round((Date.now() - begin) / 1000);
  if (pieces.length > 0)
    reportMatrix(
      results.filter(({ piece }) => piece.part !== 'mutant'),
      seconds,
    );
  reportMutants(results.filter(({ piece }) => piece.part === 'mutant'));
  const unlooked = process.env.CI === 'true' ? missing.length : 0;
  const failed = results.reduce((count, result) => count + failuresOf(result), unlooked);
  const passed = results.reduce((count, result) => count + casesOf(result) - failuresOf(result), 0);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}

/** A cell is a case, and so is a mutant, however many cells it took. */
function casesOf({ piece, cells }: PieceResult): number {
  return piece.part === 'mutant' ? 1 : cells + 1;
}

function failuresOf(result: PieceResult): number {
  return Math.min(casesOf(result), result.violations.length);
}

function reportMatrix(results: readonly PieceResult[], seconds: number): void {
  const of = (part: Piece['part']) => results.filter(({ piece }) => piece.part === part);
  const cells = (part: Piece['part']) => of(part).reduce((count, result) => count + result.cells, 0);
  const calls = results.map((result) => result.calls);
  const shells = new Set(results.map(({ piece }) => piece.shell));
  const { runs, alike, checks, violations } = sum(results);
  const scenarios = new Set(results.map(({ piece }) => piece.name)).size;
  console.log(
    `fault matrix: ${scenarios} scenarios x ${Math.min(...calls)} to ${Math.max(...calls)} docker calls x ${FAULTS.length} faults: ` +
      `${cells('full')} cells under ${of('full')[0]?.piece.shell}, ${cells('double')} with two faults, ` +
      `${cells('sample')} under ${shells.size - 1} other shells`,
  );
  console.log(
    `  ${runs} runs in ${seconds} s (${alike} cells left the host as another one did), ${checks} checks of invariants, ${violations.length} violations`,
  );
}

function reportMutants(results: readonly PieceResult[]): void {
  if (results.length === 0) return;
  const caught = results.filter((result) => result.caught !== undefined);
  console.log(`broken on purpose: ${caught.length} of ${results.length} defects noticed`);
  for (const { piece, caught: how } of caught) console.log(`  ${piece.name}\n    ${how}`);
}

/** What takes long says how far it is. */
function report(result: PieceResult): PieceResult {
  const { part, name } = result.piece;
  for (const violation of result.violations) console.log(`VIOLATED  ${violation}`);
  const word = result.violations.length > 0 ? 'FAILED' : 'ok';
  if (part === 'full') console.log(`${word}  ${name}: ${result.cells} cells, ${result.runs} runs`);
  if (part === 'double')
    console.log(`${word}  ${name}, with two faults: ${result.cells} cells, ${result.runs} runs`);
  return result;
}

async function runAll(pieces: readonly Piece[]): Promise<PieceResult[]> {
  const waiting = [...pieces];
  const results: PieceResult[] = [];
  await Promise.all(
    Array.from({ length: Math.min(availableParallelism(), pieces.length) }, async () => {
      const child = fork(fileURLToPath(import.meta.url), ['--worker']);
      for (let piece = waiting.shift(); piece !== undefined; piece = waiting.shift())
        results.push(report(await ask(child, piece)));
      child.disconnect();
    }),
  );
  return results;
}

function ask(child: ReturnType<typeof fork>, piece: Piece): Promise<PieceResult> {
  return new Promise((resolve, reject) => {
    const fail = (code: number | null) =>
      reject(new Error(`the process for '${piece.name}' ended with ${code}`));
    child.once('exit', fail);
    child.once('message', (result) => {
      child.off('exit', fail);
      resolve(result as PieceResult);
    });
    child.send(piece);
  });
}

#!/usr/bin/env node
/**
 * `npm test`: types, style, the committed bundle, every jest test and the fault matrix; `npm run test:matrix`: the fault
 * matrix alone; `npm run test:real`: the tests against a real engine, registry and SSH server. Needs nothing but Node: it
 * installs the packages itself when they do not match the lock file. The last line is `N passed, N failed` (and `, N
 * skipped`); exit code 1 when something failed.
 *
 * usage: node scripts/test.mjs [arguments for jest: paths, -t NAME, -u] | --matrix [its options] | --real [cases]
 */
import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { setPriority, tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
/** In continuous integration nothing may be skipped quietly. */
const STRICT = process.env.CI === 'true';

/** Programs that tests use when they are there: any of the names will do. */
const TOOLS = [
  { names: ['dash'], get: 'apt install dash, brew install dash' },
  { names: ['bash'], get: 'apt install bash' },
  { names: ['busybox'], get: 'apt install busybox' },
  { names: ['mksh'], get: 'apt install mksh, brew install mksh' },
  { names: ['ksh93', 'ksh'], get: 'apt install ksh93u+m, brew install ksh93' },
  { names: ['yash'], get: 'apt install yash, brew install yash' },
  { names: ['zsh'], get: 'apt install zsh' },
  { names: ['fish'], get: 'apt install fish, brew install fish' },
  { names: ['script'], get: 'apt install bsdutils' },
  { names: ['flock'], get: 'apt install util-linux, brew install flock' },
  { names: ['shellcheck'], get: 'apt install shellcheck, brew install shellcheck' },
  { names: ['shfmt'], get: 'apt install shfmt, brew install shfmt' },
  { names: ['strace'], get: 'apt install strace' },
  { names: ['groovy'], get: 'apt install groovy default-jre-headless' },
  { names: ['chromium'], get: 'apt install chromium' },
  { names: ['xmllint'], get: 'apt install libxml2-utils' },
];

const total = { passed: 0, failed: 0, skipped: 0 };
const args = process.argv.slice(2);
await main();

async function main() {
  process.chdir(ROOT);
  if (!(await installPackages())) return finish();
  const [first, ...rest] = args;
  if (first === '--real') await runProgram('test/real/run.mjs', rest);
  else if (first === '--matrix') await runProgram('test/matrix/run.mjs', rest);
  else await runTests();
  finish();
}

/** With arguments for jest, what they name and no more. */
async function runTests() {
  reportTools();
  const others = runOthers();
  // The matrix takes what the others leave of the processors, as they wait a lot, and speaks when they are done.
  const beside = { priority: 10, after: others };
  await Promise.all([others, args.length === 0 ? runProgram('test/matrix/run.mjs', [], beside) : undefined]);
}

async function runOthers() {
  for (const [name, command] of checks()) await runCheck(name, command);
  await runJest(args);
}

function finish() {
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
  process.exitCode = total.failed > 0 ? 1 : 0;
}

function count(passed, failed, skipped = 0) {
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
}

// --- packages ---

async function installPackages() {
  if (packagesMatch()) return true;
  console.log('node_modules does not match package-lock.json: npm ci');
  const { code } = await run('npm', ['ci', '--no-audit', '--no-fund']);
  if (code === 0 && packagesMatch()) return true;
  console.error(
    'The packages could not be installed: `npm ci` needs the npm registry, or its cache, this once.',
  );
  count(0, 1);
  return false;
}

/** npm keeps what it installed in a lock file of its own; packages for other platforms are missing from it. */
function packagesMatch() {
  const installed = readPackages('node_modules/.package-lock.json');
  const wanted = readPackages('package-lock.json');
  return Object.entries(wanted).every(([path, { version, optional, link }]) => {
    const folder = join(ROOT, path);
    if (path === '' || link) return true;
    if (installed[path] === undefined) return optional === true;
    return installed[path].version === version && existsSync(folder);
  });
}

function readPackages(path) {
  try {
    return JSON.parse(readFileSync(join(ROOT, path), 'utf8')).packages ?? {};
  } catch {
    return {};
  }
}

// --- tools ---

function reportTools() {
  for (const { names, get } of TOOLS.filter(({ names }) => !names.some(isInPath))) {
    console.log(`SKIPPED what needs ${names.join(' or ')}, which is not installed (${get})`);
    count(0, STRICT ? 1 : 0);
  }
}

function isInPath(name) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => isExecutable(join(folder, name)));
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

// --- checks ---

function checks() {
  const node = process.execPath;
  return [
    ['types', [node, 'node_modules/typescript/bin/tsc', '--noEmit']],
    ['style', [node, 'node_modules/@biomejs/biome/bin/biome', 'check', '.']],
    ['resources/gen-scripts.cjs is built from these sources', [node, 'scripts/build.mjs', '--check']],
  ];
}

async function runCheck(name, [program, ...rest]) {
  const { code, output } = await run(program, rest, { quiet: true });
  console.log(`${code === 0 ? 'ok' : 'FAILED'}  ${name}`);
  if (code !== 0) console.log(output);
  count(code === 0 ? 1 : 0, code === 0 ? 0 : 1);
}

// --- jest ---

async function runJest(rest) {
  const folder = mkdtempSync(join(tmpdir(), 'gen-scripts-jest-'));
  const report = join(folder, 'report.json');
  const jest = [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    'node_modules/jest/bin/jest.js',
  ];
  try {
    const { code } = await run(
      process.execPath,
      [...jest, '--maxWorkers=2', '--json', `--outputFile=${report}`, ...rest],
      {
        hideStdout: true,
      },
    );
    countJest(code, existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A file that could not even be loaded counts as one failure, and so does a jest that left no report. */
function countJest(code, report) {
  const {
    numPassedTests = 0,
    numFailedTests = 0,
    numPendingTests = 0,
    numRuntimeErrorTestSuites = 0,
  } = report ?? {};
  const failed = numFailedTests + numRuntimeErrorTestSuites;
  count(numPassedTests, failed === 0 && code !== 0 ? 1 : failed, numPendingTests);
  for (const name of skippedTests(report)) console.log(`SKIPPED ${name}`);
  if (STRICT && numPendingTests > 0) count(0, numPendingTests, -numPendingTests);
}

function skippedTests(report) {
  const tests = (report?.testResults ?? []).flatMap(({ assertionResults }) => assertionResults);
  return tests.filter(({ status }) => status === 'pending').map(({ fullName }) => fullName);
}

// --- programs that count for themselves ---

async function runProgram(path, options, how = {}) {
  const { code, output } = await run(process.execPath, [path, ...options], how);
  const last = [...output.matchAll(/^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/gm)].at(-1);
  if (last === undefined) return count(0, 1);
  const [passed, failed, skipped] = last.slice(1).map((number) => Number(number ?? 0));
  count(passed, failed === 0 && code !== 0 ? 1 : failed, skipped);
}

// --- processes ---

/** Shows the output while it comes, or from when `after` is settled on, unless `quiet`; the promise has it all. */
function run(program, list, { quiet = false, hideStdout = false, priority = 0, after = undefined } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, list, { stdio: ['ignore', 'pipe', 'pipe'] });
    if (priority !== 0 && child.pid !== undefined) setPriority(child.pid, priority);
    let output = '';
    let held = after === undefined ? undefined : [];
    const release = () => {
      for (const show of held ?? []) show();
      held = undefined;
    };
    after?.then(release, release);
    const take = (stream, target, hidden) => {
      stream.setEncoding('utf8');
      stream.on('data', (text) => {
        output += text;
        const show = () => hidden || target.write(text);
        if (held === undefined) show();
        else held.push(show);
      });
    };
    take(child.stdout, process.stdout, quiet || hideStdout);
    take(child.stderr, process.stderr, quiet);
    child.on('error', (error) => resolve({ code: -1, output: `${error}\n` }));
    child.on('close', (code) => resolve({ code, output }));
  });
}

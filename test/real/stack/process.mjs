import { spawn } from 'node:child_process';

/**
 * Runs a program to its end and keeps what it printed. Never throws for an exit status: the caller decides.
 *
 * `input`: text for stdin; `'open'` leaves stdin open without an end, as Jenkins' Publish over SSH does.
 * `limit`: milliseconds after which it is killed. Returns { status, stdout, stderr, output, ms }; a signal is 128 + 9.
 */
export function run(program, args, { input = '', limit = 60_000, ...options } = {}) {
  const job = start(program, args, { input, limit, ...options });
  return job.ended;
}

/** As `run`, but returns at once: { child, ended }, for a caller that wants to interrupt it. */
export function start(program, args, { input = '', limit = 60_000, ...options } = {}) {
  const began = Date.now();
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], ...options });
  child.stdin.on('error', () => {});
  if (input !== 'open') child.stdin.end(input);
  const timer = setTimeout(() => child.kill('SIGKILL'), limit);
  const ended = collect(child).then((result) => {
    clearTimeout(timer);
    return { ...result, ms: Date.now() - began };
  });
  return { child, ended };
}

/** `run`, for set-up steps whose failure is a failure of the test bench itself. */
export async function must(program, args, options) {
  const result = await run(program, args, options);
  if (result.status === 0) return result;
  throw new Error(`${program} ${args.join(' ')}: exit ${result.status}\n${result.output}`);
}

/** Polls until `probe` gives something truthy; throws `what` after `limit` milliseconds. */
export async function until(what, probe, limit = 20_000) {
  const end = Date.now() + limit;
  while (Date.now() < end) {
    const answer = await probe();
    if (answer) return answer;
    await sleep(30);
  }
  throw new Error(`timed out after ${limit} ms: ${what}`);
}

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function collect(child) {
  return new Promise((resolve, reject) => {
    const text = { stdout: '', stderr: '', output: '' };
    for (const name of ['stdout', 'stderr']) {
      child[name].setEncoding('utf8').on('data', (chunk) => {
        text[name] += chunk;
        text.output += chunk;
      });
    }
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ ...text, status: signal ? 137 : code }));
  });
}

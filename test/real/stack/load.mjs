import assert from 'node:assert/strict';
import { join } from 'node:path';
import { sleep, start } from './process.mjs';

/** Milliseconds after which an answer is slow. */
const patience = 500;

/**
 * Runs `action` while port 8080 of a host is asked from outside, every 10 ms. Returns what was seen:
 *   { requests, lost, gap, slowest, slow, versions, errors, result }
 * lost: how many got no good answer; gap: the longest time between two good answers, in ms; slowest: how long the slowest good
 * answer took that has nothing to do with the gap; slow: how many of those took long; versions, errors: how many of each;
 * result: of `action`.
 */
export async function underLoad(
  host,
  action,
  { path = '/version', every = 10, limit = 1500, after = 500 } = {},
) {
  const program = join(import.meta.dirname, 'prober.mjs');
  const url = `http://${host.address}:8080${path}`;
  // What it measures must not be how busy this machine is.
  const command = ['-n', '-10', process.execPath, program, url, String(every), String(limit)];
  const { child, ended } = start('nice', command, { input: 'open', limit: 300_000 });
  await sleep(300);
  const result = await action();
  await sleep(after);
  child.stdin.end();
  const { status, stdout, output } = await ended;
  if (status !== 0) throw new Error(`prober.mjs: exit ${status}\n${output}`);
  return { ...summary(stdout), result };
}

export function summary(text) {
  const all = text.trim().split('\n').map(parse);
  const good = all.filter((one) => one.status === 200).sort((one, other) => one.answered - other.answered);
  const gap = widest(good);
  const outside = good.filter(({ sent, answered }) => answered <= gap.from || sent >= gap.to);
  const times = outside.map(({ sent, answered }) => answered - sent);
  const bad = all.filter(({ status }) => status !== 200);
  return {
    requests: all.length,
    lost: bad.length,
    gap: Math.round(gap.to - gap.from),
    slowest: Math.round(Math.max(0, ...times)),
    slow: times.filter((time) => time > patience).length,
    versions: tallied(good.map((one) => one.text)),
    errors: tallied(bad.map(({ status, text: word }) => (status === 0 ? word : `${status}`))),
  };
}

/** `ECONNREFUSED 12, no-answer 3` */
function tallied(words) {
  const counts = new Map();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].map((entry) => entry.join(' ')).join(', ');
}

function parse(line) {
  const [sent, answered, status, ...words] = line.split(' ');
  return { sent: Number(sent), answered: Number(answered), status: Number(status), text: words.join(' ') };
}

function widest(good) {
  let found = { from: 0, to: 0 };
  for (const [index, { answered }] of good.entries()) {
    const from = good[index - 1]?.answered ?? answered;
    if (answered - from > found.to - found.from) found = { from, to: answered };
  }
  return found;
}

/**
 * Not one request was lost, or slower than what a busy machine makes of any. The server of these tests has a queue of nine
 * connections: one that it had no room for comes again after a second, which no strategy is to blame for.
 */
export async function unnoticed({ host, app }, { lost, gap, slow, errors }) {
  assert.equal(lost, 0, `${lost} requests lost: ${errors}`);
  assert.ok(gap < patience, `a gap of ${gap} ms`);
  if (slow === 0) return;
  const dropped = await droppedBy(host, app);
  assert.ok(slow <= dropped, `${slow} slow answers, but the server had no room for ${dropped} only`);
}

async function droppedBy(host, app) {
  const pid = await host.docker('inspect', '--format', '{{.State.Pid}}', app);
  const command = ['-t', pid, '-n', 'nstat', '-asz', 'TcpExtListenDrops'];
  const { stdout } = await host.inside('nsenter', command);
  return Number(stdout.match(/TcpExtListenDrops +(\d+)/)?.[1]);
}

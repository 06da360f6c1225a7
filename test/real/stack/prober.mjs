#!/usr/bin/env node
/**
 * Asks URL again and again, whatever comes of it (an open loop: a server that hangs does not slow the questions down), each
 * on a connection of its own; a process of its own, so that nothing else delays it. Ends when stdin does.
 *
 * usage: node prober.mjs URL EVERY-MS LIMIT-MS
 * stdout, at the end, a line a request: SENT ANSWERED STATUS WORD, in ms since the first; WORD is the answer's first,
 * or for STATUS 0 the error's code.
 */
import { get } from 'node:http';
import { performance } from 'node:perf_hooks';

const [url, every, limit] = process.argv.slice(2);
const lines = [];
const open = new Set();
const began = performance.now();
let next = began;
let isOver = false;

process.stdin.on('end', () => {
  isOver = true;
  finish();
});
process.stdin.resume();
tick();

/** Those that come too late because this process had to wait are sent at once. */
function tick() {
  while (!isOver && next <= performance.now()) {
    ask();
    next += Number(every);
  }
  if (!isOver) setTimeout(tick, next - performance.now());
}

function ask() {
  const sent = performance.now();
  let isTold = false;
  const tell = (status, text) => {
    if (isTold) return;
    isTold = true;
    clearTimeout(timer);
    open.delete(call);
    const times = [sent, performance.now()].map((time) => (time - began).toFixed(1));
    lines.push(`${times.join(' ')} ${status} ${text}`);
    finish();
  };
  const call = get(url, { agent: false }, (answer) => {
    let text = '';
    answer.setEncoding('utf8').on('data', (part) => {
      text += part;
    });
    answer.on('end', () =>
      tell(answer.complete ? answer.statusCode : 0, text.trim().split(/\s/, 1)[0] || '-'),
    );
    answer.on('error', (error) => tell(0, error.code));
  });
  call.on('error', (error) => tell(0, error.code ?? error.message));
  const timer = setTimeout(() => {
    tell(0, 'no-answer');
    call.destroy();
  }, Number(limit));
  open.add(call);
}

function finish() {
  if (isOver && open.size === 0) process.stdout.write(`${lines.join('\n')}\n`, () => process.exit());
}

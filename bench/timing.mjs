import { spawnSync } from 'node:child_process';

/**
 * Runs every command in every round, by turns, so that what else the machine does hits all of them alike.
 * @param {Record<string, () => number>} commands name -> what runs it once and returns its milliseconds
 */
export function takeTurns(commands, rounds) {
  const times = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1)
    for (const [name, run] of Object.entries(commands)) times[name].push(run());
  return new Turns(times);
}

/** Times of each command, round by round. */
class Turns {
  constructor(times) {
    this.times = times;
  }

  /**
   * Two of them as a row has them: the medians, and the median of what it was in each round, which drifts less than they do.
   * @param {number} [scale] what the other is multiplied by
   */
  compare(ours, other, scale = 1) {
    const [mine, theirs] = [this.times[ours], this.times[other].map((time) => time * scale)];
    return {
      ours: median(mine),
      other: median(theirs),
      ratio: median(mine.map((time, round) => time / theirs[round])),
      more: median(mine.map((time, round) => time - theirs[round])),
    };
  }
}

export function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

/** @returns milliseconds from the start of a program to its end */
export function time(program, args, options = {}) {
  const begin = process.hrtime.bigint();
  start(program, args, options);
  return Number(process.hrtime.bigint() - begin) / 1e6;
}

/** @param {{ allowed?: number[] }} options `allowed`: further exit codes that are no failure */
export function start(program, args, { allowed = [], ...options } = {}) {
  const run = spawnSync(program, args, { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8', ...options });
  if (run.error) throw run.error;
  if (run.status !== 0 && !allowed.includes(run.status))
    throw new Error(`${[program, ...args].join(' ').slice(0, 300)}: ${run.status}\n${run.stderr}`);
  return run;
}

export function isInstalled(program) {
  return !spawnSync(program, ['--version'], { stdio: 'ignore' }).error;
}

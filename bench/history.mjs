import { importSource } from './sources.mjs';
import { takeTurns } from './timing.mjs';

const ROUNDS = 9;
/** Milliseconds. */
const GOAL = { more: 50 };

/** A rollback on a simulated host: what a long history costs, in every shell that is here. */
export async function measure() {
  const { preparePairs } = await importSource('bench/history.ts');
  return preparePairs().map(({ shell, run, remove }) => {
    const times = takeTurns(run, ROUNDS);
    remove();
    return {
      what: [`a rollback with 100,000 lines of history: ${shell}`, `历史有 100,000 行时的回滚：${shell}`],
      ...times.compare('long', 'short'),
      otherName: ['10 lines', '10 行'],
      goal: GOAL,
      unit: 'ms',
    };
  });
}

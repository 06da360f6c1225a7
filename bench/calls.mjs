import { importSource } from './sources.mjs';

/** docker calls of a run, looks of the health gate and a login not counted. Those of `recreate` are the goals; the others do more. */
const GOALS = {
  recreate: { update: 15, noChange: 6, rollback: 12 },
  preflight: { update: 20, noChange: 6, rollback: 14 },
  handover: { update: 28, noChange: 6, rollback: 28 },
  'start-first': { update: 15, noChange: 6, rollback: 14 },
};

const RUNS = {
  update: ['an update', '一次更新'],
  noChange: ['a run without a change', '一次无变化的运行'],
  rollback: ['a rollback', '一次回滚'],
};

/** Counted on a simulated host: exact, and the same on every machine. */
export async function measure() {
  const { countCalls } = await importSource('test/hosts/calls.ts');
  const shell = { name: 'dash', command: ['dash'] };
  return Object.entries(GOALS).flatMap(([strategy, goals]) => {
    const calls = countCalls(strategy, shell);
    return Object.entries(goals).map(([run, most]) => ({
      what: [`docker calls of ${RUNS[run][0]}: ${strategy}`, `${RUNS[run][1]}的 docker 调用：${strategy}`],
      ours: calls[run].length,
      goal: { most },
    }));
  });
}

import { availableParallelism } from 'node:os';
import { CLI, ENVIRONMENT, inFolder, makeProject } from './project.mjs';
import { importSource } from './sources.mjs';
import { start, takeTurns } from './timing.mjs';

const ROUNDS = 7;
/** Starts of a shell that a simulated docker call may cost. */
const GOAL = { ratio: 5 };
/** Runs of a script with a fault, a minute. */
const LEAST = 1000;

/** What the fault matrix and a rehearsal are made of. */
export async function measure() {
  const { prepareCalls } = await importSource('bench/simulator.ts');
  const { remove, ...calls } = prepareCalls();
  const times = takeTurns(calls, ROUNDS);
  const one = times.compare('docker', 'nothing');
  remove();
  return [
    {
      what: ['a simulated docker call', '一次模拟的 docker 调用'],
      ...one,
      otherName: 'sh -c :',
      goal: GOAL,
      unit: 'ms',
    },
    {
      what: ['simulated docker calls a second', '每秒模拟的 docker 调用'],
      ours: Math.round(1000 / one.ours),
    },
    ...(await rehearsalRows(one.other)),
  ];
}

/** The rehearsal of a build, under one shell: an error and a kill at every docker call, and other faults at some. */
async function rehearsalRows(nothing) {
  return await inFolder((folder) => {
    makeProject(folder);
    const args = ['rehearse', '--shell', 'dash', '--format', 'json'];
    const begin = process.hrtime.bigint();
    const { stdout } = start(process.execPath, [CLI, ...args], {
      ...{ cwd: folder, env: ENVIRONMENT, maxBuffer: Number.POSITIVE_INFINITY },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const took = Number(process.hrtime.bigint() - begin) / 1e6;
    const scenes = JSON.parse(stdout).rehearsals.flatMap((rehearsal) => rehearsal.scenes);
    const runs = scenes.reduce((sum, scene) => sum + scene.runs, 0);
    const calls = Math.round(scenes.reduce((sum, scene) => sum + scene.runs * scene.steps.length, 0) / runs);
    return [
      {
        what: ['a minute of rehearsal: runs of a script', '一分钟演练：脚本运行次数'],
        ours: Math.round((runs * 60_000) / took),
        goal: { least: LEAST },
      },
      {
        what: ['a run of a rehearsal, on each processor', '一次演练运行（每个处理器）'],
        ours: (took * availableParallelism()) / runs,
        other: calls * nothing,
        otherName: [`sh -c :, ${calls} times`, `sh -c :，${calls} 次`],
        unit: 'ms',
      },
    ];
  });
}

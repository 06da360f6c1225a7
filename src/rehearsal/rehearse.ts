import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Parameters } from '../parameters/parameters.js';
import { type Problem, UserError } from '../problems/problem.js';
import type { Template } from '../scripts/templates.js';
import type { HostHistory } from './host-history.js';
import { Rehearsed } from './rehearsed.js';
import { joinScenes, type SceneResult } from './scene.js';
import type { Shell } from './shells.js';
import { type Choice, doTask, planTasks, type Task } from './tasks.js';

/** What another process needs to know for a task. */
interface Order {
  readonly parameters: Parameters;
  readonly scripts: readonly (readonly [string, string])[];
  readonly templates: readonly (readonly [string, Template])[];
  readonly history: HostHistory | undefined;
  readonly task: Task;
}

interface Answer {
  readonly scene?: SceneResult;
  /** What the user can do something about, or else a bug of ours. */
  readonly problems?: readonly Problem[];
  readonly error?: string;
}

/** The bundle can start itself once more; the sources are run by something else, and then one process does all. */
const SELF = fileURLToPath(import.meta.url);
const CAN_FORK = SELF.endsWith('.cjs');

/**
 * Plays a build on simulated hosts. `progress` hears of each share that is done.
 * @param signal nobody wants the result any more: what runs is ended, and an AbortError is thrown
 */
export async function rehearse(
  rehearsed: Rehearsed,
  shells: readonly Shell[],
  choice: Choice,
  progress: (done: number, of: number) => void,
  signal?: AbortSignal,
): Promise<SceneResult[]> {
  const processes = CAN_FORK ? availableParallelism() : 1;
  const tasks = planTasks(rehearsed, shells, choice, processes);
  const shares = new Map<Task, SceneResult>();
  const add = (task: Task, share: SceneResult) => progress(shares.set(task, share).size, tasks.length);
  if (!CAN_FORK) for (const task of tasks) add(task, doTask(rehearsed, task));
  else await shareOut(rehearsed, tasks, processes, add, signal);
  // As they were planned, whichever was done first.
  return joinScenes(tasks.flatMap((task) => shares.get(task) ?? []));
}

async function shareOut(
  { parameters, scripts, templates, history }: Rehearsed,
  tasks: readonly Task[],
  processes: number,
  add: (task: Task, share: SceneResult) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  signal?.throwIfAborted();
  const waiting = [...tasks];
  const order = { parameters, scripts: [...scripts], templates: [...templates], history };
  await Promise.all(
    Array.from({ length: Math.min(processes, tasks.length) }, async () => {
      const child = fork(SELF, ['rehearse', '--worker'], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
      const end = () => child.kill();
      process.once('exit', end);
      signal?.addEventListener('abort', end);
      try {
        for (let task = waiting.shift(); task !== undefined; task = waiting.shift())
          add(task, await ask(child, { ...order, task }));
      } catch (error) {
        waiting.length = 0;
        signal?.throwIfAborted();
        throw error;
      } finally {
        process.off('exit', end);
        signal?.removeEventListener('abort', end);
        if (child.connected) child.disconnect();
      }
    }),
  );
}

function ask(child: ChildProcess, order: Order): Promise<SceneResult> {
  return new Promise((resolve, reject) => {
    const fail = (code: number | null) => reject(new Error(`a process of the rehearsal ended with ${code}`));
    child.once('exit', fail);
    child.once('message', (answer) => {
      child.off('exit', fail);
      const { error, problems, scene } = answer as Answer;
      if (scene !== undefined) resolve(scene);
      else reject(problems === undefined ? new Error(error) : new UserError(problems));
    });
    child.send(order);
  });
}

/** The other end of `ask`: works until the process that started it lets go. */
export function work(): Promise<void> {
  return new Promise((resolve) => {
    process.on('disconnect', resolve);
    process.on('message', ({ parameters, scripts, templates, history, task }: Order) => {
      try {
        const rehearsed = new Rehearsed(parameters, new Map(scripts), new Map(templates), history);
        process.send?.({ scene: doTask(rehearsed, task) });
      } catch (error) {
        process.send?.(
          error instanceof UserError ? { problems: error.problems } : { error: (error as Error).stack },
        );
      }
    });
  });
}

import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Parameters } from '../parameters/parameters.js';
import { type Problem, UserError } from '../problems/problem.js';
import { builtinTemplates, type TemplateSet, type TemplateText } from '../scripts/templates.js';
import type { HostHistory } from './host-history.js';
import type { RealHost } from './real-host/read-host.js';
import { Rehearsed } from './rehearsed.js';
import { joinScenes, type SceneResult } from './scene.js';
import type { Shell } from './shells.js';
import { TaskQueue } from './task-queue.js';
import { type Choice, doTask, planTasks, Stages, type Task } from './tasks.js';

/** What another process needs to know: the build with its first task, then only the next ones. */
interface Order {
  readonly build?: Build;
  readonly task: Task;
}

interface Build {
  readonly parameters: Parameters;
  readonly scripts: readonly (readonly [string, string])[];
  /** Those of the user. */
  readonly overrides: readonly (readonly [string, TemplateText])[];
  readonly history: HostHistory | undefined;
  readonly real: RealHost | undefined;
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
  const add: Add = (task, share) => progress(shares.set(task, share).size, tasks.length);
  if (!CAN_FORK) playHere(rehearsed, tasks, add);
  else await shareOut(rehearsed, tasks, processes, add, signal);
  // As they were planned, whichever was done first.
  return joinScenes(tasks.flatMap((task) => shares.get(task) ?? []));
}

type Add = (task: Task, share: SceneResult) => void;

function playHere(rehearsed: Rehearsed, tasks: readonly Task[], add: Add): void {
  const stages = new Stages(rehearsed);
  try {
    for (const task of tasks) add(task, doTask(stages, task));
  } finally {
    stages.remove();
  }
}

async function shareOut(
  { parameters, scripts, templates, history, real }: Rehearsed,
  tasks: readonly Task[],
  processes: number,
  add: Add,
  signal: AbortSignal | undefined,
): Promise<void> {
  signal?.throwIfAborted();
  const queue = new TaskQueue(tasks);
  const overrides = overridesIn(templates);
  const build = { parameters, scripts: [...scripts], overrides, history, real };
  await Promise.all(
    Array.from({ length: Math.min(processes, tasks.length) }, async () => {
      const child = fork(SELF, ['rehearse', '--worker'], {
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
        // JSON would lose a Map.
        serialization: 'advanced',
      });
      const end = () => child.kill();
      process.once('exit', end);
      signal?.addEventListener('abort', end);
      try {
        await keepBusy(child, build, queue, add);
      } catch (error) {
        queue.close();
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

async function keepBusy(child: ChildProcess, build: Build, queue: TaskQueue, add: Add): Promise<void> {
  let last: Task | undefined;
  for (let task = queue.take(last); task !== undefined; task = queue.take(last)) {
    add(task, await ask(child, last === undefined ? { build, task } : { task }));
    last = task;
  }
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

const PARENT = process.ppid;

/** A process that waits for one run after the other hears no signal. */
function endWithParent(): void {
  if (process.ppid !== PARENT) process.exit(1);
}

/** The other end of `ask`: works until the process that started it lets go. */
export function work(): Promise<void> {
  let stages: Stages | undefined;
  return new Promise((resolve) => {
    process.on('disconnect', resolve);
    process.on('message', async ({ build, task }: Order) => {
      try {
        if (build !== undefined) stages = new Stages(await toRehearsed(build));
        if (stages === undefined) throw new Error('a task of no build');
        process.send?.({ scene: doTask(stages, task, endWithParent) });
      } catch (error) {
        process.send?.(
          error instanceof UserError ? { problems: error.problems } : { error: (error as Error).stack },
        );
      }
    });
  });
}

async function toRehearsed({ parameters, scripts, overrides, history, real }: Build): Promise<Rehearsed> {
  const templates = await withOverrides(overrides);
  return new Rehearsed(parameters, new Map(scripts), templates, history, real);
}

function overridesIn(templates: TemplateSet): Build['overrides'] {
  const builtin = builtinTemplates();
  return [...templates]
    .filter(([name, { text }]) => builtin.get(name)?.text !== text)
    .map(([name, { text, file }]) => [name, { text, file }]);
}

async function withOverrides(overrides: Build['overrides']): Promise<TemplateSet> {
  if (overrides.length === 0) return builtinTemplates();
  const { compileTemplate } = await import('../scripts/compile.js');
  const compiled = overrides.map(([name, text]) => [name, compileTemplate(text)] as const);
  return new Map([...builtinTemplates(), ...compiled]);
}

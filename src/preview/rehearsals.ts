import { createHash } from 'node:crypto';
import type { RenderedApp } from '../commands/apps.js';
import { fromRendered, refuseSwarm } from '../commands/apps-to-rehearse.js';
import { chooseShells } from '../commands/rehearse.js';
import { UserError } from '../problems/problem.js';
import { rehearse } from '../rehearsal/rehearse.js';
import { Rehearsed } from '../rehearsal/rehearsed.js';
import type { TemplateSet } from '../scripts/templates.js';
import type { RehearsalView, Running } from './page/model.js';

/** An app as it would be shipped, and what its other builds would be rendered from. */
export interface Playable {
  readonly app: RenderedApp;
  readonly templates: TemplateSet;
}

interface Job {
  view: RehearsalView;
  readonly abort: AbortController;
  readonly done: Promise<void>;
}

/** Rehearsals of what is looked at: one for each set of scripts, in the background. */
export class Rehearsals {
  readonly #jobs = new Map<string, Job>();
  /** Grows whenever one begins or ends. */
  version = 0;

  viewOf(playable: Playable): RehearsalView {
    return this.#jobs.get(keyOf(playable))?.view ?? { state: 'none' };
  }

  /** How far it is; undefined when it is not running any more. */
  progressOf(key: string): Running | undefined {
    const view = this.#jobs.get(key)?.view;
    return view?.state === 'running' ? view : undefined;
  }

  /** Resolves when it is done. One that is running or done is not begun again, one that failed is. */
  start(playable: Playable): Promise<void> {
    const key = keyOf(playable);
    const known = this.#jobs.get(key);
    if (known !== undefined && known.view.state !== 'failed') return known.done;
    const abort = new AbortController();
    const update = (view: RehearsalView) => {
      const job = this.#jobs.get(key);
      if (job?.abort === abort) job.view = view;
      if (view.state !== 'running') this.version += 1;
    };
    const done = Promise.resolve().then(() => play(playable, abort.signal, update));
    this.version += 1;
    this.#jobs.set(key, { view: { state: 'running', key, done: 0, of: 0 }, abort, done });
    return done;
  }

  /** Ends those of scripts that nobody looks at any more. */
  keepOnly(playables: readonly Playable[]): void {
    const wanted = new Set(playables.map(keyOf));
    for (const [key, { view, abort }] of this.#jobs) {
      if (wanted.has(key) || view.state !== 'running') continue;
      this.#jobs.delete(key);
      abort.abort();
    }
  }
}

async function play(
  playable: Playable,
  signal: AbortSignal,
  update: (view: RehearsalView) => void,
): Promise<void> {
  const { app, templates } = playable;
  try {
    refuseSwarm(app.parameters);
    const rehearsed = new Rehearsed(app.parameters, app.scripts, templates);
    const choice = { thorough: false, scenario: undefined, fault: undefined };
    const progress = (done: number, of: number) =>
      update({ state: 'running', key: keyOf(playable), done, of });
    const scenes = await rehearse(rehearsed, chooseShells(undefined), choice, progress, signal);
    const { title, shown: scripts, notes } = fromRendered(app);
    const rehearsal = { app: app.parameters.app, title, scripts, notes, scenes };
    update({ state: 'done', rehearsal });
  } catch (error) {
    if (signal.aborted) return;
    update({ state: 'failed', problems: problemsOf(error) });
  }
}

/** A bug of ours must not end the page; it is shown where the result would be. */
function problemsOf(error: unknown) {
  if (error instanceof UserError) return error.problems;
  return [{ code: 'GS078', source: 'rehearse', detail: String((error as Error).message) }];
}

function keyOf({ app, templates }: Playable): string {
  const all = JSON.stringify([app.parameters, [...app.scripts], [...templates]]);
  return createHash('sha256').update(all).digest('hex');
}

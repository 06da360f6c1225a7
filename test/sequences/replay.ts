import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bystandersOf } from '../../src/rehearsal/invariants.js';
import { addNeighbour } from '../../src/rehearsal/neighbour.js';
import { versionOf } from '../../src/report/version-of.js';
import type { TemplateSet } from '../../src/scripts/templates.js';
import { Host, type Run } from '../support/host.js';
import type { Changes } from '../support/parameters.js';
import type { Shell } from '../support/shells.js';
import {
  type Action,
  BAD,
  type Fault,
  GOOD,
  printSequence,
  type Settings,
  type Strategy,
} from './actions.js';
import { EMPTY, type Outcome, outcomesOf, type Request, type World } from './model.js';
import { disturb, type Effect } from './operator.js';
import { currentOf, describeSeen, isLike, look, meansOf, type Seen } from './sight.js';
import { judge } from './verdict.js';

const PORTLESS = { ports: [], network: 'web', options: ['--network-alias=citest.web'] };
/** A version that nothing in a sequence touches. */
const LAST_RESORT = 'v9';
/** A clock that stands still, long before anything that the host has seen. */
const OLD_CLOCK = `#!/bin/sh
case $* in *%Y%m%dT*) echo 20200101T000000Z ;; *) echo 2020-01-01T00:00:00Z ;; esac
`;

type Act<K extends Action['do']> = Extract<Action, { do: K }>;
type Asked =
  | { readonly kind: 'deploy'; readonly version: string; readonly isForced: boolean }
  | Omit<Extract<Request, { kind: 'rollback' }>, 'build' | 'fault' | 'strategy'>;

/** What is special about a host; without it our templates, and this machine's own tools. */
export interface Place {
  readonly templates?: TemplateSet | undefined;
  readonly tools?: string | undefined;
}

/** What of a sequence did not go as the model allows; empty when all did. */
export function replay(actions: readonly Action[], shell: Shell, place: Place = {}): string[] {
  const stage = new Replay(shell, place);
  try {
    for (const action of actions) if (stage.violations.length === 0) stage.act(action);
    if (stage.violations.length === 0) stage.heal();
    return stage.violations.length === 0 ? [] : [stage.report(actions)];
  } finally {
    stage.remove();
  }
}

/** A simulated host, held to the model at each step. */
class Replay {
  readonly #host: Host;
  /** Of the neighbour; undefined as long as it is not there, because the old recipe would kill it. */
  #bystanders: string | undefined;
  /** Possible states; undefined: somebody has meddled with a swap, and only the next good deploy tells. */
  #worlds: readonly World[] | undefined = [EMPTY];
  #build = 0;
  /** What the last build was made for. */
  #asked: Asked | undefined;
  #settings = '';
  #retain = 3;
  #strategy: Strategy = 'recreate';
  /** ... of the build that was shipped last. */
  #shipped: Strategy = 'recreate';
  #isPortless = false;
  #env: Readonly<Record<string, string>> = {};
  readonly #transcript: string[] = [];
  readonly violations: string[] = [];

  constructor(shell: Shell, { templates, tools }: Place) {
    this.#host = new Host(shell, templates, tools);
    for (const tag of [...GOOD, LAST_RESORT]) this.#host.image(tag);
    for (const [tag, behaviour] of BAD) this.#host.image(tag, ...behaviour);
  }

  remove(): void {
    this.#host.remove();
  }

  act(action: Action): void {
    this.#transcript.push(`${printSequence([action]).split('\n')[1]?.trim()}`);
    if (action.do === 'recipe') {
      if (this.#bystanders === undefined) this.#adjust(disturb(this.#host, action, false));
      return;
    }
    this.#addNeighbour();
    if (action.do === 'portless') this.#publishNothing();
    else if (action.do === 'strategy') this.#strategy = action.is;
    else if (action.do === 'deploy') this.#deploy(action.version, action.with, action.fault);
    else if (action.do === 'rollback') this.#rollBack(action);
    else if (action.do === 'rollback-by-hand') this.#rollBackByHand(action);
    else if (action.do === 'again') this.#again(action);
    else if (action.do === 'clock') this.#setClock(action.is);
    else this.#adjust(disturb(this.#host, action, look(this.#host).swap !== 'none'));
  }

  #addNeighbour(): void {
    if (this.#bystanders !== undefined) return;
    addNeighbour(this.#host);
    this.#bystanders = bystandersOf(this.#host);
  }

  /** Whatever happened before: with everything in order again, a good version can be deployed. */
  heal(): void {
    this.#transcript.push('and at the end a good version');
    this.#addNeighbour();
    this.#host.sim('daemon', 'up');
    this.#host.sim('registry', 'up');
    const tries = this.#worlds === undefined ? 2 : 1;
    for (let n = 1; n <= tries && this.violations.length === 0; n += 1) this.#deploy(LAST_RESORT);
    if (this.#host.serves() !== LAST_RESORT) this.violations.push(`${LAST_RESORT} does not serve`);
  }

  report(actions: readonly Action[]): string {
    return `${this.violations.join('\n')}\n\n${printSequence(actions)}\n\n${this.#transcript.join('\n')}`;
  }

  // --- runs ---

  #deploy(version: string, settings: Settings = {}, fault?: Fault): void {
    this.#asked = { kind: 'deploy', version, isForced: false };
    this.#retain = settings.retain ?? 3;
    this.#ship({ tag: version, retain: this.#retain }, settings.env);
    this.#run(this.#asked, fault, {});
  }

  #rollBack({ steps, to, fault }: Act<'rollback'>): void {
    this.#asked = { kind: 'rollback', steps, to, isByOption: false };
    this.#ship({ mode: 'rollback', tag: '', rollback: { steps: steps ?? 0, to: to ?? '' } });
    this.#run(this.#asked, fault, {});
  }

  #rollBackByHand({ steps, to, fault }: Act<'rollback-by-hand'>): void {
    if (this.#asked === undefined) return;
    const args = [...(steps ? ['--steps', String(steps)] : []), ...(to ? ['--to', to] : [])];
    // What the last build was made for stands in its rollback.sh as well.
    const inScript = args.length === 0 && this.#asked.kind === 'rollback' ? this.#asked : { steps, to };
    const asked = { kind: 'rollback', ...inScript, isByOption: args.length > 0 } as const;
    this.#run(asked, fault, { script: 'rollback.sh', args });
  }

  #again({ force, fault }: Act<'again'>): void {
    if (this.#asked === undefined) return;
    const isForced = force === true && this.#asked.kind === 'deploy';
    const asked = this.#asked.kind === 'deploy' ? { ...this.#asked, isForced } : this.#asked;
    this.#run(asked, fault, isForced ? { args: ['--build', String(this.#build), '--force'] } : {});
  }

  #ship(changes: Changes, zone = 'UTC'): void {
    this.#build += 1;
    const health = { settle: 1000, timeout: 5000 };
    const build = { jenkins: { buildNumber: String(this.#build) }, health };
    const beside = this.#isPortless ? 'start-first' : 'handover';
    this.#shipped = this.#strategy;
    const strategy = this.#strategy === 'beside' ? beside : this.#strategy;
    const container = { ...(this.#isPortless ? PORTLESS : {}), env: { TZ: zone } };
    const scripts = this.#host.ship({ ...changes, ...build, strategy, drain: 1000, container });
    this.#settings = /^SETTINGS='(\w+)'$/m.exec(scripts.get('auto.sh') ?? '')?.[1] ?? '';
  }

  #run(asked: Asked, fault: Fault | undefined, how: { script?: string; args?: readonly string[] }): void {
    const host = this.#host;
    const request: Request = { ...asked, build: this.#build, fault, strategy: this.#shipped };
    const means = meansOf(host, this.#settings);
    const before = look(host);
    const allowed = this.#worlds?.flatMap((world) => outcomesOf(world, request, means));
    rmSync(join(host.folder, 'sim', 'fault-count'), { force: true });
    const env = { ...this.#env, SIM_FAULT: fault ? `at=${fault.at} do=${fault.is}` : '' };
    const run = host.run({ args: ['--build', String(this.#build)], ...how, env });
    const trial = { host, request, run, before, now: look(host), retain: this.#retain };
    this.#note(trial, allowed);
    const { violations, worlds } = judge({ ...trial, bystanders: this.#bystanders ?? '' }, allowed);
    this.violations.push(...violations);
    this.#worlds = worlds;
  }

  #note(
    { run, now }: { readonly run: Run; readonly now: Seen },
    allowed: readonly Outcome[] | undefined,
  ): void {
    this.#transcript.push(
      run.output.trimEnd().replace(/^/gm, '    | '),
      `    -> ${run.signal ?? run.code}: ${describeSeen(now)}${allowed === undefined ? ' (after meddling)' : ''}`,
    );
  }

  // --- everything else ---

  #publishNothing(): void {
    this.#isPortless = true;
    this.#host.sim('network', PORTLESS.network);
    this.#host.publishNothing();
  }

  #setClock(to: 'set back' | 'right'): void {
    if (to === 'right') {
      this.#env = {};
      return;
    }
    const folder = join(this.#host.folder, 'bin');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'date'), OLD_CLOCK);
    chmodSync(join(folder, 'date'), 0o755);
    this.#env = { PATH: this.#host.pathWith(folder) };
  }

  #adjust(effect: Effect): void {
    const seen = look(this.#host);
    if (this.#bystanders !== undefined) this.#bystanders = bystandersOf(this.#host);
    if (effect === 'meddled') this.#worlds = undefined;
    if (this.#worlds === undefined) return;
    const container = currentOf(this.#host);
    const current = container && versionOf(container.reference);
    this.#worlds = this.#worlds
      .map((world) => afterwards(world, effect, { current, history: seen.history }))
      .filter((world) => isLike(world, seen));
    if (this.#worlds.length === 0)
      this.violations.push(`after this the host is not as it should be: ${describeSeen(seen)}`);
  }
}

/** What came of something that was not a run. */
function afterwards(world: World, effect: Effect, now: Pick<World, 'current' | 'history'>): World {
  if (effect === 'edited') return { ...world, history: now.history };
  if (effect === 'deployed') return { ...world, ...now, serves: now.current };
  if (world.swap !== 'none') return { ...world, mayServe: [...world.mayServe, undefined] };
  if (effect === 'served') return { ...world, current: now.current, serves: now.current };
  return effect === 'stopped' ? { ...world, current: now.current, serves: undefined } : world;
}

import type { Parameters } from '../../parameters/parameters.js';
import { formatDuration } from '../../parameters/values/durations.js';
import { type HostContext, hostContext } from '../../scripts/context.js';
import { VERSION } from '../../version.js';

/** What auto.sh of one build does on a host: its steps in order, and where each may end instead of going on. */
export interface Runbook {
  readonly script: 'repull.sh' | 'rollback.sh';
  readonly steps: readonly RunbookStep[];
}

export interface RunbookStep {
  readonly id: StepId;
  readonly phase: Phase;
  /** What its words need: a command, a limit. */
  readonly facts: Facts;
  /** docker's sub-commands that it calls, in order. */
  readonly docker: readonly string[];
  readonly ends: readonly RunbookEnd[];
}

/** `safe`: the old container has not been stopped; `swap`: it has; `after`: the new one serves, and stays. */
export type Phase = 'safe' | 'swap' | 'after';

export interface RunbookEnd {
  readonly code: ExitCode;
  readonly why: EndReason;
  /** On a host on which nothing ran before. */
  readonly first?: ExitCode;
}

export type ExitCode = 0 | 10 | 11 | 12 | 13 | 64 | 75;

/** Words of src/preview/page/words.ts. */
export type EndReason =
  | 'untouched'
  | 'back'
  | 'noWayBack'
  | 'warning'
  | 'busy'
  | 'otherBuild'
  | 'unchanged'
  | 'nothing'
  | 'stays'
  | 'unrepaired';

export type StepId =
  | 'credentials'
  | 'check'
  | 'lock'
  | 'begun'
  | 'engine'
  | 'recover'
  | 'current'
  | 'login'
  | 'pull'
  | 'unchanged'
  | 'target'
  | 'fetch'
  | 'hookBefore'
  | 'prepare'
  | 'create'
  | 'release'
  | 'stop'
  | 'start'
  | 'gateUrl'
  | 'gateImage'
  | 'commit'
  | 'hookAfter'
  | 'retire'
  | 'removeOld'
  | 'done';

export type Facts = Readonly<Record<string, string>>;

/** The same decisions as those of the scripts: they come from the same context. */
export function makeRunbook(parameters: Parameters): Runbook {
  const script = parameters.mode === 'rollback' ? 'rollback' : 'repull';
  const context = hostContext(script, parameters, VERSION);
  const prepare = context.isRollback ? chooseVersion(context) : fetchVersion(context);
  const steps = [...beginRun(context), ...prepare, ...swap(context), ...finish(context)];
  return { script: `${script}.sh`, steps };
}

/** The codes of a step, with those of a first deploy. */
export function codesOf({ ends }: RunbookStep): ExitCode[] {
  return [...new Set(ends.flatMap(({ code, first }) => (first === undefined ? [code] : [code, first])))];
}

const UNTOUCHED: RunbookEnd = { code: 10, why: 'untouched' };
/** Once the containers have been looked at, a host without an old one is known to serve nothing. */
const LOOKED: RunbookEnd = { code: 10, why: 'untouched', first: 12 };
const BACK: readonly RunbookEnd[] = [
  { code: 11, why: 'back', first: 12 },
  { code: 12, why: 'noWayBack' },
];
const WARNING: RunbookEnd = { code: 0, why: 'warning' };

function beginRun(context: HostContext): RunbookStep[] {
  return [
    ...when(context.loginShipped, step('credentials', [], [UNTOUCHED])),
    step('check', [], [{ code: 64, why: 'otherBuild' }, UNTOUCHED]),
    step('lock', [], [{ code: 75, why: 'busy' }, UNTOUCHED], {
      wait: formatDuration(Number(context.lockWait) * 1000),
    }),
    ...when(context.isDeploy, step('begun', [], [UNTOUCHED])),
    step('engine', ['version'], [UNTOUCHED]),
    step('recover', [], [{ code: 12, why: 'unrepaired' }, UNTOUCHED]),
    step('current', ['ps', 'container'], [UNTOUCHED], { app: context.app }),
  ];
}

function fetchVersion(context: HostContext): RunbookStep[] {
  const image = `${context.image}:${context.tag}`;
  const limit = formatDuration(Number(context.pullLimit) * 1000);
  return [
    ...when(context.hasLogin, step('login', ['context', 'login'], [LOOKED], { to: context.registry })),
    step('pull', ['pull', 'image'], [LOOKED], { image, limit }),
    step('unchanged', [], [{ code: 0, why: 'unchanged' }]),
  ];
}

function chooseVersion(context: HostContext): RunbookStep[] {
  const { rollbackTo: to, rollbackSteps: steps } = context;
  const nothing: RunbookEnd = { code: 13, why: 'nothing' };
  const stays: RunbookEnd[] = steps === '' ? [{ code: 0, why: 'stays' }] : [];
  return [
    step('target', [], [nothing, ...stays, LOOKED], { to, steps }),
    step(
      'fetch',
      ['container', 'image', ...(context.hasLogin ? ['context', 'login'] : []), 'pull'],
      [LOOKED],
      { login: context.hasLogin ? context.registry : '' },
    ),
  ];
}

function swap(context: HostContext): RunbookStep[] {
  const gate = context.health === 'image' ? 'gateImage' : 'gateUrl';
  const { app } = context;
  return [
    ...when(
      context.hookBefore !== '',
      step('hookBefore', [], [LOOKED], { command: context.hookBefore, limit: hookLimit(context) }),
    ),
    step('prepare', [], [LOOKED]),
    step('create', ['create'], [LOOKED], { app }),
    step('release', ['update'], [LOOKED], { policy: 'no' }),
    inSwap('stop', ['stop', 'rename'], { grace: formatDuration(Number(context.stopTimeout) * 1000) }),
    // Only a parked container has to get its policy back.
    inSwap('start', [...(context.isRollback ? ['update'] : []), 'rename', 'start'], {
      app,
      policy: context.restart,
    }),
    inSwap(gate, ['container'], {
      url: context.health.replace(/^url=/, ''),
      timeout: formatDuration(Number(context.healthTimeoutMs)),
      settle: formatDuration(Number(context.settleMs)),
    }),
    inSwap('commit', [], { file: context.historyFile }),
  ];
}

function inSwap(id: StepId, docker: readonly string[], facts: Facts): RunbookStep {
  return { ...step(id, docker, BACK, facts), phase: 'swap' };
}

function finish(context: HostContext): RunbookStep[] {
  const clean = ['rm', 'image', 'ps', 'rmi'];
  return [
    ...when(
      context.hookAfter !== '',
      after('hookAfter', [], { command: context.hookAfter, limit: hookLimit(context) }),
    ),
    after(context.isRollback ? 'removeOld' : 'retire', clean, { retain: context.retain }),
    { ...step('done', [], [], {}), phase: 'after' },
  ];
}

function after(id: StepId, docker: readonly string[], facts: Facts): RunbookStep {
  return { ...step(id, docker, [WARNING], facts), phase: 'after' };
}

function step(
  id: StepId,
  docker: readonly string[],
  ends: readonly RunbookEnd[],
  facts: Facts = {},
): RunbookStep {
  return { id, phase: 'safe', facts, docker, ends };
}

function when(condition: boolean, one: RunbookStep): RunbookStep[] {
  return condition ? [one] : [];
}

function hookLimit({ hookLimit: seconds }: HostContext): string {
  return formatDuration(Number(seconds) * 1000);
}

import type { Parameters, Strategy } from '../../parameters/parameters.js';
import { strategyOf } from '../../parameters/strategy.js';
import { formatDuration } from '../../parameters/values/durations.js';
import { type HostContext, hostContext } from '../../scripts/context.js';
import { VERSION } from '../../version.js';
import {
  type Facts,
  type Runbook,
  type RunbookEnd,
  type RunbookStep,
  type StepId,
  secondsOf,
  step,
  when,
} from './runbook-step.js';
import { makeSwarmRunbook } from './swarm-runbook.js';

/** The same decisions as those of the scripts: they come from the same context. */
export function makeRunbook(parameters: Parameters): Runbook {
  if (parameters.engine === 'swarm') return makeSwarmRunbook(parameters);
  const script = parameters.mode === 'rollback' ? 'rollback' : 'repull';
  const context = hostContext(script, parameters, VERSION);
  const chosen = strategyOf(parameters);
  const prepare = context.isRollback ? chooseVersion(context) : fetchVersion(context);
  const steps = [
    ...beginRun(context),
    ...prepare,
    ...beginReplacing(context),
    ...REPLACE[chosen.strategy](context),
    ...finish(context),
  ];
  return { ...chosen, script: `${script}.sh`, steps };
}

const UNTOUCHED: RunbookEnd = { code: 10, why: 'untouched' };
/** Once the containers have been looked at, a host without an old one is known to serve nothing. */
const LOOKED: RunbookEnd = { code: 10, why: 'untouched', first: 12 };
const BACK: readonly RunbookEnd[] = [
  { code: 11, why: 'back', first: 12 },
  { code: 12, why: 'noWayBack' },
];
/** Nothing of a handover's move happens on a first deploy. */
const MOVED_BACK: readonly RunbookEnd[] = [
  { code: 11, why: 'portBack' },
  { code: 12, why: 'noWayBack' },
];
const WARNING: RunbookEnd = { code: 0, why: 'warning' };
const UNSETTLED: RunbookEnd = { code: 0, why: 'unsettled' };

function beginRun(context: HostContext): RunbookStep[] {
  return [
    ...when(context.loginShipped, step('credentials', [], [UNTOUCHED])),
    step('check', [], [{ code: 64, why: 'otherBuild' }, UNTOUCHED]),
    step('lock', [], [{ code: 75, why: 'busy' }, UNTOUCHED], {
      wait: secondsOf(context.lockWait),
    }),
    ...when(context.isDeploy, step('begun', [], [UNTOUCHED])),
    step('engine', ['version'], [UNTOUCHED]),
    step('recover', [], [{ code: 12, why: 'unrepaired' }, UNTOUCHED]),
    step('current', ['ps', 'container'], [UNTOUCHED], { app: context.app }),
  ];
}

function fetchVersion(context: HostContext): RunbookStep[] {
  const image = `${context.image}:${context.tag}`;
  const limit = secondsOf(context.pullLimit);
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

function beginReplacing(context: HostContext): RunbookStep[] {
  return [
    ...when(
      context.hookBefore !== '',
      step('hookBefore', [], [LOOKED], { command: context.hookBefore, limit: secondsOf(context.hookLimit) }),
    ),
    step('prepare', [], [LOOKED]),
  ];
}

/** What stands between the prepared swap file and the new version that serves alone. */
const REPLACE: Readonly<Record<Strategy, (context: HostContext) => RunbookStep[]>> = {
  recreate,
  preflight: checkFirst,
  handover: handOver,
  'start-first': startFirst,
};

function recreate(context: HostContext): RunbookStep[] {
  const gate = context.health === 'image' ? 'gateImage' : 'gateUrl';
  const { app } = context;
  return [
    create(context),
    step('release', ['update'], [LOOKED], { policy: 'no' }),
    inSwap('stop', ['stop', 'rename'], { grace: graceOf(context) }),
    // Only a parked container has to get its policy back.
    inSwap('start', [...(context.isRollback ? ['update'] : []), 'rename', 'start'], {
      app,
      policy: context.restart,
    }),
    inSwap(gate, looksOf(context), gateFacts(context)),
    inSwap('commit', [], { file: context.historyFile }),
  ];
}

/** A rollback needs the check as well, unless its version is parked. */
function checkFirst(context: HostContext): RunbookStep[] {
  const facts = { ...gateFacts(context), app: context.app, parked: context.isRollback ? 'yes' : '' };
  const docker = ['create', ...connects(context), 'start', ...looksOf(context)];
  return [
    step('checkNew', docker, [UNTOUCHED], facts),
    ...recreate(context),
    after('dropCheck', ['stop', 'rm'], {}),
  ];
}

/** Both have to be made for it: it moves networks of both. */
function handOver(context: HostContext): RunbookStep[] {
  const { stage } = context;
  const [ask, leave, join] = ['container', 'network disconnect', 'network connect'];
  return [
    step('way', [ask], [], { strategy: context.strategy, needs: 'both' }),
    create(context),
    // A killed run may have left one.
    step('stage', ['network ls', 'network rm', 'network create'], [UNTOUCHED], { stage }),
    // Further networks that are internal stay within reach.
    step('enterStage', [ask, leave, join, 'network inspect', join], [UNTOUCHED], { stage }),
    ...startBeside(context),
    context.stopsFirst
      ? inMove('halt', ['stop'], { grace: graceOf(context) })
      : inMove('leave', [ask, leave], {}),
    inMove('join', [join], {}),
    inMove('gateMoved', looksOf(context), gateFacts(context)),
    inMove('leaveStage', [leave], { stage }),
    inMove('commit', [], { file: context.historyFile }),
    ...settle(context, ['stop', ask, join, 'rename']),
    after('dropStage', ['network ls', 'network rm'], { stage }),
  ];
}

/** Until the commit the old one serves as before, and after it the new one as well: there is no swap. */
function startFirst(context: HostContext): RunbookStep[] {
  const needs = context.isRollback ? 'target' : '';
  return [
    step('way', [], [], { strategy: context.strategy, needs }),
    create(context),
    ...startBeside(context),
    step('commit', [], [UNTOUCHED], { file: context.historyFile }),
    { ...step('drain', [], [], { wait: secondsOf(context.drain) }), phase: 'after' },
    ...settle(context, ['stop', 'rename']),
  ];
}

function create(context: HostContext): RunbookStep {
  const { app, networks } = context;
  const asks = context.asksForNetworks ? ['network inspect'] : [];
  return step('create', [...asks, 'create', ...connects(context)], [LOOKED], {
    app,
    networks: networks.join(', '),
  });
}

/** docker create takes one network. */
function connects({ networks }: HostContext): string[] {
  return networks.map(() => 'network connect');
}

function startBeside(context: HostContext): RunbookStep[] {
  // Only a parked container has to get its policy back.
  const policies = context.isRollback ? ['update', 'update'] : ['update'];
  return [
    step('startBeside', ['start'], [UNTOUCHED], { stage: context.isHandover ? context.stage : '' }),
    step('gateBeside', looksOf(context), [UNTOUCHED], gateFacts(context)),
    step('policies', policies, [UNTOUCHED], { policy: context.restart }),
  ];
}

/** The new one serves already; what fails here is left to the next run. */
function settle(context: HostContext, docker: readonly string[]): RunbookStep[] {
  const facts = { grace: graceOf(context), moved: context.isHandover ? 'yes' : '' };
  return [
    { ...after('putAway', docker, facts), ends: [UNSETTLED] },
    { ...after('name', ['rename'], { app: context.app }), ends: [UNSETTLED] },
  ];
}

/** `url` and `probe`, the same at the container's own address, are empty where its HEALTHCHECK is asked. */
/** A HEALTHCHECK is run by the script as long as docker has not come to it. */
function looksOf({ health }: HostContext): string[] {
  return health === 'image' ? ['container', 'exec'] : ['container'];
}

function gateFacts(context: HostContext): Facts {
  const isAsked = context.health !== 'image';
  return {
    url: isAsked ? context.health.replace(/^url=/, '') : '',
    probe: isAsked ? context.ownProbe : '',
    timeout: formatDuration(Number(context.healthTimeoutMs)),
    settle: formatDuration(Number(context.settleMs)),
  };
}

function graceOf({ stopTimeout: seconds }: HostContext): string {
  return secondsOf(seconds);
}

function inSwap(id: StepId, docker: readonly string[], facts: Facts): RunbookStep {
  return { ...step(id, docker, BACK, facts), phase: 'swap' };
}

function inMove(id: StepId, docker: readonly string[], facts: Facts): RunbookStep {
  return { ...inSwap(id, docker, facts), ends: MOVED_BACK };
}

function finish(context: HostContext): RunbookStep[] {
  const clean = ['rm', 'image', 'ps', 'rmi'];
  return [
    ...when(
      context.hookAfter !== '',
      after('hookAfter', [], { command: context.hookAfter, limit: secondsOf(context.hookLimit) }),
    ),
    after(context.isRollback ? 'removeOld' : 'retire', clean, { retain: context.retain }),
    { ...step('done', [], [], {}), phase: 'after' },
  ];
}

function after(id: StepId, docker: readonly string[], facts: Facts): RunbookStep {
  return { ...step(id, docker, [WARNING], facts), phase: 'after' };
}

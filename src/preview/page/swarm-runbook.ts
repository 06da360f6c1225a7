import type { Parameters } from '../../parameters/parameters.js';
import { formatDuration } from '../../parameters/values/durations.js';
import { orderOf } from '../../scripts/service-options.js';
import { type SwarmContext, swarmContext } from '../../scripts/swarm-context.js';
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

/** What auto.sh does with a service: docs/swarm.md. From the context that the scripts are made from. */
export function makeSwarmRunbook(parameters: Parameters): Runbook {
  const script = parameters.mode === 'rollback' ? 'rollback' : 'repull';
  const context = swarmContext(script, parameters, VERSION);
  const choose = context.isRollback ? chooseVersion(context) : fetchVersion(context);
  const steps = [...beginRun(context), ...choose, ...changeService(context, parameters), ...finish(context)];
  return { strategy: 'swarm', why: '', script: `${script}.sh`, steps };
}

const KEPT: RunbookEnd = { code: 10, why: 'serviceKept' };
/** Once the service has been looked for, a swarm without one is known to serve nothing. */
const LOOKED: RunbookEnd = { code: 10, why: 'serviceKept', first: 12 };
const BACK: readonly RunbookEnd[] = [
  { code: 11, why: 'serviceBack', first: 12 },
  { code: 12, why: 'serviceLost' },
];

function beginRun(context: SwarmContext): RunbookStep[] {
  return [
    ...when(context.loginShipped, step('credentials', [], [KEPT])),
    step('check', [], [{ code: 64, why: 'otherBuild' }, KEPT]),
    step('lock', [], [{ code: 75, why: 'busy' }, KEPT], { wait: secondsOf(context.lockWait) }),
    ...when(context.isDeploy, step('begun', [], [KEPT])),
    step('engine', ['version'], [KEPT]),
    step('manager', ['info'], [KEPT]),
    step('recover', [], [{ code: 12, why: 'unrepaired' }, KEPT]),
    step('service', ['service ls', 'service inspect', 'service ps'], [KEPT], { app: context.app }),
  ];
}

function fetchVersion(context: SwarmContext): RunbookStep[] {
  const facts = { image: `${context.image}:${context.tag}`, limit: secondsOf(context.pullLimit) };
  return [
    ...when(context.hasLogin, step('nodeLogin', ['context', 'login'], [LOOKED], { to: context.registry })),
    step('pull', ['pull', 'image'], [LOOKED], facts),
    step('unchanged', [], [{ code: 0, why: 'unchanged' }]),
  ];
}

function chooseVersion(context: SwarmContext): RunbookStep[] {
  const { rollbackTo: to, rollbackSteps: steps } = context;
  const stays: RunbookEnd[] = steps === '' ? [{ code: 0, why: 'stays' }] : [];
  return [
    step('target', [], [{ code: 13, why: 'nothing' }, ...stays, LOOKED], { to, steps }),
    step('wayBack', [], []),
  ];
}

function changeService(context: SwarmContext, parameters: Parameters): RunbookStep[] {
  const { hookBefore: command } = context;
  const facts = { app: context.app, order: orderOf(parameters), rollback: context.isRollback ? 'yes' : '' };
  const calls = context.isRollback
    ? ['service rollback', 'service update']
    : ['service create', 'service update'];
  return [
    ...when(
      command !== '',
      step('hookBefore', [], [LOOKED], { command, limit: secondsOf(context.hookLimit) }),
    ),
    step('prepare', [], [LOOKED]),
    inChange('changeService', calls, facts),
    inChange('converge', ['service inspect', 'service ps'], {
      url: context.health.startsWith('url=') ? context.health.slice(4) : '',
      timeout: formatDuration(Number(context.healthTimeoutMs)),
      settle: formatDuration(Number(context.settleMs)),
    }),
    inChange('commit', [], { file: context.historyFile }),
  ];
}

function finish(context: SwarmContext): RunbookStep[] {
  const { hookAfter: command } = context;
  const hook = step('hookAfter', [], [{ code: 0, why: 'warning' }], {
    command,
    limit: secondsOf(context.hookLimit),
  });
  const done = step('done', [], []);
  return [...when(command !== '', hook), done].map((one) => ({ ...one, phase: 'after' as const }));
}

function inChange(id: StepId, docker: readonly string[], facts: Facts): RunbookStep {
  return { ...step(id, docker, BACK, facts), phase: 'swap' };
}

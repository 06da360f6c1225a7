import { createHash } from 'node:crypto';
import { HOOK_LIMIT_SECONDS, pullLimitSeconds } from '../parameters/budget.js';
import type { Parameters } from '../parameters/parameters.js';
import { strategyOf } from '../parameters/strategy.js';
import { isOwnNetwork } from '../parameters/values/networks.js';
import { type Argument, buildOptions, containerOptions } from './options.js';
import { type StrategyContext, strategyContext } from './strategy.js';

export type HostScript = 'repull' | 'rollback';

/** What the scripts of every engine have in common. */
export interface CommonContext {
  readonly script: HostScript;
  readonly isDeploy: boolean;
  readonly isRollback: boolean;
  readonly version: string;
  readonly purpose: string;
  readonly source: string;
  readonly undo: string;
  readonly usage: string;
  /** What exit codes 10 and 11 say of the host. */
  readonly untouched: string;
  readonly restored: string;
  readonly build: string;
  readonly who: string;
  readonly app: string;
  readonly image: string;
  readonly pushedAs: string;
  readonly tag: string;
  readonly historyFile: string;
  readonly historyKeep: string;
  readonly settingsHash: string;
  /** `url=URL`; `image`: its HEALTHCHECK, or else that it still runs; for a service `command`: one of the settings. */
  readonly health: string;
  readonly healthTimeoutMs: string;
  /** An argument for `sleep`, in seconds. */
  readonly healthInterval: string;
  readonly healthIntervalMs: string;
  readonly settleMs: string;
  readonly stopTimeout: string;
  readonly lockWait: string;
  readonly pullLimit: string;
  readonly hasLogin: boolean;
  readonly loginByFile: boolean;
  readonly loginShipped: boolean;
  readonly registry: string;
  readonly registryUser: string;
  readonly passwordFile: string;
  readonly hasHooks: boolean;
  readonly hookBefore: string;
  readonly hookAfter: string;
  readonly hookLimit: string;
  readonly rollbackTo: string;
  readonly rollbackSteps: string;
  readonly rollbackFrom: string;
  readonly command: readonly string[];
}

/** What the templates of a docker host's scripts may see. Every decision is made here, none in a template. */
export interface HostContext extends CommonContext, StrategyContext {
  readonly retain: string;
  readonly restart: string;
  readonly hasEnvFile: boolean;
  readonly envFile: string;
  readonly containerOptions: readonly Argument[];
  readonly hasNetworks: boolean;
  /** Further networks. */
  readonly networks: readonly string[];
  /** Nothing else would show before the old container is stopped that a network is not there. */
  readonly asksForNetworks: boolean;
  /** Names, with blanks: those that somebody has to make. */
  readonly ownNetworks: string;
  /** The same of `networks`. */
  readonly furtherNetworks: string;
}

/** What `build.hbs` may see. */
export interface BuildContext {
  readonly engine: string;
  readonly version: string;
  readonly source: string;
  readonly app: string;
  readonly push: string;
  readonly tag: string;
  readonly context: string;
  readonly registry: string;
  readonly buildOptions: readonly Argument[];
}

export function hostContext(script: HostScript, p: Parameters, version: string): HostContext {
  return {
    ...commonContext(script, p, version),
    ...describeScript(script, p),
    ...settings(p),
    ...strategyContext(script, p),
  };
}

/** All but what the script is for, what its settings come to, and what its health is told by. */
export function commonContext(script: HostScript, p: Parameters, version: string) {
  const isRollback = script === 'rollback';
  return {
    script,
    isDeploy: !isRollback,
    isRollback,
    version,
    source: describeSource(p),
    undo: isRollback ? 'deploy again: sh repull.sh' : 'sh rollback.sh',
    usage: isRollback
      ? 'sh rollback.sh [--steps N | --to REF] [--from REF] [--list] [--status] [--outcome EXIT] [--dry-run]'
      : 'sh repull.sh [--force] [--dry-run]',
    ...identity(p),
    ...times(p),
    command: p.container.command,
    ...login(p),
    ...hooks(script, p),
  };
}

export function buildContext(p: Parameters, version: string): BuildContext {
  return {
    engine: p.engine,
    version,
    source: describeSource(p),
    app: p.app,
    push: p.build.image,
    tag: p.tag,
    context: p.build.context,
    registry: registryOf(p.build.image),
    buildOptions: buildOptions(p),
  };
}

function describeScript(script: HostScript, p: Parameters) {
  return {
    purpose:
      script === 'rollback'
        ? `go back to an earlier version of the container "${p.app}" on this docker host`
        : `deploy one image: replace the container "${p.app}" on this docker host`,
    untouched: 'failed, the old container was never stopped',
    restored: 'failed, the old container is running again and healthy',
  };
}

/** `v1.2 (4f0c1d9, main), Jenkins build 212 by li.lei`, as far as it is known. */
function describeSource(p: Parameters): string {
  const commit = [p.source.commit.slice(0, 12), p.source.branch, p.source.dirty ? 'with local changes' : '']
    .filter(Boolean)
    .join(', ');
  const build = p.jenkins.buildNumber && `Jenkins build ${p.jenkins.buildNumber}`;
  const who = p.jenkins.user && `by ${p.jenkins.user}`;
  return [
    `${p.source.describe || 'unknown'}${commit && ` (${commit})`}`,
    [build, who].filter(Boolean).join(' '),
  ]
    .filter(Boolean)
    .join(', ');
}

function identity(p: Parameters) {
  return {
    build: p.jenkins.buildNumber,
    who: p.jenkins.user,
    app: p.app,
    image: p.image,
    pushedAs: p.build.image,
    tag: p.tag,
    historyFile: p.history.file,
    historyKeep: String(p.history.keep),
    rollbackTo: p.rollback.to,
    rollbackSteps: p.rollback.steps > 0 ? String(p.rollback.steps) : '',
    rollbackFrom: p.rollback.from,
  };
}

function settings(p: Parameters) {
  const health = p.health.url ? `url=${p.health.url}` : 'image';
  const options = containerOptions(p.container);
  const { restart, command, envFile, networks } = p.container;
  return {
    retain: String(p.retain),
    restart,
    // What the settings label holds: a container made from other settings is not "the same version".
    settingsHash: sha256(JSON.stringify([options, command, restart, health, ...networks])).slice(0, 16),
    hasEnvFile: envFile !== '',
    envFile,
    health,
    containerOptions: options,
    ...networkSettings(p),
  };
}

function times(p: Parameters) {
  return {
    // Long enough for "still runs after settle" to be found out.
    healthTimeoutMs: String(Math.max(p.health.timeout, p.health.settle + p.health.interval)),
    healthInterval: String(p.health.interval / 1000),
    healthIntervalMs: String(p.health.interval),
    settleMs: String(p.health.settle),
    stopTimeout: String(Math.ceil(p.stopTimeout / 1000)),
    lockWait: String(Math.ceil(p.lockWait / 1000)),
    pullLimit: String(pullLimitSeconds(p)),
  };
}

function networkSettings(p: Parameters) {
  const { network, networks } = p.container;
  const own = [network, ...networks].filter(isOwnNetwork);
  return {
    hasNetworks: networks.length > 0,
    networks,
    asksForNetworks: own.length > 0 && strategyOf(p).strategy !== 'preflight',
    ownNetworks: own.join(' '),
    furtherNetworks: networks.join(' '),
  };
}

function login(p: Parameters) {
  return {
    hasLogin: p.registry.login !== 'none',
    loginByFile: p.registry.login === 'file',
    loginShipped: p.registry.login === 'shipped',
    registry: registryOf(p.image),
    registryUser: p.registry.username,
    passwordFile: p.registry.passwordFile,
  };
}

function hooks(script: HostScript, p: Parameters) {
  const [hookBefore, hookAfter] =
    script === 'rollback'
      ? [p.hooks.beforeRollback, p.hooks.afterRollback]
      : [p.hooks.beforeDeploy, p.hooks.afterDeploy];
  return {
    hasHooks: Boolean(hookBefore || hookAfter),
    hookBefore,
    hookAfter,
    hookLimit: String(HOOK_LIMIT_SECONDS),
  };
}

/**
 * The registry that `docker login` must be told for an image: its first component if that looks like a host, as
 * docker decides it (distribution/reference, splitDockerDomain); else Docker Hub.
 */
function registryOf(image: string): string {
  const [first = '', ...rest] = image.split('/');
  const isHost = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  return isHost && first !== 'docker.io' ? first : 'https://index.docker.io/v1/';
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Names that templates of every engine may use. */
export const COMMON_NAMES: readonly (keyof CommonContext)[] = [
  'app',
  'build',
  'command',
  'hasHooks',
  'hasLogin',
  'health',
  'healthInterval',
  'healthIntervalMs',
  'healthTimeoutMs',
  'historyFile',
  'historyKeep',
  'hookAfter',
  'hookBefore',
  'hookLimit',
  'image',
  'isDeploy',
  'isRollback',
  'lockWait',
  'loginByFile',
  'loginShipped',
  'passwordFile',
  'pullLimit',
  'purpose',
  'pushedAs',
  'registry',
  'registryUser',
  'restored',
  'rollbackFrom',
  'rollbackSteps',
  'rollbackTo',
  'script',
  'settingsHash',
  'settleMs',
  'source',
  'stopTimeout',
  'tag',
  'undo',
  'untouched',
  'usage',
  'version',
  'who',
];

/** Names that templates may use, for the check of their syntax trees. The compiler holds them to the contexts. */
export const HOST_NAMES: ReadonlySet<string> = new Set<keyof HostContext>([
  ...COMMON_NAMES,
  'asksForNetworks',
  'beside',
  'checkOptions',
  'checksFirst',
  'checkVolumes',
  'choice',
  'containerOptions',
  'drain',
  'envFile',
  'furtherNetworks',
  'hasEnvFile',
  'hasNetworks',
  'hasVolumes',
  'isHandover',
  'isStartFirst',
  'looksBeside',
  'networks',
  'ownNetworks',
  'ownProbe',
  'readsBeside',
  'restart',
  'retain',
  'runsBeside',
  'skipsPrepare',
  'stage',
  'stopsFirst',
  'strategy',
]);

export const BUILD_NAMES: ReadonlySet<string> = new Set<keyof BuildContext>([
  'app',
  'buildOptions',
  'context',
  'engine',
  'push',
  'registry',
  'source',
  'tag',
  'version',
]);

import type { BuildRequest } from './environment.js';
import type { GivenValues } from './given.js';
import type {
  Build,
  CheckVolumes,
  Container,
  Engine,
  Health,
  Hooks,
  Jenkins,
  Parameters,
  Publish,
  Registry,
  Source,
  StopOrder,
  Swarm,
} from './parameters.js';
import type { Settings } from './settings.js';
import type { Name } from './table.js';
import { manualSuffix, mapTag } from './tag.js';
import { familiarRepository } from './values/reference.js';

/** Everything the parameters of one build are made of. */
export interface Parts {
  readonly given: GivenValues;
  readonly settings: Settings;
  readonly build: BuildRequest;
  readonly git: Source;
}

/** Pure: the same parts give the same parameters. */
export function assemble({ given, settings, build, git }: Parts): Parameters {
  const source = { ...git, describe: build.tag ? String(build.tag.value) : git.describe };
  const jenkins = readJenkins(given);
  const { app, engine, image, ...rest } = readApp(settings);
  return {
    app,
    engine,
    image,
    mode: build.mode,
    tag: makeTag(build, source, jenkins),
    environment: textOf(given, 'environment'),
    source,
    jenkins,
    rollback: { to: build.rollbackTo, steps: build.rollbackSteps },
    build: readBuild(settings),
    registry: readRegistry(settings),
    container: readContainer(settings),
    health: readHealth(settings),
    swarm: readSwarm(settings),
    ...rest,
    hooks: readHooks(settings),
    publish: readPublish(settings),
  };
}

function readApp({ get }: Settings) {
  const app = get('app');
  return {
    app,
    engine: get('engine') as Engine,
    image: familiarRepository(get('image')),
    strategy: get('strategy') as Parameters['strategy'],
    preflight: { volumes: get('preflight.volumes') as CheckVolumes },
    handover: { stop: get('handover.stop') as StopOrder },
    drain: get('drain'),
    stopTimeout: get('stopTimeout'),
    lockWait: get('lockWait'),
    history: { file: get('history.file') || `/data/jenkins/${app}_history`, keep: get('history.keep') },
    retain: get('retain'),
  };
}

function makeTag({ mode }: BuildRequest, { describe }: Source, { buildNumber }: Jenkins): string {
  if (mode === 'rollback' || describe === '') return '';
  return mapTag(describe, mode === 'manual' ? manualSuffix(buildNumber) : '');
}

function readJenkins(given: GivenValues): Jenkins {
  return {
    buildNumber: textOf(given, 'buildNumber'),
    buildUrl: textOf(given, 'buildUrl'),
    jobName: textOf(given, 'jobName'),
    user: textOf(given, 'user'),
  };
}

function textOf({ values }: GivenValues, name: Name): string {
  return String(values.get(name)?.value ?? '');
}

function readBuild({ get }: Settings): Build {
  return {
    image: familiarRepository(get('build.image') || get('image')),
    context: get('build.context'),
    dockerfile: get('build.dockerfile'),
    args: get('build.args'),
    target: get('build.target'),
    platform: get('build.platform'),
    labels: get('build.labels'),
  };
}

function readContainer({ get }: Settings): Container {
  return {
    ports: get('container.ports'),
    env: get('container.env'),
    envFile: get('container.envFile'),
    volumes: get('container.volumes'),
    network: get('container.network'),
    networks: get('container.networks'),
    restart: get('container.restart'),
    memory: get('container.memory'),
    cpus: get('container.cpus'),
    user: get('container.user'),
    labels: get('container.labels'),
    init: get('container.init'),
    command: get('container.command'),
    options: get('container.options'),
  };
}

function readHooks({ get }: Settings): Hooks {
  return {
    beforeDeploy: get('hooks.beforeDeploy'),
    afterDeploy: get('hooks.afterDeploy'),
    beforeRollback: get('hooks.beforeRollback'),
    afterRollback: get('hooks.afterRollback'),
  };
}

function readRegistry({ get }: Settings): Registry {
  return {
    login: get('registry.login') as Registry['login'],
    username: get('registry.username'),
    passwordFile: get('registry.passwordFile'),
  };
}

function readHealth({ get }: Settings): Health {
  return {
    url: get('health.url'),
    timeout: get('health.timeout'),
    interval: get('health.interval'),
    settle: get('health.settle'),
  };
}

function readSwarm({ get }: Settings): Swarm {
  return {
    replicas: get('swarm.replicas'),
    constraints: get('swarm.constraints'),
    secrets: get('swarm.secrets'),
    configs: get('swarm.configs'),
    publish: get('swarm.publish') as Swarm['publish'],
    endpoint: get('swarm.endpoint') as Swarm['endpoint'],
    order: get('swarm.order') as Swarm['order'],
    parallelism: get('swarm.parallelism'),
    delay: get('swarm.delay'),
    monitor: get('swarm.monitor'),
    healthCommand: get('swarm.healthCommand'),
  };
}

function readPublish({ get }: Settings): Publish {
  return {
    remoteRoot: get('publish.remoteRoot'),
    remoteDirectory: get('publish.remoteDirectory') || get('app'),
    execTimeout: get('publish.execTimeout'),
  };
}

import type { Parameters } from '../../src/parameters/parameters.js';

/** What a test changes of the defaults. */
export type Changes = DeepPartial<Parameters>;

type DeepPartial<T> = {
  readonly [K in keyof T]?: T[K] extends readonly unknown[]
    ? T[K]
    : T[K] extends object
      ? DeepPartial<T[K]>
      : T[K];
};

/** A complete set of parameters for tests, with what the test cares about written over it. */
export function makeParameters(changes: Changes = {}): Parameters {
  return merge(defaults, changes) as Parameters;
}

const defaults: Parameters = {
  app: 'citest',
  engine: 'docker',
  image: 'registry.example.com/team/citest',
  mode: 'manual',
  tag: 'v1_manual_7',
  environment: '',
  source: {
    describe: 'v1',
    commit: '4f0c1d94f0c1d94f0c1d94f0c1d94f0c1d94f0c1',
    branch: 'main',
    dirty: false,
  },
  jenkins: { buildNumber: '7', buildUrl: '', jobName: 'citest', user: 'li.lei' },
  rollback: { to: '', steps: 0 },
  build: {
    image: 'registry.example.com/team/citest',
    context: '.',
    dockerfile: 'Dockerfile',
    args: {},
    target: '',
    platform: '',
    labels: {},
  },
  registry: { login: 'none', username: '', passwordFile: '' },
  container: {
    ports: ['8080:80'],
    env: { TZ: 'Asia/Shanghai' },
    envFile: '',
    volumes: [],
    network: 'bridge',
    networks: [],
    restart: 'unless-stopped',
    memory: '',
    cpus: '',
    user: '',
    labels: {},
    init: false,
    command: [],
    options: [],
  },
  health: { url: '', timeout: 10_000, interval: 500, settle: 2_000 },
  swarm: {
    replicas: 1,
    constraints: [],
    secrets: [],
    configs: [],
    publish: 'ingress',
    endpoint: 'vip',
    order: '',
    parallelism: 1,
    delay: 0,
    monitor: 5_000,
    healthCommand: '',
  },
  strategy: 'recreate',
  preflight: { volumes: 'read-only' },
  handover: { stop: 'after' },
  drain: 5_000,
  stopTimeout: 10_000,
  lockWait: 60_000,
  history: { file: '/data/jenkins/citest_history', keep: 50 },
  retain: 3,
  hooks: { beforeDeploy: '', afterDeploy: '', beforeRollback: '', afterRollback: '' },
  publish: { remoteRoot: '', remoteDirectory: 'citest', execTimeout: 600_000 },
};

function merge(base: object, changes: object): object {
  const result: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(changes)) {
    const before = result[key];
    const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
    result[key] = isMap && key !== 'env' && key !== 'args' ? merge((before ?? {}) as object, value) : value;
  }
  return result;
}

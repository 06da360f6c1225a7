/**
 * Everything a render depends on, complete and readonly: after `resolve` nothing is optional and nothing is looked up
 * again. An empty string or list means "not set"; durations are milliseconds unless the name says otherwise.
 */
export interface Parameters {
  /** Container name; also names the history and the labels. */
  readonly app: string;
  readonly engine: Engine;
  /** Repository that hosts pull from, without a tag. */
  readonly image: string;
  readonly mode: Mode;
  /** Docker tag of this build; empty for a rollback. */
  readonly tag: string;
  /** Name of the `environments:` entry that was merged in; empty for none. */
  readonly environment: string;
  readonly source: Source;
  readonly jenkins: Jenkins;
  readonly rollback: RollbackTarget;
  readonly build: Build;
  readonly registry: Registry;
  readonly container: Container;
  readonly health: Health;
  readonly swarm: Swarm;
  readonly strategy: Strategy | 'auto';
  readonly preflight: { readonly volumes: CheckVolumes };
  readonly handover: { readonly stop: StopOrder };
  /** Both versions serve for so long, with start-first. */
  readonly drain: number;
  readonly stopTimeout: number;
  readonly lockWait: number;
  readonly history: { readonly file: string; readonly keep: number };
  /** Parked containers, with their images, kept for an instant rollback. */
  readonly retain: number;
  readonly hooks: Hooks;
  readonly publish: Publish;
}

/** `docker`: containers of one host; `swarm`: a service, by a manager of a swarm: docs/swarm.md. */
export type Engine = 'docker' | 'swarm';

/** How a container is replaced: docs/strategies.md. */
/** When a handover stops the old container: after the ports have moved, or before. */
export type StopOrder = 'after' | 'before';

export type Strategy = 'recreate' | 'preflight' | 'handover' | 'start-first';

export type CheckVolumes = 'none' | 'read-only' | 'same';

/** `deploy`: a tag was pushed; `manual`: CTRL_BUILD=true; `rollback`: CTRL_BUILD=false. */
export type Mode = 'deploy' | 'manual' | 'rollback';

/** The commit this build is made from, as git tells it; empty strings outside a repository. */
export interface Source {
  /** `git describe --always --tags`, or GIT_TAG / TAG_NAME / the pushed tag. Before the mapping to a docker tag. */
  readonly describe: string;
  readonly commit: string;
  readonly branch: string;
  readonly dirty: boolean;
}

export interface Jenkins {
  readonly buildNumber: string;
  readonly buildUrl: string;
  readonly jobName: string;
  /** Who asked: the pusher of a tag (gitlabUserName), else BUILD_USER_ID. After a push the plugin build-user-vars
   * names the cause ("scmChange") there, nobody. */
  readonly user: string;
}

/** At most one of the two is given; `steps` 0 and `to` '' mean "the last history line". */
export interface RollbackTarget {
  readonly to: string;
  readonly steps: number;
}

export interface Build {
  /** Repository that the agent pushes to; equals `image` when the config does not name another. */
  readonly image: string;
  readonly context: string;
  readonly dockerfile: string;
  readonly args: Readonly<Record<string, string>>;
  readonly target: string;
  readonly platform: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface Registry {
  readonly login: 'none' | 'file' | 'shipped';
  readonly username: string;
  /** Absolute path on the host. */
  readonly passwordFile: string;
}

export interface Container {
  readonly ports: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Absolute path on the host. */
  readonly envFile: string;
  readonly volumes: readonly string[];
  readonly network: string;
  /** Further networks, each the name of one that somebody made. */
  readonly networks: readonly string[];
  /** no | always | unless-stopped | on-failure[:N] */
  readonly restart: string;
  readonly memory: string;
  readonly cpus: string;
  readonly user: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly init: boolean;
  readonly command: readonly string[];
  readonly options: readonly string[];
}

export interface Health {
  readonly url: string;
  readonly timeout: number;
  readonly interval: number;
  readonly settle: number;
}

/** What a service has that a container has not. */
export interface Swarm {
  readonly replicas: number;
  readonly constraints: readonly string[];
  /** `name` or `name:target` */
  readonly secrets: readonly string[];
  /** `name:/absolute/path` */
  readonly configs: readonly string[];
  readonly publish: 'ingress' | 'host';
  readonly endpoint: 'vip' | 'dnsrr';
  /** Empty: what suits the ports. */
  readonly order: '' | 'start-first' | 'stop-first';
  /** Tasks that are updated at once; 0: all. */
  readonly parallelism: number;
  readonly delay: number;
  readonly monitor: number;
  readonly healthCommand: string;
}

export interface Hooks {
  readonly beforeDeploy: string;
  readonly afterDeploy: string;
  readonly beforeRollback: string;
  readonly afterRollback: string;
}

export interface Publish {
  /** The Publish over SSH server's configured root on the host; empty when unknown. */
  readonly remoteRoot: string;
  readonly remoteDirectory: string;
  /** 0: no limit, as Publish over SSH has it. */
  readonly execTimeout: number;
}

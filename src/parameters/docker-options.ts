/**
 * The options of `docker create`: `docker create --help` of docker 28.2 (Linux), those that 20.10 to 27 had besides
 * (--net, --net-alias and --dns-opt are hidden there), and nothing else. A later option can be given as `--name=value`.
 */
export const FLAGS: ReadonlySet<string> = new Set([
  'disable-content-trust',
  'help',
  'init',
  'interactive',
  'no-healthcheck',
  'oom-kill-disable',
  'privileged',
  'publish-all',
  'quiet',
  'read-only',
  'rm',
  'tty',
  'use-api-socket',
]);

/** Options that take a value: the next argument, if it is not joined by "=". */
export const VALUED: ReadonlySet<string> = new Set([
  ...['add-host', 'annotation', 'attach', 'blkio-weight', 'blkio-weight-device', 'cap-add', 'cap-drop'],
  ...['cgroup-parent', 'cgroupns', 'cidfile', 'cpu-count', 'cpu-percent', 'cpu-period', 'cpu-quota'],
  ...['cpu-rt-period', 'cpu-rt-runtime', 'cpu-shares', 'cpus', 'cpuset-cpus', 'cpuset-mems', 'device'],
  ...['device-cgroup-rule', 'device-read-bps', 'device-read-iops', 'device-write-bps', 'device-write-iops'],
  ...['dns', 'dns-opt', 'dns-option', 'dns-search', 'domainname', 'entrypoint', 'env', 'env-file', 'expose'],
  ...['gpus', 'group-add', 'health-cmd', 'health-interval', 'health-retries', 'health-start-interval'],
  ...[
    'health-start-period',
    'health-timeout',
    'hostname',
    'io-maxbandwidth',
    'io-maxiops',
    'ip',
    'ip6',
    'ipc',
  ],
  ...['isolation', 'kernel-memory', 'label', 'label-file', 'link', 'link-local-ip', 'log-driver', 'log-opt'],
  ...[
    'mac-address',
    'memory',
    'memory-reservation',
    'memory-swap',
    'memory-swappiness',
    'mount',
    'name',
    'net',
  ],
  ...['net-alias', 'network', 'network-alias', 'oom-score-adj', 'pid', 'pids-limit', 'platform', 'publish'],
  ...['pull', 'restart', 'runtime', 'security-opt', 'shm-size', 'stop-signal', 'stop-timeout', 'storage-opt'],
  ...[
    'sysctl',
    'tmpfs',
    'ulimit',
    'user',
    'userns',
    'uts',
    'volume',
    'volume-driver',
    'volumes-from',
    'workdir',
  ],
]);

/** One letter -> the long name. */
export const SHORT: ReadonlyMap<string, string> = new Map(
  Object.entries({
    a: 'attach',
    c: 'cpu-shares',
    e: 'env',
    h: 'hostname',
    i: 'interactive',
    l: 'label',
    m: 'memory',
    P: 'publish-all',
    p: 'publish',
    q: 'quiet',
    t: 'tty',
    u: 'user',
    v: 'volume',
    w: 'workdir',
  }),
);

/** Options that scripts must decide themselves -> why, or what to use instead. */
export const REFUSED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    name: 'the container is called like the app',
    rm: 'a parked container must outlive its stop',
    restart: 'use container.restart',
    cidfile: 'the scripts take the id from docker',
    pull: 'the scripts pull before they create',
    net: 'use container.network, and container.networks for further ones',
    network: 'use container.network, and container.networks for further ones',
    'stop-timeout': 'use stopTimeout',
    'label-file': 'its labels cannot be checked here: use container.labels',
    attach: 'nobody is attached on the host',
    help: 'it would print help instead of creating a container',
  }),
);

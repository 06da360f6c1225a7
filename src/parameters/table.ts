import { type Entry, ofBuild, setting } from './entry.js';
import { anyText, choice, duration, type Field, flag, integer, line, listOf, mapOf } from './field.js';
import { checkOptions } from './options.js';
import * as build from './values/build.js';
import * as name from './values/names.js';
import { absoluteFile, absolutePath, remoteDirectory, workspacePath } from './values/paths.js';
import { PORT, publishedPort } from './values/ports.js';
import { REPOSITORY, repository, rollbackTarget } from './values/reference.js';
import * as resource from './values/resources.js';
import { findSecret, noSecretInCommand } from './values/secrets.js';
import * as service from './values/swarm.js';
import { VOLUME, volume } from './values/volumes.js';

const DAY = 24 * 3_600_000;
const file = line('/.*', absoluteFile);
const labels = mapOf(line(name.LABEL_KEY, name.labelKey), anyText());

/**
 * Every parameter, once. The command line, the environment reader, the config file's rules, gen-scripts.schema.json
 * and docs/parameters.md are all made from this table; the order is that of the reference.
 */
export const TABLE = {
  ctrlBuild: ofBuild(
    'ctrl-build',
    ['CTRL_BUILD'],
    line(undefined, build.ctrlBuild),
    'true: a manual build; false: a manual rollback; unset: the job was started by a tag push',
  ),
  buildNumber: ofBuild(
    'build-number',
    ['BUILD_NUMBER'],
    line(undefined, build.buildNumber),
    'Number of the Jenkins build; a manual build needs it for its tag',
  ),
  gitTag: ofBuild(
    'git-tag',
    ['GIT_TAG', 'TAG_NAME'],
    line(undefined, build.gitTag),
    'Git tag to use instead of asking git',
    { fallbackText: 'git describe --always --tags' },
  ),
  pushedRef: ofBuild(
    '',
    ['gitlabSourceBranch'],
    line(),
    "What GitLab pushed; refs/tags/NAME makes the build a deploy of tag NAME, whatever the checkbox's default is",
  ),
  rollbackTo: ofBuild(
    'rollback-to',
    ['ROLLBACK_TO'],
    line(undefined, rollbackTarget),
    'Image to roll back to: its tag, digest or line of the history',
    { fallbackText: 'the last line of the history' },
  ),
  rollbackSteps: ofBuild(
    'rollback-steps',
    ['ROLLBACK_STEPS'],
    line(undefined, build.rollbackSteps),
    'How many versions to roll back',
    { fallbackText: '1, once a build' },
  ),
  environment: ofBuild(
    'env',
    ['GEN_SCRIPTS_ENV'],
    line(),
    'Entry of environments: that is merged over the rest: maps merge, lists replace',
  ),
  buildUrl: ofBuild('build-url', ['BUILD_URL'], line(), 'Address of the Jenkins build, for the record'),
  jobName: ofBuild('job-name', ['JOB_NAME'], line(), 'Name of the Jenkins job, for the record'),
  user: ofBuild(
    'user',
    ['gitlabUserName', 'BUILD_USER_ID'],
    line(),
    'Who asked for the build, for the record',
  ),

  app: setting(
    'app',
    line(name.CONTAINER_NAME, name.containerName),
    '',
    'Name of the container; also names the history and the labels',
    { example: 'citest', fallbackText: 'required' },
  ),
  image: setting(
    'image',
    line(REPOSITORY, repository),
    '',
    'Repository that hosts pull from, without a tag',
    { example: 'registry.example.com/team/citest', fallbackText: 'required' },
  ),
  engine: setting(
    'engine',
    choice('docker', 'swarm'),
    'docker',
    'docker: one container on each host; swarm: a service, by a manager of a swarm: docs/swarm.md',
  ),

  'build.image': setting(
    'build.image',
    line(REPOSITORY, repository),
    '',
    'Repository that the agent pushes to, if its address differs from the one that hosts pull from',
    { fallbackText: 'image', example: 'registry-vpc.example.com/team/citest' },
  ),
  'build.context': setting(
    'build.context',
    line(undefined, workspacePath),
    '.',
    'Folder that docker build sends',
  ),
  'build.dockerfile': setting(
    'build.dockerfile',
    line(undefined, workspacePath),
    'Dockerfile',
    'Dockerfile, relative to the workspace',
  ),
  'build.args': setting(
    'build.args',
    mapOf(line(name.ARG_NAME, name.argName), anyText(), findSecret),
    {},
    'Build arguments; no secrets: they stay in the image',
    { example: { NODE_ENV: 'production' } },
  ),
  'build.target': setting(
    'build.target',
    line('[a-zA-Z0-9][a-zA-Z0-9_.-]*', name.buildTarget),
    '',
    'Stage of the Dockerfile to build',
    { fallbackText: 'the last stage' },
  ),
  'build.platform': setting(
    'build.platform',
    line(name.PLATFORM, name.platform),
    '',
    'Platform to build for',
    { fallbackText: "the agent's", example: 'linux/amd64' },
  ),
  'build.labels': setting('build.labels', labels, {}, 'Further labels of the image', {
    example: { team: 'web' },
  }),
  'git.match': setting(
    'git.match',
    line(undefined, name.gitMatch),
    '',
    'Pattern for git describe --match, for several apps in one repository',
    { example: 'web-*' },
  ),

  'registry.login': setting(
    'registry.login',
    choice('none', 'file', 'shipped'),
    'none',
    'How the host logs in to pull. none: it is logged in; file: with a password file on the host; shipped: with credentials that travel with the scripts and are deleted at once',
  ),
  'registry.username': setting('registry.username', line(), '', 'User name for login: file', {
    example: 'robot$citest',
  }),
  'registry.passwordFile': setting(
    'registry.passwordFile',
    file,
    '',
    'Absolute path of the password file on the host, for login: file',
    { example: '/etc/citest.password' },
  ),

  'container.ports': setting(
    'container.ports',
    listOf(line(PORT, publishedPort)),
    [],
    'Published ports, as docker create --publish takes them',
    { example: ['8080:80'] },
  ),
  'container.env': setting(
    'container.env',
    mapOf(line(name.ENV_NAME, name.envName), anyText(), findSecret),
    {},
    'Environment variables; no secrets: they would stand in the scripts',
    { example: { TZ: 'Asia/Shanghai' } },
  ),
  'container.envFile': setting(
    'container.envFile',
    file,
    '',
    'Absolute path of a file of environment variables on the host: the place for secrets',
    { example: '/etc/citest.env' },
  ),
  'container.volumes': setting(
    'container.volumes',
    listOf(line(VOLUME, volume)),
    [],
    'Volumes, as docker create --volume takes them',
    { example: ['/data/citest:/data'] },
  ),
  'container.network': setting(
    'container.network',
    line(name.NETWORK, name.network),
    'bridge',
    'bridge, host, none, container:<name> or the name of a network',
  ),
  'container.networks': setting(
    'container.networks',
    listOf(line(name.FURTHER_NETWORK, name.furtherNetwork)),
    [],
    'Names of further networks, joined before the start',
    { example: ['backend'] },
  ),
  'container.restart': setting(
    'container.restart',
    line(name.RESTART, name.restart),
    'unless-stopped',
    'Restart policy: no, always, unless-stopped or on-failure[:retries]',
  ),
  'container.memory': setting(
    'container.memory',
    line(resource.MEMORY, resource.memory),
    '',
    'Memory limit',
    { fallbackText: 'no limit', example: '512m' },
  ),
  'container.cpus': setting('container.cpus', line(resource.CPUS, resource.cpus), '', 'Number of CPUs', {
    fallbackText: 'no limit',
    example: 1.5,
  }),
  'container.user': setting(
    'container.user',
    line(name.USER, name.user),
    '',
    'User and group of the process',
    { fallbackText: "the image's", example: '1000:1000' },
  ),
  'container.labels': setting('container.labels', labels, {}, 'Further labels of the container', {
    example: { team: 'web' },
  }),
  'container.init': setting(
    'container.init',
    flag,
    false,
    'Run an init as process 1, which forwards signals',
  ),
  'container.command': setting('container.command', listOf(anyText()), [], 'Command and arguments', {
    fallbackText: "the image's",
    example: ['serve', '--port=80'],
  }),
  'container.options': setting(
    'container.options',
    listOf(anyText(), checkOptions),
    [],
    'Any other arguments of docker create',
    { example: ['--log-opt=max-size=10m'] },
  ),

  'health.url': setting(
    'health.url',
    line(resource.PATTERN_URL, resource.probeUrl),
    '',
    'URL that is probed from the host',
    {
      fallbackText: "the image's HEALTHCHECK; without one: still running after settle",
      example: 'http://127.0.0.1:8080/health',
    },
  ),
  'health.timeout': setting(
    'health.timeout',
    duration({ min: 1000 }),
    '60s',
    'How long a new container may take to become healthy',
  ),
  'health.interval': setting(
    'health.interval',
    duration({ min: 100, step: 1, max: 60_000 }),
    '500ms',
    'Pause between two probes',
  ),
  'health.settle': setting(
    'health.settle',
    duration(),
    '5s',
    'How long a container without a probe must keep running',
  ),

  'swarm.replicas': setting('swarm.replicas', integer(1, 1000), 1, 'Tasks of the service, with engine swarm'),
  'swarm.constraints': setting(
    'swarm.constraints',
    listOf(line(service.CONSTRAINT, service.constraint)),
    [],
    'Nodes that the tasks may run on',
    { example: ['node.role==worker'] },
  ),
  'swarm.secrets': setting(
    'swarm.secrets',
    listOf(line(service.SECRET, service.secret)),
    [],
    'Secrets of the swarm by name; the container has them in /run/secrets/<name>, or at the target behind the colon',
    { example: ['citest_password'] },
  ),
  'swarm.configs': setting(
    'swarm.configs',
    listOf(line(service.CONFIG, service.config)),
    [],
    'Configs of the swarm by name, and their path in the container',
    { example: ['citest_nginx:/etc/nginx/nginx.conf'] },
  ),
  'swarm.publish': setting(
    'swarm.publish',
    choice('ingress', 'host'),
    'ingress',
    'ingress: every node of the swarm answers on container.ports; host: only the nodes that a task runs on',
  ),
  'swarm.endpoint': setting(
    'swarm.endpoint',
    choice('vip', 'dnsrr'),
    'vip',
    'How other services find the tasks: by one virtual address, or by all of theirs',
  ),
  'swarm.order': setting(
    'swarm.order',
    choice('start-first', 'stop-first'),
    '',
    'Whether a task is replaced before or after the old one is stopped',
    { fallbackText: 'start-first; with ports of publish: host stop-first' },
  ),
  'swarm.parallelism': setting(
    'swarm.parallelism',
    integer(0, 1000),
    1,
    'Tasks that are replaced at once; 0: all',
  ),
  'swarm.delay': setting('swarm.delay', duration({ max: 3_600_000 }), '0s', 'Pause between two replacements'),
  'swarm.monitor': setting(
    'swarm.monitor',
    duration({ min: 1000, max: 3_600_000 }),
    '5s',
    'How long Swarm watches a replaced task: failing, it takes the whole update back',
  ),
  'swarm.healthCommand': setting(
    'swarm.healthCommand',
    line(undefined, noSecretInCommand),
    '',
    'Shell command in the container that tells its health',
    { fallbackText: "the image's HEALTHCHECK", example: 'wget -q -O /dev/null http://127.0.0.1/health' },
  ),
  strategy: setting(
    'strategy',
    choice('auto', 'recreate', 'preflight', 'handover', 'start-first'),
    'auto',
    'How a container is replaced: docs/strategies.md',
  ),
  'preflight.volumes': setting(
    'preflight.volumes',
    choice('none', 'read-only', 'same'),
    'read-only',
    'Volumes of the container that preflight only checks',
  ),
  'handover.stop': setting(
    'handover.stop',
    choice('after', 'before'),
    'after',
    'When handover stops the old container: after its ports have moved, or before, so that it finishes its requests',
  ),
  drain: setting(
    'drain',
    duration({ max: 3_600_000 }),
    '5s',
    'How long both versions serve before the old one is stopped, with start-first',
  ),
  stopTimeout: setting('stopTimeout', duration(), '10s', 'Grace of docker stop before it kills'),
  lockWait: setting('lockWait', duration(), '60s', 'How long to wait for another run on the same host'),
  'history.file': setting(
    'history.file',
    file,
    '',
    'History on the host; its lock, log and journal stand beside it',
    { fallbackText: '/data/jenkins/<app>_history', example: '/data/jenkins/citest_history' },
  ),
  'history.keep': setting('history.keep', integer(1, 100_000), 50, 'Lines of history to keep'),
  retain: setting(
    'retain',
    integer(0, 1000),
    3,
    'Stopped containers, with their images, kept for an instant rollback',
  ),

  'hooks.beforeDeploy': setting(
    'hooks.beforeDeploy',
    anyText(noSecretInCommand),
    '',
    'Shell command on the host before a deploy; failing, it stops the deploy',
  ),
  'hooks.afterDeploy': setting(
    'hooks.afterDeploy',
    anyText(noSecretInCommand),
    '',
    'Shell command on the host after a deploy',
  ),
  'hooks.beforeRollback': setting(
    'hooks.beforeRollback',
    anyText(noSecretInCommand),
    '',
    'Shell command on the host before a rollback; failing, it stops the rollback',
  ),
  'hooks.afterRollback': setting(
    'hooks.afterRollback',
    anyText(noSecretInCommand),
    '',
    'Shell command on the host after a rollback',
  ),

  'publish.remoteRoot': setting(
    'publish.remoteRoot',
    line('/.*', absolutePath),
    '',
    "Root folder of the SSH server in Jenkins' configuration",
    { fallbackText: 'unknown', example: '/data/jenkins' },
  ),
  'publish.remoteDirectory': setting(
    'publish.remoteDirectory',
    line(undefined, remoteDirectory),
    '',
    'Folder below that root where the scripts are put',
    { fallbackText: '<app>', example: 'citest' },
  ),
  'publish.execTimeout': setting(
    'publish.execTimeout',
    duration({ max: 7 * DAY }),
    '10m',
    'Exec timeout of the SSH step; 0: no limit',
  ),
};

/** Name of a parameter: its path in Parameters, or what only `resolve` sees. */
export type Name = keyof typeof TABLE;

/** The TypeScript type of a parameter's value. */
export type ValueOf<N extends Name> = ValueIn<(typeof TABLE)[N]['field']>;

type ValueIn<F extends Field> = F extends { shape: 'text' }
  ? string
  : F extends { shape: 'duration' | 'integer' }
    ? number
    : F extends { shape: 'boolean' }
      ? boolean
      : F extends { shape: 'list' }
        ? readonly string[]
        : Readonly<Record<string, string>>;

export const ENTRIES = Object.entries(TABLE) as readonly (readonly [Name, Entry])[];

/** Names of what the config file may hold; there, the name is the key. */
export const SETTINGS = ENTRIES.filter(([, entry]) => entry.key !== '');

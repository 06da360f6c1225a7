/**
 * The contract between the simulated docker and a real engine, as data. Every call that scripts make, and its errors.
 *
 * In arguments `{R}` is a repository of the open registry, `{P}` one that needs a password, `{HOST}` the latter's
 * registry, `{DOWN}` an address where nothing listens, `{TMP}` a directory with the files of `files`, and `{name}`
 * whatever an earlier step saved (`save`: the first line of its output). Steps run in order, on one host.
 *
 * A step: args; note, if the point is not plain; stdin; env; wait (ms before it); until (repeated until its output has
 * this text, 10 s at most); and what is not compared:
 * `unordered` - the order of the lines, `talk` - only that stderr is empty or not (client 28 words it differently), `silent` - nothing but the status.
 */

/** Behaviours an image can have, by tag: what simctl is told, and what a real image runs. */
export const images = {
  v1: { simulated: [], command: 'trap "exit 0" TERM; while :; do sleep 0.1; done' },
  v2: { simulated: [], command: 'trap "exit 0" TERM; while :; do sleep 0.1; : v2; done' },
  well: {
    simulated: ['healthcheck', 'interval=300'],
    command: 'trap "exit 0" TERM; while :; do sleep 0.1; done',
    healthcheck: '--interval=300ms --retries=1 CMD true',
  },
  sick: {
    simulated: ['healthcheck', 'interval=300', 'unhealthy'],
    command: 'trap "exit 0" TERM; while :; do sleep 0.1; done',
    healthcheck: '--interval=300ms --retries=1 CMD false',
  },
  crash: { simulated: ['crash=3'], command: 'exit 3' },
  grim: {
    simulated: ['healthcheck', 'interval=300', 'unhealthy', 'ignores-term'],
    command: 'while :; do sleep 0.1; done',
    healthcheck: '--interval=300ms --retries=1 CMD false',
  },
  says: {
    simulated: [],
    command: 'echo says: started; trap "exit 0" TERM; while :; do sleep 0.1; done',
  },
  deaf: { simulated: ['ignores-term'], command: 'while :; do sleep 0.1; done' },
};

/** Files that steps read. */
export const files = {
  'good.env': 'A=b\n# comment\nC\n',
  'bad.env': 'A B=c\n',
  Dockerfile: 'FROM scratch\nARG V=0\nLABEL v=$V\nCMD ["/x"]\n',
};

const HEALTH = '{{if .State.Health}}{{.State.Health.Status}}{{else}}none{{end}}';
const CHECK =
  '{{with .Config.Healthcheck}}{{index .Test 0}} {{len .Test}} {{len $.Config.Shell}}{{if eq (index .Test 0) "CMD-SHELL"}}{{range $.Config.Shell}}{{println}}{{.}}{{end}}{{end}}{{range $i, $word := .Test}}{{if $i}}{{println}}{{$word}}{{end}}{{end}}{{end}}';
const STATE = `{{.ID}} {{.Name}} {{.Image}} {{.Config.Image}} {{.State.Status}} {{.State.ExitCode}} {{.RestartCount}} {{.HostConfig.RestartPolicy.Name}} {{.HostConfig.RestartPolicy.MaximumRetryCount}} {{.HostConfig.AutoRemove}} ${HEALTH} {{printf "%q" (index .Config.Labels "team")}} {{index .Config.Labels "gen-scripts.app"}} {{index .Config.Labels "no.such"}}|`;
const OWNER =
  '{{if eq (.Label "gen-scripts.app") "citest"}}ours{{else if or (.Label "gen-scripts.app") (.Label "com.docker.compose.project") (.Label "com.docker.swarm.service.id")}}managed{{else}}plain{{end}}';
const LIST = `{{.ID}} {{.State}} {{.Names}} {{.Image}} {{printf "%q" (.Label "team")}} ${OWNER}`;
const IMAGE = '{{.Id}}|{{range .RepoDigests}} {{.}}{{end}}|{{range .RepoTags}} {{.}}{{end}}';
const LABELS =
  '{{or (index .Config.Labels "team") "-"}} {{or (index .Config.Labels "gen-scripts.app") "no"}} {{.State.Status}}';
const ZERO = `sha256:${'0'.repeat(64)}`;

const inspect = (...words) => ({ args: ['container', 'inspect', '--format', STATE, ...words] });
const state = (name) => ({
  args: ['container', 'inspect', '--format', '{{.State.Status}} {{.State.ExitCode}}', name],
});
const list = (...options) => ({ args: ['ps', '--all', '--no-trunc', '--format', LIST, ...options] });
const image = (...refs) => ({ args: ['image', 'inspect', '--format', IMAGE, ...refs] });
const create = (name, ...rest) => ({ args: ['create', '--pull', 'never', '--name', name, ...rest] });
const talk = (step) => ({ ...step, talk: true });

const about = [
  {
    args: ['version', '--format', '{{.Server.Version}}{{range .Server.Components}} {{.Name}}{{end}}'],
    silent: true,
  },
  { args: ['version', '--format', '{{.Server.Version}}'], silent: true },
  { args: ['version', '--format', '{{.Client.Version}}'], silent: true },
  { args: ['--version'], silent: true },
  { args: ['info', '--format', '{{.ServerVersion}}'], silent: true },
  { args: ['context', 'inspect', '--format', '{{.Endpoints.docker.Host}}'] },
  talk({ args: ['context', 'inspect', '--format', '{{.Endpoints.docker.Host}}', 'no-such-context'] }),
  { args: ['buildx', 'version'], silent: true, note: 'neither client of the test machine has buildx' },
  { args: ['ps', '--all', '--quiet'], env: { DOCKER_HOST: 'unix:///no/such.sock' } },
  {
    args: ['version', '--format', '{{.Server.Version}}{{range .Server.Components}} {{.Name}}{{end}}'],
    env: { DOCKER_HOST: 'unix:///no/such.sock' },
  },
];

const pulling = [
  { args: ['pull', '{R}:v1'] },
  { args: ['pull', '{R}:v1'], note: 'again: up to date' },
  { args: ['pull', '--quiet', '{R}:v2'] },
  { args: ['pull', '-q', '{R}:well'] },
  { args: ['pull', '{R}:no-such-tag'] },
  { args: ['pull', `{R}@${ZERO}`] },
  { args: ['pull', '{R}:a:b'] },
  { args: ['pull', '{DOWN}/x:y'] },
  talk({ args: ['pull'] }),
  image('{R}:v1'),
  image('{R}:no-such-tag', '{R}:v1'),
  image('{R}:no-such-tag'),
  {
    args: ['image', 'inspect', '--format', '{{range .RepoDigests}} {{.}}{{end}}', '{R}:v1'],
    save: 'v1digest',
    cut: '@',
  },
  { args: ['image', 'inspect', '--format', '{{.ID}}', '{R}:v1'], save: 'v1id' },
  { args: ['pull', '{R}:v1@{v1digest}'] },
  image('{R}:v1@{v1digest}', '{R}@{v1digest}', '{v1id}'),
  { args: ['image', 'inspect', '--format', '{{range .RepoDigests}}{{println .}}{{end}}', '{R}:v1'] },
  { args: ['image', 'inspect', '--format', '{{range .RepoTags}}{{println .}}{{end}}', '{R}:v1'] },
];

const creating = [
  create('contract-a', '{R}:v1'),
  create('contract-a', '{R}:v1'),
  create('contract-b', '{R}:no-such-tag'),
  { args: ['create', '--name', 'contract-b', '{R}:no-such-tag'], note: 'tries to pull' },
  create('x', '{R}:v1'),
  create('a b', '{R}:v1'),
  talk(create('contract-b', '--env-file', '{TMP}/none.env', '{R}:v1')),
  talk(create('contract-b', '--env-file', '{TMP}', '{R}:v1')),
  talk(create('contract-b', '--env-file', '{TMP}/bad.env', '{R}:v1')),
  talk(create('contract-b', '--no-such-flag', '{R}:v1')),
  talk(create('contract-b', '--memory', '1x', '{R}:v1')),
  talk(create('contract-b', '--cpus', 'x', '{R}:v1')),
  talk(create('contract-b', '--publish', '80a:80', '{R}:v1')),
  talk(create('contract-b', '--publish', '70000:80', '{R}:v1')),
  talk(create('contract-b', '--label', '=x', '{R}:v1')),
  talk(create('contract-b', '--label', 'a b=x', '{R}:v1')),
  talk(create('contract-b', '--rm', '--restart', 'always', '{R}:v1')),
  create('contract-b', '--restart', 'sometimes', '{R}:v1'),
  create('contract-b', '--restart', 'always:3', '{R}:v1'),
  talk(create('contract-b', '--user')),
  talk(create('contract-b')),
  talk(create('contract-b', '{R}:Bad:b')),
  {
    ...create(
      'contract-b',
      ...['--publish', '18080:80', '--restart', 'unless-stopped', '--label', 'gen-scripts.app=citest'],
      ...['--label', 'team=a"b\\c', '--env', 'A=b', '--env-file', '{TMP}/good.env', '--volume', '/tmp:/data'],
      ...['--memory', '64m', '--cpus', '1.5', '--user', '1:1', '--hostname=h', '--init'],
      '{R}:v1@{v1digest}',
    ),
    save: 'b',
  },
  create(
    'contract-c',
    '-p',
    '127.0.0.1:18080:80',
    '--label',
    'com.docker.compose.project=other',
    '{R}:v2',
    'sh',
    '-c',
    'x',
  ),
  create('contract-n', '--network', 'no-such-network', '{R}:v1'),
  { args: ['start', 'contract-n'] },
  { args: ['rm', 'contract-n'] },
  create('contract-h', '--network', 'host', '--publish', '1:1', '{R}:v1'),
  { args: ['rm', '--volumes', 'contract-h'] },
];

const running = [
  { args: ['start', 'contract-b'] },
  { args: ['start', '{b}'], note: 'already running' },
  { args: ['start', 'contract-c'], note: 'the port is taken' },
  { args: ['start', 'no-such'] },
  inspect('contract-a', '{b}', 'contract-c'),
  inspect('no-such', 'contract-a', 'no-such-2'),
  inspect('no-such'),
  {
    args: ['container', 'inspect', '--format', `{{.Id}} ${HEALTH}`, 'contract-a'],
    note: '.Id falls back to JSON',
  },
  {
    args: [
      'container',
      'inspect',
      '--format',
      '{{.Id}} {{index .Config.Labels "no"}} {{.Name}}',
      'contract-a',
    ],
  },
  { args: ['container', 'inspect', '--format', '{{.Name}}', '/contract-a'] },
  { args: ['container', 'inspect', '--format', LABELS, 'contract-a', 'contract-b'] },
  list(),
  list('--filter', 'label=gen-scripts.app=citest'),
  list('--filter', 'label=gen-scripts.app'),
  list('--filter', 'ancestor={R}:v1'),
  list('--filter', 'ancestor={v1id}', '--filter', 'label=team'),
  list('--filter', 'ancestor=no-such'),
  { args: ['ps', '--no-trunc', '--format', '{{.Names}}\\t{{.Label "team"}}'] },
  { args: ['ps', '--all', '--quiet'] },
  { args: ['ps', '-aq', '--no-trunc'] },
];

const changing = [
  { args: ['update', '--restart=no', 'contract-b'] },
  { args: ['update', '--restart=on-failure:3', '{b}'] },
  inspect('contract-b'),
  { args: ['update', '--restart=sometimes', 'contract-b'] },
  { args: ['update', '--restart=always:3', 'contract-b'] },
  { args: ['update', '--restart=no', 'no-such'] },
  { args: ['update', '--restart=unless-stopped', 'contract-a', 'contract-b'] },
  { args: ['rename', 'contract-b', 'contract-b'] },
  { args: ['rename', 'contract-b', 'contract-a'] },
  { args: ['rename', 'contract-b', 'x!'] },
  { args: ['rename', 'no-such', 'contract-z'] },
  { args: ['rename', '{b}', 'contract-b2'] },
  talk({ args: ['rename', 'contract-b2'] }),
  { args: ['rm', 'contract-b2'], note: 'it runs' },
  { args: ['rm', 'no-such'] },
  { args: ['rm', '-v', 'no-such', 'contract-c'] },
  { args: ['logs', '--tail', '5', 'no-such'] },
  { args: ['logs', '--tail', '5', 'contract-a'], note: 'never ran' },
];

const stopping = [
  { args: ['stop', '-t', '5', 'contract-b2'] },
  { args: ['stop', '--time', '5', 'contract-b2'], note: 'again' },
  { args: ['stop', '-t', '5', 'no-such', 'contract-a'] },
  talk({ args: ['stop'] }),
  inspect('contract-b2'),
  { args: ['kill', 'contract-b2'] },
  { args: ['kill', 'no-such'] },
  { args: ['start', 'contract-b2'] },
  { args: ['kill', 'contract-b2'] },
  inspect('contract-b2'),
  { args: ['pull', '-q', '{R}:deaf'] },
  { args: ['pull', '-q', '{R}:sick'] },
  { args: ['pull', '-q', '{R}:crash'] },
  create('contract-deaf', '{R}:deaf'),
  { args: ['start', 'contract-deaf'] },
  { args: ['stop', '-t', '1', 'contract-deaf'] },
  inspect('contract-deaf'),
  create('contract-well', '{R}:well'),
  create('contract-sick', '{R}:sick'),
  create('contract-nohealth', '--no-healthcheck', '{R}:well'),
  inspect('contract-well'),
  { args: ['start', 'contract-well', 'contract-sick', 'contract-nohealth'] },
  { ...inspect('contract-well', 'contract-sick', 'contract-nohealth'), wait: 1500 },
  {
    args: ['container', 'inspect', '--format', CHECK, 'contract-well', 'contract-sick', 'contract-nohealth'],
    note: 'with which words a check is run',
  },
  { args: ['exec', 'contract-well', 'true'] },
  { args: ['exec', 'contract-sick', 'false'] },
  { args: ['stop', '-t', '5', 'contract-well'] },
  { args: ['exec', 'contract-well', 'true'] },
  { args: ['exec', 'contract-none', 'true'] },
  inspect('contract-well'),
  { args: ['rm', '-f', 'contract-well', 'contract-sick', 'contract-nohealth', 'contract-deaf'] },
];

const restarting = [
  create('contract-crash', '{R}:crash'),
  { args: ['start', 'contract-crash'] },
  { ...inspect('contract-crash'), wait: 500 },
  { args: ['rm', 'contract-crash'] },
  create('contract-twice', '--restart', 'on-failure:2', '{R}:crash'),
  { args: ['start', 'contract-twice'] },
  { ...inspect('contract-twice'), wait: 3000, note: 'tried twice more, then given up' },
  { args: ['rm', 'contract-twice'] },
  create('contract-loop', '--restart', 'always', '{R}:crash'),
  { args: ['start', 'contract-loop'] },
  { ...state('contract-loop'), wait: 2000, until: 'restarting' },
  // Between two waits of the engine it runs for a moment: each of these calls is tried until it meets the waiting one.
  { args: ['rm', 'contract-loop'], until: 'restarting', note: 'restarting counts as running' },
  { ...state('contract-loop'), until: 'restarting' },
  {
    args: ['ps', '--no-trunc', '--format', '{{.Names}} {{.State}}', '--filter', 'ancestor={R}:crash'],
    until: 'restarting',
  },
  { args: ['stop', '-t', '1', 'contract-loop'] },
  state('contract-loop'),
  { args: ['rm', 'contract-loop'] },
  create('contract-rm', '--rm', '{R}:v1'),
  inspect('contract-rm'),
  { args: ['update', '--restart=always', 'contract-rm'] },
  { args: ['start', 'contract-rm'] },
  { args: ['stop', '-t', '5', 'contract-rm'] },
  { ...inspect('contract-rm'), wait: 500 },
];

const untagging = [
  { args: ['rmi', '{R}:v1'], note: 'its only tag, and in use' },
  { args: ['rmi', '{R}:v1@{v1digest}'] },
  { args: ['rmi', '{v1id}'] },
  { args: ['image', 'rm', '{R}:v2'], note: 'not in use: goes with its digest' },
  { args: ['rmi', '{R}:v2', '{R}:no-such'] },
  { args: ['rmi', '{R}:v1@{v1digest}@'] },
  { args: ['tag', '{R}:v1', '{R}:extra'] },
  image('{R}:v1'),
  { args: ['rmi', '{R}:v1'], note: 'another tag is left' },
  list(),
  { args: ['rmi', '{R}:extra'] },
  { args: ['rm', 'contract-a', 'contract-b2'] },
  { args: ['rmi', '{R}@{v1digest}'], note: 'a digest of many' },
  image('{R}:extra'),
  { args: ['rmi', '{R}:extra'] },
  { args: ['pull', '-q', '{R}:v1@{v1digest}'] },
  image('{R}:v1@{v1digest}'),
  image('{R}:v1'),
  create('contract-d', '{R}:v1@{v1digest}'),
  { args: ['ps', '--all', '--format', '{{.Names}} {{.Image}}'], note: 'no digest, unless --no-trunc' },
  { args: ['rmi', '{R}:v1@{v1digest}'] },
  list(),
  { args: ['rm', 'contract-d'] },
  { args: ['rmi', `{R}:v1@${ZERO}`] },
  { args: ['rmi', '{R}:v1@{v1digest}'] },
  { args: ['image', 'inspect', '--format', '{{.ID}}', '{R}:v1@{v1digest}'] },
];

const runs = [
  { args: ['run', '-d', '--name', 'contract-r', '-p', '18081:80', '{R}:v1'] },
  talk({ args: ['run', '-d', '--name', 'contract-r', '{R}:v1'] }),
  talk({ args: ['run', '-d', '--name', 'contract-s', '{R}:no-such-tag'] }),
  talk({ args: ['run', '--detach', '--name', 'contract-s', '-p', '18081:80', '{R}:v1'] }),
  list(),
  { args: ['rm', '-f', 'contract-r', 'contract-s'] },
  { args: ['rmi', '{R}:v1'] },
];

const ATTACHED =
  '{{.HostConfig.NetworkMode}} {{.State.Status}} {{.State.ExitCode}} {{len .HostConfig.PortBindings}} {{range $p, $b := .HostConfig.PortBindings}}{{$p}} {{end}}| {{range $name, $_ := .NetworkSettings.Networks}}{{$name}},{{end}} {{range $name, $net := .NetworkSettings.Networks}}{{$name}}={{$net.IPAddress}} {{end}}| {{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}| {{with index .NetworkSettings.Networks "contract-stage"}}{{.IPAddress}}{{end}}|{{with index .NetworkSettings.Networks "bridge"}}{{.GlobalIPv6Address}}{{end}}';
const attached = (...names) => ({ args: ['container', 'inspect', '--format', ATTACHED, ...names] });
const network = (...words) => ({ args: ['network', ...words] });
const connect = (...words) => network('connect', ...words);
const disconnect = (...words) => network('disconnect', ...words);
const start = (name) => ({ args: ['start', name] });
const stop = (...names) => ({ args: ['stop', '-t', '5', ...names] });
const members = (...names) =>
  network(
    'inspect',
    '--format',
    '{{.Name}} {{len .Containers}} {{range .Containers}}{{.Name}} {{end}}',
    ...names,
  );

const networks = [
  network('create', 'contract-net'),
  network('create', 'contract-net'),
  network('create', '--internal', '--driver', 'bridge', '--label', 'a=b', '--label=c', 'contract-stage'),
  network('create', '--internal=false', '--subnet', '10.123.0.0/24', 'contract-fixed'),
  network('create', 'bridge'),
  network('create', 'default'),
  talk(network('create')),
  talk(network('create', 'contract-a', 'contract-b')),
  talk(network('create', '--label', '=x', 'contract-a')),
  network('ls', '--no-trunc', '--format', '{{.ID}} {{.Name}}'),
  network('ls', '--format', '{{.Name}} {{.ID}} {{.Driver}} {{.Internal}} {{.Label "a"}}'),
  network('ls', '--quiet'),
  network('ls', '--format', '{{.Name}}', '--filter', 'label=a=b'),
  network('ls', '--format', '{{.Name}}', '--filter', 'label=a', '--filter', 'label=c'),
  network('ls', '--format', '{{.Name}}', '--filter', 'label=no'),
  network('ls', '--format', '{{.Name}}', '--filter', 'name=net'),
  network('ls', '--format', '{{.Name}}', '--filter', 'name=^contract-net$', '--filter', 'name=host'),
  network(
    'inspect',
    '--format',
    '{{.Name}} {{.Internal}} {{.Driver}} {{or (index .Labels "a") "-"}} {{or (index .Labels "z") "-"}} [{{index .Labels "z"}}] {{index .Labels "c"}}',
    ...['contract-stage', 'contract-net', 'bridge', 'host', 'none'],
  ),
  network('inspect', '--format', '{{.Name}} {{.Id}} {{index .Labels "z"}}', 'contract-stage'),
  network('inspect', '--format', '{{.ID}}', 'no-such', 'contract-stage'),
  network('inspect', '--format', '{{.ID}}', 'no-such'),
  { ...network('inspect', '--format', '{{.ID}}', 'contract-stage'), save: 'stage' },
  network('inspect', '--format', '{{.Name}}', '{stage}'),
  network('rm', 'no-such'),
  network('rm', 'bridge', 'none'),
];

/** Of a container that does not run: what its next start shall do. */
const notes = [
  { args: ['pull', '-q', '{R}:v1'] },
  create('contract-old', '--publish', '18082:80', '{R}:v1'),
  start('contract-old'),
  create('contract-new', '--publish', '18082:80', '--publish', '18083:443', '{R}:v1'),
  attached('contract-old', 'contract-new'),
  disconnect('bridge', 'contract-new'),
  attached('contract-new'),
  connect('contract-stage', 'contract-new'),
  { ...connect('contract-stage', 'contract-new'), note: 'again' },
  { ...connect('no-such', 'contract-new'), note: 'noted all the same' },
  attached('contract-new'),
  start('contract-new'),
  disconnect('no-such', 'contract-new'),
  connect('contract-stage', 'no-such'),
  connect('no-such', 'no-such'),
  connect('host', 'contract-new'),
  connect('none', 'contract-new'),
  connect('--alias', 'a', 'bridge', 'contract-new'),
  connect('--ip', '172.17.0.9', 'bridge', 'contract-new'),
  connect('--ip', '172.17.0.9', 'contract-net', 'contract-new'),
  connect('--alias', 'a', '--alias=b', 'contract-net', 'contract-new'),
  connect('--ip', '10.123.0.9', 'contract-fixed', 'contract-new'),
  attached('contract-new'),
  disconnect('--force', 'contract-net', 'contract-new'),
  disconnect('contract-fixed', 'contract-new'),
  disconnect('contract-net', 'contract-new'),
  disconnect('host', 'contract-new'),
  disconnect('contract-net', 'no-such'),
  disconnect('-f', 'contract-net', 'no-such'),
  disconnect('-f', 'no-such', 'no-such'),
  talk(connect('contract-stage')),
  talk(disconnect('contract-stage', 'contract-new', 'contract-old')),
];

/** From one network to the other while it runs: the ports follow. */
const handover = [
  { ...start('contract-new'), note: 'an internal network publishes no port: it starts beside the other one' },
  attached('contract-new'),
  members('contract-stage', 'bridge', 'contract-net'),
  connect('contract-stage', 'contract-new'),
  network('rm', 'contract-stage'),
  { ...connect('bridge', 'contract-new'), note: 'the port is taken' },
  attached('contract-new'),
  members('bridge'),
  { ...disconnect('bridge', 'contract-new'), note: 'it has the name and an interface, and is not connected' },
  disconnect('--force', 'bridge', 'contract-new'),
  connect('bridge', 'contract-new'),
  disconnect('bridge', 'contract-old'),
  attached('contract-old'),
  { ...connect('bridge', 'contract-new'), note: 'the port is free, the interface is in the way' },
  stop('contract-new'),
  attached('contract-new'),
  disconnect('bridge', 'contract-new'),
  start('contract-new'),
  connect('bridge', 'contract-new'),
  attached('contract-new'),
  disconnect('contract-stage', 'contract-new'),
  disconnect('contract-stage', 'contract-new'),
  disconnect('no-such', 'contract-new'),
  connect('no-such', 'contract-new'),
  connect('host', 'contract-new'),
  connect('none', 'contract-new'),
  connect('--alias', 'a', 'bridge', 'contract-new'),
  { ...connect('bridge', 'contract-old'), note: 'now it is the other way round' },
  attached('contract-old', 'contract-new'),
  stop('contract-old'),
  { ...start('contract-old'), note: 'the port is taken' },
  connect('contract-stage', 'contract-new'),
  disconnect('bridge', 'contract-new'),
  { ...start('contract-old'), note: 'an internal network that is left keeps the port' },
  disconnect('contract-stage', 'contract-new'),
  start('contract-old'),
  attached('contract-old', 'contract-new'),
  disconnect('bridge', 'contract-old'),
  connect('contract-net', 'contract-new'),
  connect('bridge', 'contract-new'),
  { ...disconnect('contract-net', 'contract-new'), note: 'the other one takes over' },
  connect('bridge', 'contract-old'),
  stop('contract-old'),
  disconnect('bridge', 'contract-new'),
  start('contract-old'),
  { args: ['rm', '-f', 'contract-old', 'contract-new'] },
];

/** A network that is gone, or is another one of the same name. */
const lostNetworks = [
  create('contract-a', '--network', 'contract-stage', '--publish', '18082:80', '{R}:v1'),
  network('rm', 'contract-stage'),
  { ...start('contract-a'), note: 'by its name: it never ran there' },
  attached('contract-a'),
  { ...network('create', '--internal', 'contract-stage'), save: 'again' },
  start('contract-a'),
  network('rm', 'contract-net', 'contract-stage'),
  stop('contract-a'),
  network('rm', 'contract-stage'),
  { ...start('contract-a'), note: 'by its id' },
  network('create', '--internal', 'contract-stage'),
  { ...start('contract-a'), note: 'one of the same name is another one' },
  connect('contract-stage', 'contract-a'),
  start('contract-a'),
  attached('contract-a'),
  { args: ['rename', 'contract-a', 'contract-b'] },
  members('contract-stage'),
  disconnect('-f', 'contract-stage', 'contract-a'),
  disconnect('-f', 'contract-stage', 'contract-b'),
  { ...attached('contract-b'), note: 'in no network' },
  stop('contract-b'),
  { ...start('contract-b'), note: 'nor after a start' },
  attached('contract-b'),
  stop('contract-b'),
  connect('{again}', 'contract-b'),
  { ...start('contract-b'), note: 'not the id of a network any more' },
  { args: ['rm', 'contract-b'] },
];

const chosenAddresses = [
  create(
    'contract-a',
    '--network',
    'contract-fixed',
    '--network-alias',
    'web',
    '--ip',
    '10.123.0.9',
    '{R}:v1',
  ),
  create('contract-b', '--network=contract-fixed', '--ip=10.123.0.9', '{R}:v1'),
  start('contract-a'),
  attached('contract-a'),
  start('contract-b'),
  attached('contract-b'),
  disconnect('contract-fixed', 'contract-b'),
  connect('--ip', '10.99.0.1', 'contract-fixed', 'contract-b'),
  start('contract-b'),
  disconnect('contract-fixed', 'contract-b'),
  start('contract-b'),
  connect('--ip', '10.123.0.9', 'contract-fixed', 'contract-b'),
  attached('contract-b'),
  members('contract-fixed'),
  disconnect('contract-fixed', 'contract-b'),
  connect('--ip', '10.123.0.10', 'contract-fixed', 'contract-b'),
  attached('contract-b'),
  { args: ['rm', '-f', 'contract-a', 'contract-b'] },
  create('contract-a', '--network', 'bridge', '{R}:v1'),
  attached('contract-a'),
  { args: ['rm', 'contract-a'] },
  create('contract-a', '--network', 'host', '--publish', '18082:80', '{R}:v1'),
  attached('contract-a'),
  connect('bridge', 'contract-a'),
  { args: ['rm', 'contract-a'] },
  create('contract-a', '--network', 'none', '--publish', '18082:80', '--publish', '18083:80', '{R}:v1'),
  connect('bridge', 'contract-a'),
  start('contract-a'),
  connect('bridge', 'contract-a'),
  attached('contract-a'),
  disconnect('none', 'contract-a'),
  connect('bridge', 'contract-a'),
  attached('contract-a'),
  { args: ['rm', '-f', 'contract-a'] },
  { args: ['rmi', '{R}:v1'] },
  network('rm', 'contract-net', 'contract-stage', 'contract-fixed'),
];

const networking = [networks, notes, handover, lostNetworks, chosenAddresses].flat();

const building = [
  { ...build('--build-arg', 'V=1', '--tag', '{R}:built'), env: { DOCKER_BUILDKIT: '0' } },
  { args: ['push', '{R}:built'] },
  { args: ['push', '--quiet', '{R}:built'] },
  { args: ['push', '{R}:no-such'] },
  { args: ['push', '{DOWN}/x:no-such'] },
  {
    ...build('--build-arg', 'V=2', '--tag', '{R}:built', '--tag', '{R}:built2'),
    env: { DOCKER_BUILDKIT: '0' },
  },
  { args: ['images', '--quiet', '--filter', 'label=contract=yes', '--filter', 'dangling=true'] },
  {
    args: ['images', '--format', '{{.Repository}}:{{.Tag}} {{.ID}}', '--filter', 'label=contract=yes'],
    unordered: true,
  },
  { args: ['image', 'prune', '--force', '--filter', 'label=contract=no'] },
  { args: ['image', 'prune', '--force', '--filter', 'label=contract=yes'], silent: true },
  { args: ['rmi', '{R}:built', '{R}:built2'], silent: true, note: 'with layers of its own' },
  { ...talk(build('--tag', 'Bad:b')), env: { DOCKER_BUILDKIT: '0' } },
  { ...talk(build('--tag', '{R}:x', '--file', '{TMP}/none')), env: { DOCKER_BUILDKIT: '0' } },
  { ...talk(build('--tag', '{R}:x', '--target', 'none')), env: { DOCKER_BUILDKIT: '0' }, silent: true },
];

function build(...options) {
  return {
    args: ['build', '--label', 'contract=yes', '--file', '{TMP}/Dockerfile', ...options, '{TMP}'],
    silent: true,
  };
}

const loggingIn = [
  { args: ['pull', '{P}:v1'] },
  { args: ['login', '--username', 'ci', '--password-stdin', '{HOST}'], stdin: 'wrong' },
  talk({ args: ['login', '--username', 'ci', '--password-stdin', '{HOST}'], stdin: '' }),
  { args: ['login', '--username', 'ci', '--password-stdin', '{DOWN}'], stdin: 's3cret' },
  { args: ['login', '--username', 'ci', '--password-stdin', '{HOST}'], stdin: 's3cret\n' },
  { args: ['pull', '-q', '{P}:v1'] },
  { args: ['push', '-q', '{P}:v1'] },
  { args: ['pull', '{P}:no-such-tag'] },
  { args: ['logout', '{HOST}'] },
  { args: ['push', '{P}:v1'] },
  { args: ['rmi', '{P}:v1'] },
];

/** Without the steps that need a registry with a password. */
export const steps = [
  ...[
    about,
    pulling,
    creating,
    running,
    changing,
    stopping,
    restarting,
    untagging,
    runs,
    networking,
    building,
  ].flat(),
];

/** They need `{P}` and `{HOST}`, user ci and password s3cret. */
export const passwordSteps = loggingIn;

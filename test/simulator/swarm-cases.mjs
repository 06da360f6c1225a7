/**
 * The contract about Swarm services, as contract-cases.mjs has that about containers: first on an engine that is no manager, then
 * on a swarm of one node, called `{NODE}`. `furniture` is what services can be given there.
 */

/** What an administrator has made. */
export const furniture = {
  overlays: ['contract-front', 'contract-back'],
  secrets: ['contract-key', 'contract-other'],
  configs: ['contract-conf'],
};

const SPEC = '.Spec.TaskTemplate';
const STATE =
  '{{.ID}} {{with .UpdateStatus}}{{.State}}{{else}}none{{end}} {{with .Spec.Mode.Replicated}}{{.Replicas}}{{else}}0{{end}} {{.Spec.TaskTemplate.ContainerSpec.Image}} {{with .PreviousSpec}}{{.TaskTemplate.ContainerSpec.Image}} {{or (index .Labels "gen-scripts.settings") "-"}}{{else}}- -{{end}} {{if eq (index .Spec.Labels "gen-scripts.app") "citest"}}ours{{else}}foreign{{end}} {{or (index .Spec.Labels "gen-scripts.settings") "-"}} {{or (index .Spec.Labels "gen-scripts.health") "image"}} {{.Spec.Name}} | {{or (index .Spec.Labels "gen-scripts.keys") "-"}}';
const LISTS = [
  `{{range ${SPEC}.ContainerSpec.Env}}{{.}} {{end}}`,
  `{{range ${SPEC}.ContainerSpec.Args}}{{.}} {{end}}`,
  `{{range ${SPEC}.ContainerSpec.Mounts}}{{.Type}}:{{.Source}}:{{.Target}}:{{.ReadOnly}} {{end}}`,
  `{{range ${SPEC}.Networks}}x {{end}}`,
  `{{range ${SPEC}.ContainerSpec.Secrets}}{{.SecretName}}:{{.File.Name}} {{end}}`,
  `{{range ${SPEC}.ContainerSpec.Configs}}{{.ConfigName}}:{{.File.Name}} {{end}}`,
  `{{range ${SPEC}.Placement.Constraints}}{{.}} {{end}}`,
  `{{range .Spec.EndpointSpec.Ports}}{{.PublishedPort}}:{{.TargetPort}}/{{.Protocol}}:{{.PublishMode}} {{end}}`,
  '{{index .Spec.Labels "a"}} {{index .Spec.Labels "b"}} {{index .Spec.TaskTemplate.ContainerSpec.Labels "c"}} {{index .Spec.TaskTemplate.ContainerSpec.Labels "d"}}',
].join('|');
const UPDATE = '{{with .UpdateStatus}}{{.State}}: {{.Message}}{{else}}none{{end}}';
const TASKS = '{{.Name}} {{.DesiredState}} {{.CurrentState}} {{.Image}}';

const service = (...words) => ({ args: ['service', ...words] });
const create = (name, ...rest) => service('create', '--detach', '--name', name, ...rest);
const update = (name, ...rest) => service('update', '--detach', name, ...rest);
const inspect = (format, ...names) => service('inspect', '--format', format, ...names);
const state = (...names) => inspect(STATE, ...names);
const lists = (name) => inspect(LISTS, name);
const tasks = (name, until) => ({ ...service('ps', '--no-trunc', '--format', TASKS, name), until });
const ends = (name, word) => ({ ...inspect(UPDATE, name), until: word });
const talk = (step) => ({ ...step, talk: true });

const quick = [
  ...['--restart-condition', 'any', '--restart-max-attempts', '0', '--stop-grace-period', '2s'],
  ...[
    '--update-order',
    'start-first',
    '--update-parallelism',
    '1',
    '--update-delay',
    '0s',
    '--update-monitor',
    '1s',
  ],
  ...['--update-failure-action', 'rollback', '--update-max-failure-ratio', '0'],
  ...['--rollback-order', 'start-first', '--rollback-parallelism', '1', '--rollback-monitor', '1s'],
  ...['--rollback-failure-action', 'pause', '--rollback-max-failure-ratio', '0'],
];
const owned = (settings, suffix = '') => [
  ...[`--label${suffix}`, 'gen-scripts.app=citest', `--label${suffix}`, `gen-scripts.settings=${settings}`],
  ...[
    `--label${suffix}`,
    'gen-scripts.health=image',
    `--label${suffix}`,
    `gen-scripts.keys=env:A ${settings}`,
  ],
];

const SWARM = '{{.Swarm.LocalNodeState}} {{.Swarm.ControlAvailable}}';

/** On an engine that is in no swarm. */
export const outsideSteps = [
  { args: ['info', '--format', SWARM] },
  service('ls', '--filter', 'name=web', '--format', '{{.Name}}'),
  inspect('{{.ID}}', 'web'),
  service('ps', '--format', '{{.Name}}', 'web'),
  service('logs', '--tail', '3', 'web'),
  create('web', '{R}:v1'),
  update('web', '--image', '{R}:v1'),
  service('rollback', '--detach', 'web'),
  service('rm', 'web'),
];

const digests = ['v1', 'v2', 'well', 'sick', 'crash', 'says'].flatMap((tag) => [
  { args: ['pull', '-q', `{R}:${tag}`] },
  {
    args: ['image', 'inspect', '--format', '{{.Id}}{{range .RepoDigests}} {{.}}{{end}}', `{R}:${tag}`],
    save: tag,
    cut: '@',
  },
  {
    args: [
      'image',
      'inspect',
      '--format',
      '{{with .Config.Healthcheck}}{{index .Test 0}}{{end}}',
      `{R}:${tag}`,
    ],
  },
]);

const pinned = (tag) => `{R}:${tag}@{${tag}}`;

const creating = [
  { args: ['info', '--format', SWARM] },
  service('ls', '--filter', 'name=web', '--format', '{{.Name}}'),
  state('web'),
  ...digests,
  create('contract.a', pinned('v1')),
  create('-', pinned('v1')),
  create('contract-web', '{R}:a:b'),
  talk(create('contract-web')),
  talk(create('contract-web', '--no-such-flag', pinned('v1'))),
  talk(create('contract-web', '--image', 'x', pinned('v1'))),
  talk(create('contract-web', '--env-add', 'A=b', pinned('v1'))),
  talk(create('contract-web', '--replicas', 'x', pinned('v1'))),
  talk(create('contract-web', '--update-monitor', 'x', pinned('v1'))),
  talk(create('contract-web', '--update-monitor', '5', pinned('v1'))),
  talk(create('contract-web', '--limit-memory', '1x', pinned('v1'))),
  talk(create('contract-web', '--limit-cpu', 'x', pinned('v1'))),
  talk(create('contract-web', '--label', '=x', pinned('v1'))),
  talk(create('contract-web', '--publish', 'published=18090,target=80,mode=other', pinned('v1'))),
  talk(create('contract-web', '--mount', 'type=bind,source=/tmp', pinned('v1'))),
  talk(create('contract-web', '--mount', 'type=bind,other=/tmp,target=/x', pinned('v1'))),
  talk(create('contract-web', '--mount', 'bind,target=/x', pinned('v1'))),
  talk(create('contract-web', '--name')),
  create('contract-web', '--update-order', 'other', pinned('v1')),
  create('contract-web', '--rollback-order', 'other', pinned('v1')),
  create('contract-web', '--update-failure-action', 'other', pinned('v1')),
  create('contract-web', '--rollback-failure-action', 'other', pinned('v1')),
  create('contract-web', '--restart-condition', 'other', pinned('v1')),
  create('contract-web', '--constraint', 'other', pinned('v1')),
  create('contract-web', '--network', 'no-such-network', pinned('v1')),
  { args: ['network', 'create', 'contract-local'] },
  create('contract-web', '--network', 'contract-local', pinned('v1')),
  { args: ['network', 'rm', 'contract-local'] },
  create('contract-web', '--secret', 'no-such', pinned('v1')),
  create('contract-web', '--secret', 'source=no-such,target=x', pinned('v1')),
  create('contract-web', '--config', 'source=no-such,target=/x', pinned('v1')),
  create('contract-web', '--endpoint-mode', 'dnsrr', '--publish', 'published=18090,target=80', pinned('v1')),
  service('ls', '--format', '{{.Name}}'),
  {
    ...create(
      'contract-web',
      ...owned('s1'),
      '--no-resolve-image',
      ...['--replicas', '1', '--endpoint-mode', 'vip', ...quick],
      ...['--limit-memory', '64m', '--limit-cpu', '1.5', '--user', '1:1', '--init=true'],
      ...['--env', 'A=b', '--env', 'B=c d', '--mount', 'type=bind,source=/tmp,target=/x,readonly'],
      ...['--mount', 'type=volume,source=contract-v,target=/v', '--mount', 'type=volume,target=/w'],
      ...['--container-label', 'c=1', '--label', 'a=1', '--network', 'contract-front'],
      ...['--publish', 'published=18090,target=80,protocol=tcp,mode=ingress'],
      ...['--secret', 'source=contract-key,target=key', '--config', 'source=contract-conf,target=/etc/conf'],
      ...['--constraint', 'node.role==manager', '--constraint', 'node.hostname == {NODE}'],
      pinned('v1'),
      ...['sh', '-c', 'trap "exit 0" TERM; while :; do sleep 0.1; done'],
    ),
    save: 'web',
  },
  create('contract-web', pinned('v1')),
  tasks('contract-web', 'Running Running'),
  state('contract-web', '{web}', 'no-such'),
  lists('contract-web'),
  inspect('{{.Spec.Name}}', 'contract-we'),
  service('ls', '--filter', 'name=contract-w', '--format', '{{.Name}} {{.Replicas}} {{.Mode}} {{.Image}}'),
  service('ls', '--filter', 'name=web', '--format', '{{.Name}}'),
  service('ls', '--filter', 'label=a=1', '--format', '{{.Name}}'),
  service('ls', '--filter', 'label=a=2', '--format', '{{.Name}}'),
  service('ls', '--quiet'),
  service('ps', '--format', '{{.ID}} {{.Name}} {{.Node}} {{.Error}}', '{web}'),
  service('ps', '--no-trunc', '--format', '{{.Name}} on {{.Node}}: {{.CurrentState}} {{.Error}}', '{web}'),
  service(
    'ps',
    '--no-trunc',
    '--format',
    '{{.ID}} {{.DesiredState}} {{.CurrentState}} {{.Image}}',
    'no-such',
    '{web}',
  ),
  service('ps', '--no-trunc', '--filter', 'desired-state=shutdown', '--format', '{{.Name}}', '{web}'),
  service('ps', '--format', '{{.Name}}', 'no-such'),
  { ...service('logs', '--tail', '5', '{web}'), silent: true },
  service('logs', '--tail', '5', 'no-such'),
  {
    args: [
      'ps',
      '--no-trunc',
      '--format',
      '{{.Names}} {{.State}} {{.Image}} {{.Label "com.docker.swarm.service.name"}}',
    ],
  },
  talk(service('rollback', '--detach', '{web}')),
  service('rollback', '--detach', '{web}'),
];

/** What is added and taken away, together and alone. */
const changing = [
  update('no-such', '--image', pinned('v1')),
  talk(update('{web}', '--no-such-flag')),
  talk(update('{web}', '--env', 'A=b')),
  talk(update('{web}', '--name', 'x')),
  talk(update('{web}', '--image')),
  talk(update('{web}', 'contract-web', '--image', pinned('v1'))),
  update('{web}', '--image', '{R}:a:b'),
  update('{web}', '--update-order', 'other'),
  update('{web}', '--rollback', '--image', pinned('v2')),
  update('{web}', '--network-add', 'contract-front'),
  update('{web}', '--network-add', 'no-such-network'),
  update('{web}', '--network-rm', 'no-such-network'),
  update('{web}', '--secret-add', 'source=no-such,target=x'),
  update('{web}', '--config-add', 'source=no-such,target=/x'),
  update('{web}', '--secret-add', 'source=contract-other,target=key'),
  update('{web}', '--config-add', 'source=contract-conf,target=/etc/conf'),
  update(
    '{web}',
    '--mount-add',
    'type=bind,source=/a,target=/z',
    '--mount-add',
    'type=bind,source=/b,target=/z',
  ),
  {
    ...update('{web}', ...owned('s2', '-add')),
    note: 'labels only: but mounts are put in order, and the task is another one',
  },
  ends('contract-web', 'completed'),
  state('contract-web'),
  { ...update('{web}', ...owned('s3', '-add')), note: 'labels only: no task is another one' },
  ends('contract-web', 'none'),
  state('contract-web'),
  tasks('contract-web', 'Shutdown Shutdown'),
  {
    ...update(
      '{web}',
      '--label-add',
      'a=2',
      '--label-add',
      'b=1',
      '--label-rm',
      'a',
      '--label-rm',
      'no-such',
    ),
    note: 'rm or add: which wins?',
  },
  // The client gives them in any order: one at a time.
  update('{web}', '--env-add', 'A=new', '--env-rm', 'B', '--env-rm', 'Z'),
  lists('contract-web'),
  update('{web}', '--env-add', 'C=1', '--env-rm', 'C', '--env-rm', 'A'),
  lists('contract-web'),
  update(
    '{web}',
    '--mount-add',
    'type=bind,source=/var,target=/x',
    '--mount-rm',
    '/x',
    '--mount-rm',
    '/none',
  ),
  update('{web}', '--mount-add', 'type=volume,source=contract-v2,target=/v', '--mount-rm', '/w'),
  lists('contract-web'),
  update(
    '{web}',
    '--container-label-add',
    'c=2',
    '--container-label-add',
    'd=1',
    '--container-label-rm',
    'c',
  ),
  update(
    '{web}',
    '--network-rm',
    'contract-front',
    '--network-add',
    'contract-front',
    '--network-add',
    'contract-back',
  ),
  lists('contract-web'),
  update('{web}', '--network-rm', 'contract-back', '--network-rm', 'contract-front'),
  update(
    '{web}',
    ...['--publish-rm', 'published=18090,target=80,protocol=tcp,mode=host'],
    ...['--publish-add', 'published=18091,target=81,protocol=udp,mode=host'],
  ),
  lists('contract-web'),
  update(
    '{web}',
    ...['--publish-rm', 'published=18090,target=80,protocol=tcp,mode=ingress'],
    ...['--publish-add', 'published=18090,target=80,protocol=tcp,mode=ingress'],
  ),
  lists('contract-web'),
  update(
    '{web}',
    '--publish-add',
    'published=18091,target=81,protocol=udp,mode=host',
    '--publish-rm',
    '81/udp',
  ),
  lists('contract-web'),
  update('{web}', '--publish-rm', 'published=18091,target=81,protocol=udp,mode=host'),
  update('{web}', '--secret-rm', 'contract-key', '--secret-add', 'source=contract-key,target=other'),
  update('{web}', '--secret-add', 'source=contract-other,target=third', '--config-rm', 'contract-conf'),
  update('{web}', '--secret-rm', 'no-such', '--config-rm', 'no-such'),
  lists('contract-web'),
  update('{web}', '--constraint-add', 'node.role==manager', '--constraint-rm', 'node.hostname == {NODE}'),
  update('{web}', '--constraint-add', 'node.role != worker', '--constraint-rm', 'node.role != worker'),
  update('{web}', '--constraint-add', 'other'),
  lists('contract-web'),
  update(
    '{web}',
    '--args',
    'sh -c "while sleep 0.1; do :; done"',
    '--limit-memory',
    '0',
    '--limit-cpu',
    '0',
    '--user',
    '',
  ),
  lists('contract-web'),
  update('{web}', '--args', '', '--replicas', '0'),
  lists('contract-web'),
  { ...tasks('contract-web'), wait: 4000, silent: true },
  service('rm', 'contract-web'),
  service('rm', 'contract-web'),
];

/** How updates end. */
const outcomes = [
  create('contract-app', ...owned('s1'), '--no-resolve-image', ...quick, '--env', 'A=1', pinned('well')),
  tasks('contract-app', 'Running Running'),
  {
    ...update('contract-app', '--image', pinned('v2'), '--env-add', 'A=2', ...owned('s2', '-add')),
    note: 'well in the end',
  },
  ends('contract-app', 'completed'),
  state('contract-app'),
  tasks('contract-app', 'Shutdown Shutdown'),
  service('rollback', '--detach', 'contract-app'),
  ends('contract-app', 'rollback_completed'),
  { ...state('contract-app'), note: 'the two have changed places' },
  update('contract-app', '--rollback'),
  ends('contract-app', 'rollback_completed'),
  state('contract-app'),
  {
    ...update('contract-app', '--no-resolve-image', '--image', pinned('sick'), ...owned('s3', '-add')),
    note: 'never healthy',
  },
  ends('contract-app', 'rollback_completed'),
  { ...state('contract-app'), note: 'what was tried is forgotten' },
  service('rollback', '--detach', 'contract-app'),
  service(
    'ps',
    '--no-trunc',
    '--filter',
    'desired-state=running',
    '--format',
    `${TASKS} {{.Error}}`,
    'contract-app',
  ),
  update('contract-app', '--no-resolve-image', '--image', pinned('crash')),
  ends('contract-app', 'rollback_completed'),
  state('contract-app'),
  {
    ...service('ps', '--no-trunc', '--format', '{{.CurrentState}} {{.Error}}', 'contract-app'),
    until: 'Failed',
    silent: true,
  },
  { ...update('contract-app', '--image', '{R}:no-such-tag'), note: 'no such tag' },
  ends('contract-app', 'rollback_completed'),
  state('contract-app'),
  {
    ...update('contract-app', '--force', '--no-resolve-image', '--image', pinned('v2')),
    note: 'the same again',
  },
  ends('contract-app', 'update completed'),
  inspect('{{.Spec.TaskTemplate.ForceUpdate}}', 'contract-app'),
  { ...update('contract-app', '--no-resolve-image', '--image', pinned('v2')), note: 'nothing changes' },
  ends('contract-app', 'none'),
  state('contract-app'),
  {
    ...update(
      'contract-app',
      '--no-resolve-image',
      '--image',
      pinned('well'),
      '--update-order',
      'stop-first',
    ),
    note: 'the other order',
  },
  ends('contract-app', 'update completed'),
  state('contract-app'),
  {
    ...update(
      'contract-app',
      '--no-resolve-image',
      '--image',
      pinned('sick'),
      '--update-failure-action',
      'pause',
    ),
    note: 'stays as it is',
  },
  ends('contract-app', 'paused'),
  state('contract-app'),
  { ...service('rollback', '--detach', 'contract-app'), note: 'and back, whatever it is' },
  ends('contract-app', 'rollback_completed'),
  state('contract-app'),
  tasks('contract-app', 'Running Running'),
  service('rm', 'contract-app'),
];

/** What does not come up at all. */
const stuck = [
  create('contract-none', '{R}:no-such-tag'),
  {
    ...service(
      'ps',
      '--no-trunc',
      '--format',
      '{{.Name}} {{.DesiredState}} {{.CurrentState}} {{.Error}}',
      'contract-none',
    ),
    until: 'Ready Rejected',
    note: 'tried again and again',
  },
  service('rm', 'contract-none'),
  create('contract-down', '--no-resolve-image', '{DOWN}/x:y'),
  {
    ...service(
      'ps',
      '--no-trunc',
      '--filter',
      'desired-state=shutdown',
      '--format',
      '{{.CurrentState}} {{.Error}}',
      'contract-down',
    ),
    until: 'Rejected',
  },
  service('rm', 'contract-down'),
  create('contract-bind', '--mount', 'type=bind,source=relative,target=/x', pinned('v1')),
  {
    ...service(
      ...[
        'ps',
        '--no-trunc',
        '--filter',
        'desired-state=shutdown',
        '--format',
        '{{.Error}}',
        'contract-bind',
      ],
    ),
    until: 'absolute path',
  },
  service('rm', 'contract-bind'),
  create('contract-bar', '--constraint', 'node.labels.zone == none', pinned('v1')),
  {
    ...service(
      'ps',
      '--no-trunc',
      '--format',
      '{{.Name}} {{.DesiredState}} {{.CurrentState}} {{.Error}}',
      'contract-bar',
    ),
    until: 'no suitable',
  },
  service('ls', '--filter', 'name=contract-bar', '--format', '{{.Name}} {{.Replicas}}'),
  service('rm', 'contract-bar'),
  create(
    'contract-port',
    ...quick,
    '--publish',
    'published=18092,target=80,protocol=tcp,mode=host',
    pinned('v1'),
  ),
  tasks('contract-port', 'Running Running'),
  {
    ...update('contract-port', '--no-resolve-image', '--image', pinned('v2')),
    note: 'the port is in use by the old one',
  },
  {
    ...service(
      'ps',
      '--no-trunc',
      '--format',
      '{{.Name}} {{.DesiredState}} {{.CurrentState}} {{.Error}}',
      'contract-port',
    ),
    until: 'no suitable',
  },
  ends('contract-port', 'updating'),
  service('rollback', '--detach', 'contract-port'),
  ends('contract-port', 'rollback_completed'),
  state('contract-port'),
  service('rm', 'contract-port'),
  create('contract-sick', '--restart-condition', 'none', pinned('sick')),
  {
    ...service(
      'ps',
      '--no-trunc',
      '--format',
      '{{.DesiredState}} {{.CurrentState}} {{.Error}}',
      'contract-sick',
    ),
    until: 'Complete',
  },
  service('rm', 'contract-sick'),
  create('contract-deaf', '--restart-condition', 'none', '--stop-grace-period', '1s', '{R}:grim'),
  {
    ...service(
      'ps',
      '--no-trunc',
      '--format',
      '{{.DesiredState}} {{.CurrentState}} {{.Error}}',
      'contract-deaf',
    ),
    until: 'Failed',
  },
  service('rm', 'contract-deaf'),
  create('contract-check', '--health-cmd', 'true', '--health-interval', '300ms', pinned('v1')),
  tasks('contract-check', 'Running Running'),
  { ...update('contract-check', '--health-cmd', ''), note: 'an empty one is none' },
  ends('contract-check', 'completed'),
  service('rm', 'contract-check'),
  create('contract-crash', '--restart-condition', 'on-failure', pinned('crash')),
  {
    ...service(
      'ps',
      '--no-trunc',
      '--format',
      '{{.DesiredState}} {{.CurrentState}} {{.Error}}',
      'contract-crash',
    ),
    until: 'Ready Ready',
  },
  service('rm', 'contract-crash'),
  create('contract-says', pinned('says')),
  { ...service('ps', '--no-trunc', '--format', '{{.ID}}', 'contract-says'), save: 'task' },
  tasks('contract-says', 'Running Running'),
  { ...service('logs', '--raw', '--tail', '5', 'contract-says'), until: 'started' },
  service('logs', '--tail', '5', 'contract-says'),
  service('logs', '--tail', '5', '{task}'),
  service('rm', 'contract-says'),
];

/** A registry that wants a password: the nodes have the login of whoever deploys, if it is sent along. */
const loggingIn = [
  { args: ['login', '--username', 'ci', '--password-stdin', '{HOST}'], stdin: 's3cret' },
  { args: ['pull', '-q', '{P}:v1'] },
  { args: ['image', 'inspect', '--format', '{{range .RepoDigests}} {{.}}{{end}}', '{P}:v1'], silent: true },
  { args: ['rmi', '{P}:v1', '{R}:v1'], silent: true },
  create('contract-locked', '{P}:v1'),
  {
    ...service(
      'ps',
      '--no-trunc',
      '--filter',
      'desired-state=shutdown',
      '--format',
      '{{.CurrentState}} {{.Error}}',
      'contract-locked',
    ),
    until: 'Rejected',
  },
  service('rm', 'contract-locked'),
  create('contract-open', '--with-registry-auth', '{P}:v1'),
  tasks('contract-open', 'Running Running'),
  update('contract-open', '--with-registry-auth', '--image', '{P}:v1', '--replicas', '2'),
  { ...service('ls', '--filter', 'name=contract-open', '--format', '{{.Name}} {{.Replicas}}'), until: '2/2' },
  service('rm', 'contract-open'),
  { args: ['logout', '{HOST}'] },
];

export const swarmSteps = [creating, changing, outcomes, stuck, loggingIn].flat();

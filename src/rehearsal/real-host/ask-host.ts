const LABELS = [
  ...['app', 'image', 'settings', 'restart', 'health', 'beside'].map((name) => `gen-scripts.${name}`),
  ...['com.docker.compose.project', 'com.docker.swarm.service.id'],
];

/** Written as `docker inspect` would, but nothing else leaves the host: environments, commands and mounts may hold secrets. */
const STATE = '{"Status":{{json .State.Status}},"ExitCode":{{json .State.ExitCode}},"Health":HEALTH}';
const HEALTH = '{{if .State.Health}}{"Status":{{json .State.Health.Status}}}{{else}}null{{end}}';
const HOST_CONFIG = ['RestartPolicy', 'AutoRemove', 'NetworkMode', 'PortBindings', 'Init'];

/** Each without what else is known of it; the last one is none. */
const NAMES = '{{"{"}}{{range $name, $_ := .NetworkSettings.Networks}}{{json $name}}:null,{{end}}"":null}';

const CONTAINER = object({
  Id: '{{json .ID}}',
  Name: '{{json .Name}}',
  Image: '{{json .Image}}',
  State: STATE.replace('HEALTH', HEALTH),
  HostConfig: object(Object.fromEntries(HOST_CONFIG.map((name) => [name, `{{json .HostConfig.${name}}}`]))),
  NetworkSettings: object({ Networks: NAMES }),
  Config: object({
    Image: '{{json .Config.Image}}',
    Labels: object(
      Object.fromEntries(LABELS.map((name) => [name, `{{json (index .Config.Labels "${name}")}}`])),
    ),
  }),
});

const IMAGE = object({
  Id: '{{json .ID}}',
  RepoTags: '{{json .RepoTags}}',
  RepoDigests: '{{json .RepoDigests}}',
});

/** Shell commands for a host, which write there what `--containers` reads. The last line shows that it is whole. */
export const ASK_HOST = `docker version --format '{"Engine":{{json .Server.Version}}}' || exit
docker ps --all --quiet --no-trunc | xargs -r docker container inspect --format '${CONTAINER}'
docker image ls --quiet --no-trunc | sort -u | xargs -r docker image inspect --format '${IMAGE}'
docker network ls --format '{"Network":{{json .Name}},"Internal":{{.Internal}}}'
echo '{"End":true}'
`;

function object(members: Readonly<Record<string, string>>): string {
  return `{${Object.entries(members)
    .map(([key, template]) => `"${key}":${template}`)
    .join(',')}}`;
}

import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { makeHost, type TestHost } from './host.js';

let host: TestHost;
beforeEach(() => {
  host = makeHost();
});
afterEach(() => host.remove());

/** Runs shell text and expects it to print exactly this. */
function prints(script: string, out: string, env: Record<string, string> = {}) {
  expect(host.sh(script, env).out).toBe(out);
}

const APP = 'reg.example/team/app';
const start = (name: string, ref: string, options = '') =>
  `docker create --name ${name} ${options} ${APP}:${ref} >/dev/null && docker start ${name} >/dev/null`;
const status = (name: string) =>
  `docker container inspect --format '{{.State.Status}} {{.State.ExitCode}} {{.RestartCount}} {{if .State.Health}}{{.State.Health.Status}}{{else}}none{{end}}' ${name}`;

// What an image of each behaviour shows through docker and through HTTP, so many ms after its start.
test.each([
  { behaviour: '', at: 0, shows: 'running 0 0 none', http: 0 },
  { behaviour: 'ready=1000', at: 500, shows: 'running 0 0 none', http: 7 },
  { behaviour: 'ready=1000', at: 1000, shows: 'running 0 0 none', http: 0 },
  { behaviour: 'healthcheck ready=1000', at: 500, shows: 'running 0 0 starting', http: 7 },
  { behaviour: 'healthcheck ready=1000', at: 1500, shows: 'running 0 0 healthy', http: 0 },
  { behaviour: 'healthcheck ready=1000 unhealthy', at: 500, shows: 'running 0 0 starting', http: 7 },
  { behaviour: 'healthcheck ready=1000 unhealthy', at: 1500, shows: 'running 0 0 unhealthy', http: 22 },
  { behaviour: 'healthcheck sick-after=3000', at: 2000, shows: 'running 0 0 healthy', http: 0 },
  { behaviour: 'healthcheck sick-after=3000', at: 4000, shows: 'running 0 0 unhealthy', http: 22 },
  { behaviour: 'healthcheck flaps=1000', at: 500, shows: 'running 0 0 healthy', http: 0 },
  { behaviour: 'healthcheck flaps=1000', at: 1500, shows: 'running 0 0 unhealthy', http: 22 },
  { behaviour: 'healthcheck http=500', at: 500, shows: 'running 0 0 healthy', http: 22 },
  { behaviour: 'crash=3', at: 0, shows: 'exited 3 0 none', http: 7 },
  { behaviour: 'crash=3 after=5000', at: 4000, shows: 'running 0 0 none', http: 0 },
  { behaviour: 'crash=3 after=5000', at: 6000, shows: 'exited 3 0 none', http: 7 },
])('an image with "$behaviour", $at ms after its start', ({ behaviour, at, shows, http }) => {
  // docker start itself takes 200 ms.
  const rest = Math.max(0, at - 200);
  host.sh(`simctl image ${APP}:1 ${behaviour}; ${start('app', '1', '-p 8080:80')}; simctl advance ${rest}`);
  prints(`curl -fs -o /dev/null http://127.0.0.1:8080/; echo $?; ${status('app')}`, `${http}\n${shows}\n`);
});

test('an image with a given digest is pulled by it', () => {
  const digest = `sha256:${'ab'.repeat(32)}`;
  host.sh(`simctl image ${APP}:1 digest=${digest}`);
  prints(`docker pull --quiet ${APP}@${digest}`, `${APP}@${digest}\n`);
});

// 20.10, measured: what is running after the daemon came back (running before, stopped by hand, killed by hand).
test.each([
  { event: 'daemon-restart', policy: 'no', running: '' },
  { event: 'daemon-restart', policy: 'always', running: 'killed stopped deaf ran' },
  { event: 'daemon-restart', policy: 'unless-stopped', running: 'deaf ran' },
  { event: 'daemon-restart', policy: 'on-failure', running: 'killed deaf' },
  { event: 'power-cut', policy: 'no', running: '' },
  { event: 'power-cut', policy: 'always', running: 'killed stopped deaf ran' },
  { event: 'power-cut', policy: 'unless-stopped', running: 'deaf ran' },
  { event: 'power-cut', policy: 'on-failure', running: 'killed deaf ran' },
])('$event with restart policy $policy', ({ event, policy, running }) => {
  host.sh(
    [
      `simctl image ${APP}:1; simctl image ${APP}:deaf ignores-term; docker create --name made --restart ${policy} ${APP}:1`,
      start('ran', '1', `--restart ${policy}`),
      start('deaf', 'deaf', `--restart ${policy}`),
      `${start('stopped', '1', `--restart ${policy}`)}; docker stop stopped`,
      `${start('killed', 'deaf', `--restart ${policy}`)}; docker stop -t 0 killed`,
      `simctl ${event}`,
    ].join('\n'),
  );
  expect(host.sh("docker ps --format '{{.Names}}'").out.split('\n').filter(Boolean).join(' ')).toBe(running);
});

test('a crash loop: its count grows, stop ends it, start begins again at 0', () => {
  host.sh(`simctl image ${APP}:1 crash=2; ${start('app', '1', '--restart always')}`);
  host.sh('simctl advance 1000');
  const [, code, count] = host.sh(status('app')).out.split(' ');
  expect(code).toBe('2');
  expect(Number(count)).toBeGreaterThan(1);
  prints(`docker stop app >/dev/null; ${status('app')}`, `exited 2 ${count} none\n`);
  prints(`sleep 60; ${status('app')}`, `exited 2 ${count} none\n`);
  host.sh('docker start app');
  expect(Number(host.sh(status('app')).out.split(' ')[2])).toBeLessThan(Number(count));
});

test('who serves a port, and what it says', () => {
  host.sh(`simctl image ${APP}:1 version=one; simctl image ${APP}:2; ${start('aa', '1', '-p 8080:80')}`);
  prints('curl -fsS http://127.0.0.1:8080/x; wget -q -O - http://host:8080/', 'one\none\n');
  prints('simctl serves 8080; simctl serves 8081 || echo nobody', 'one\nnobody\n');
  prints(
    `${start('bb', '2', '-p 8080:80')} 2>/dev/null; echo $?; ${status('bb')}`,
    '1\ncreated 128 0 none\n',
  );
  prints('docker stop aa; docker start bb; curl -s http://127.0.0.1:8080/', 'aa\nbb\n2\n');
  prints('wget -q -O /dev/null -T 5 http://127.0.0.1:1/; echo $?', '4\n');
  prints('wget -q -O /dev/null -T 5 http://127.0.0.1:1/; echo $?', '1\n', { SIM_WGET: 'busybox' });
  prints('curl --no-such-option http://127.0.0.1:8080/ 2>/dev/null; echo $?', '64\n');
  prints(
    `curl -q -fsS --noproxy '*' --max-time 3 -o "$FOLDER/body" http://127.0.0.1:8080/; cat "$FOLDER/body"`,
    '2\n',
  );
});

test('a port that another program holds', () => {
  host.sh(`simctl image ${APP}:1; simctl port-taken 8080`);
  const refused = host.sh(start('aa', '1', '-p 8080:80'));
  expect(refused.err).toContain('listen tcp4 0.0.0.0:8080: bind: address already in use');
  prints('simctl port-free 8080; docker start aa', 'aa\n');
});

test.each([
  { spell: '1', ms: 1000 },
  { spell: '0.5', ms: 500 },
  { spell: '.25', ms: 250 },
  { spell: '1.0755', ms: 1075 },
  { spell: '0.08', ms: 80 },
  { spell: '2m', ms: 120_000 },
])('sleep $spell takes no time and $ms ms', ({ spell, ms }) => {
  const before = Date.now();
  prints(`a=$(simctl clock); sleep ${spell}; echo $(($(simctl clock) - a))`, `${ms}\n`);
  expect(Date.now() - before).toBeLessThan(2000);
});

test('what nobody taught it is refused, and noted', () => {
  host.sh(`simctl image ${APP}:1; ${start('aa', '1')}`);
  const calls = [
    'docker swarm init',
    "docker ps -a --format '{{.Size}}'",
    'docker ps -a --filter name=a',
    'docker ps',
  ];
  calls.push(
    "docker container inspect --format '{{json .}}' aa",
    'docker stop --signal HUP aa',
    'docker inspect aa',
  );
  calls.push(
    'docker image prune --force',
    'docker start --attach aa',
    'docker run nginx',
    'docker pull --all-tags x',
  );
  for (const call of calls) {
    const ran = host.sh(call);
    expect({ call, status: ran.status, out: ran.out }).toEqual({ call, status: 64, out: '' });
    expect(ran.err).toContain('simulator: not supported: ');
  }
  expect(host.read('unsupported').trim().split('\n')).toHaveLength(calls.length);
});

test('the journal has every call, in order, quoted for a shell', () => {
  host.sh(`docker pull 'no such'; docker rm "it's" '' "a\nb"; docker --version >/dev/null`);
  expect(host.read('calls')).toBe(
    "1 docker pull 'no such'\n1 docker rm 'it'\\''s' '' 'a'$'\\n''b'\n0 docker --version\n",
  );
});

test('a reader that has gone away changes the status, not the effect', () => {
  host.sh(`simctl image ${APP}:1; docker create --name aa ${APP}:1`);
  prints('(trap \'\' PIPE; docker start aa; echo $? >&2) 2>"$FOLDER/rc" | true; cat "$FOLDER/rc"', '141\n');
  prints(status('aa'), 'running 0 0 none\n');
});

test('many calls at once: none is lost, no name is given twice', () => {
  host.sh(`simctl image ${APP}:1; docker pull -q ${APP}:1`);
  const creates =
    'for n in 1 2 3 4 5 6 7 8; do docker create --name same$((n % 2)) IMAGE & docker create IMAGE & done; wait';
  const ran = host.sh(creates.replaceAll('IMAGE', `${APP}:1`));
  expect(ran.out.trim().split('\n')).toHaveLength(10);
  expect(host.sh('docker ps -aq --no-trunc').out.trim().split('\n').sort()).toEqual(
    ran.out.trim().split('\n').sort(),
  );
  expect(
    host
      .read('calls')
      .trim()
      .split('\n')
      .filter((line) => line.includes('docker create')),
  ).toHaveLength(16);
});

test('without flock it locks by a directory', () => {
  host.sh(
    `simctl image ${APP}:1; mkdir "$FOLDER/bin"; for t in sh mkdir rmdir; do ln -s "$(command -v $t)" "$FOLDER/bin/"; done`,
  );
  const path = `${host.env.PATH?.split(':')[0]}:${host.env.FOLDER}/bin`;
  prints(`docker pull -q ${APP}:1; test -d "$SIM_STATE/lock.d" || echo free`, `${APP}:1\nfree\n`, {
    PATH: path,
  });
});

test('the state survives being compacted', () => {
  host.sh(
    `simctl image ${APP}:1 healthcheck; simctl network net; ${start('aa', '1', `-p 8080:80 --label "x=it's" -v /data`)}`,
  );
  const before = host.sh('simctl show').out.replace(/at \d+ ms/, '');
  host.sh('i=0; while [ $i -lt 70 ]; do docker update --restart=no aa >/dev/null; i=$((i + 1)); done');
  expect(host.sh('simctl show').out.replace(/at \d+ ms/, '')).toBe(before);
  expect(host.read('state').split('\n').length).toBeLessThan(120);
  prints(`docker container inspect --format '{{index .Config.Labels "x"}}' aa`, "it's\n");
});

test('ids are as random as docker makes them, and can be ordered', () => {
  host.sh(`simctl image ${APP}:1`);
  const ids = host
    .sh(`for i in 1 2 3 4 5 6 7 8 9; do docker create ${APP}:1 2>/dev/null; done`)
    .out.trim()
    .split('\n');
  expect(ids.every((id) => /^[0-9a-f]{64}$/.test(id))).toBe(true);
  expect(new Set(ids.map((id) => id.slice(0, 6))).size).toBe(9);
  const wanted = `5a79${'0'.repeat(60)}`;
  prints(`simctl next-id ${wanted}; docker create --name x1 ${APP}:1`, `${wanted}\n`);
  prints("docker container inspect --format '{{.Name}}' 5a79", '/x1\n');
  prints(
    `docker create --name 5a79 ${APP}:1 >/dev/null; docker container inspect --format '{{.Name}}' 5a79`,
    '/5a79\n',
  );
});

test('volumes: anonymous ones go with rm -v only', () => {
  host.sh(
    `simctl image ${APP}:1; docker create --name aa -v /x ${APP}:1; docker create --name bb -v /y -v named:/z ${APP}:1`,
  );
  const volumes = () => host.sh('simctl show').out.split('VOLUMES\n')[1]?.trim().split('\n').length;
  expect(volumes()).toBe(3);
  host.sh('docker rm aa');
  expect(volumes()).toBe(3);
  host.sh('docker rm -v bb');
  expect(volumes()).toBe(2);
});

test('a tag that moves leaves the old image to its digest', () => {
  host.sh(`simctl image ${APP}:1 version=one; simctl image ${APP}:2 version=two; ${start('aa', '1')}`);
  const old = host.sh(`docker image inspect --format '{{.ID}}' ${APP}:1`).out.trim();
  prints(
    `simctl retag ${APP}:2 ${APP}:1; docker pull -q ${APP}:1 >/dev/null; docker ps --no-trunc --format '{{.Image}}'`,
    `${old}\n`,
  );
  prints(`docker image inspect --format '{{range .RepoTags}} {{.}}{{end}}' ${old}`, '\n');
  expect(host.sh(`docker image inspect --format '{{range .RepoDigests}} {{.}}{{end}}' ${old}`).out).toContain(
    '@sha256:',
  );
});

test('the registry down, forgotten, with a password', () => {
  host.sh(`simctl image ${APP}:1; simctl registry down`);
  expect(host.sh(`docker pull ${APP}:1`).err).toContain('connection refused');
  prints(`simctl registry up; docker pull -q ${APP}:1`, `${APP}:1\n`);
  host.sh(`simctl forget ${APP}:1`);
  expect(host.sh(`docker pull ${APP}:1`).err).toContain('manifest unknown');
  host.sh(`simctl image ${APP}:1; simctl registry password ci s3cret`);
  expect(host.sh(`docker pull ${APP}:1`).err).toContain('no basic auth credentials');
  const login = 'printf s3cret | docker login --username ci --password-stdin reg.example 2>/dev/null';
  prints(
    `mkdir -p "$DOCKER_CONFIG"; echo '{"x": 1, "auths": {"o": {"auth": "eA=="}}}' >"$DOCKER_CONFIG/config.json"; ${login}`,
    'Login Succeeded\n',
  );
  const config = JSON.parse(host.sh('cat "$DOCKER_CONFIG/config.json"').out);
  expect(config).toEqual({ x: 1, auths: { o: { auth: 'eA==' }, 'reg.example': { auth: 'Y2k6czNjcmV0' } } });
  prints(
    `docker pull -q ${APP}:1; docker logout reg.example >/dev/null; docker pull ${APP}:1 2>/dev/null; echo $?`,
    `${APP}:1\n1\n`,
  );
});

test.each([
  { before: '', after: {} },
  { before: '{}', after: {} },
  { before: '{"auths":{"reg.example":{}}}', after: {} },
  { before: '{"currentContext":"x"}', after: { currentContext: 'x' } },
  {
    before: '{"auths":{"a":{},"reg.example":{"auth":"old"},"b":{"auth":"Yg=="}},"x":{"y":1}}',
    after: { auths: { a: {}, b: { auth: 'Yg==' } }, x: { y: 1 } },
  },
  { before: '{"credHelpers":{"reg.example":""}}', after: { credHelpers: { 'reg.example': '' } } },
])('a login into the configuration $before', ({ before, after }) => {
  host.sh(`mkdir "$DOCKER_CONFIG"; printf %s '${before}' >"$DOCKER_CONFIG/config.json"`);
  host.sh('printf s3cret | docker login --username ci --password-stdin reg.example');
  const config = () => JSON.parse(host.sh('cat "$DOCKER_CONFIG/config.json"').out);
  const others = 'auths' in after ? after.auths : {};
  expect(config()).toEqual({ ...after, auths: { ...others, 'reg.example': { auth: 'Y2k6czNjcmV0' } } });
  prints('docker logout reg.example', 'Removing login credentials for reg.example\n');
  expect(config()).toEqual({ ...after, auths: { ...others } });
});

test('another daemon, none, or one that refuses this user', () => {
  host.sh('simctl context unix:///run/mine.sock');
  prints(
    "docker ps -aq 2>&1; docker context inspect --format '{{.Endpoints.docker.Host}}'",
    'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?\nunix:///var/run/docker.sock\n',
  );
  prints(
    "unset DOCKER_CONFIG; docker ps -aq; docker context inspect --format '{{.Endpoints.docker.Host}}'",
    'unix:///run/mine.sock\n',
  );
  prints('docker ps -aq; echo $?', '0\n', { DOCKER_HOST: 'unix:///run/mine.sock' });
  prints(
    "simctl context ''; simctl daemon denied; docker ps -aq 2>&1 | cut -c1-30",
    'Got permission denied while t\n'.replace('t\n', 'tr\n'),
  );
  prints(
    "simctl daemon up; simctl engine 4.9.3 'Podman Engine'; docker version --format '{{.Server.Version}}{{range .Server.Components}} {{.Name}}{{end}}'",
    '4.9.3 Podman Engine\n',
  );
});

test('a build is what its context says, and prune takes only what carries the label', () => {
  const build = (version: string) =>
    `docker build --quiet --tag ${APP}:b --build-arg VERSION=${version} --label gen-scripts.app=app "$FOLDER/context"`;
  host.sh('mkdir "$FOLDER/context"; echo "FROM x" >"$FOLDER/context/Dockerfile"');
  const first = host.sh(build('one')).out;
  prints(build('one'), first);
  expect(host.sh(build('two')).out).not.toBe(first);
  prints('docker image prune --force --filter label=gen-scripts.app=other', 'Total reclaimed space: 0B\n');
  expect(host.sh('docker image prune --force --filter label=gen-scripts.app=app').out).toContain(
    `deleted: ${first}`,
  );
  prints(
    `docker push -q ${APP}:b; docker rmi ${APP}:b >/dev/null; ${start('aa', 'b', '-p 80:80')} 2>/dev/null; simctl serves 80`,
    `${APP}:b\ntwo\n`,
  );
});

test('an unknown behaviour is refused', () => {
  expect(host.sh(`simctl image ${APP}:1 helthcheck`).status).toBe(64);
  expect(host.sh(`simctl image ${APP}:1 ready=soon`).status).toBe(64);
});

import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readContainers, readNetworks } from '../../src/rehearsal/simulated-state.js';
import { makeHost, type TestHost } from './host.js';

// What docker says is in contract-cases.mjs; here is who answers, what faults do, and what can be looked at from outside.

const APP = 'reg.example/app';
let host: TestHost;
beforeEach(() => {
  host = makeHost();
  host.sh(`simctl image ${APP}:1; simctl image ${APP}:2; docker pull -q ${APP}:1; docker pull -q ${APP}:2`);
});
afterEach(() => host.remove());

/** Runs shell text and expects it to print exactly this. */
function prints(script: string, out: string, env: Record<string, string> = {}) {
  expect(host.sh(script, env).out).toBe(out);
}

const create = (name: string, version: string, options = '') =>
  `docker create --name ${name} -p 8080:80 ${options} ${APP}:${version} >/dev/null`;
const addressIn = (network: string, name: string) =>
  `docker container inspect --format '{{with index .NetworkSettings.Networks "${network}"}}{{.IPAddress}}{{end}}' ${name}`;
const ask = (address: string) => `curl -s "http://${address}/" || echo $?`;
const PUBLISHED = ask('127.0.0.1:8080');

/** `old` serves, `new` runs beside it in an internal network. */
const STAGED = [
  `${create('old', '1')}; docker start old; docker network create --internal stage`,
  `${create('new', '2')}; docker network disconnect bridge new; docker network connect stage new; docker start new`,
].join('\n');

test('a staged container answers at its own address only', () => {
  host.sh(STAGED);
  prints(PUBLISHED, '1\n');
  prints(`address=$(${addressIn('stage', 'new')}); ${ask('$address:80')}; ${ask('$address:81')}`, '2\n7\n');
  prints(`address=$(${addressIn('stage', 'new')}); wget -q -O - "http://$address:80/"`, '2\n');
  prints(`address=$(${addressIn('bridge', 'old')}); ${ask('$address')}`, '1\n');
  prints(ask('172.20.99.99:80'), '7\n');
});

test('the handover: one answers, none, the other one', () => {
  host.sh(STAGED);
  prints(`docker network disconnect bridge old; ${PUBLISHED}`, '7\n');
  prints(`docker network connect bridge new; ${PUBLISHED}`, '2\n');
  prints(`docker network disconnect stage new; ${PUBLISHED}`, '2\n');
  prints(`docker stop old >/dev/null; docker start old >/dev/null; ${PUBLISHED}`, '2\n');
  prints(
    `docker stop new >/dev/null; ${PUBLISHED}; docker network connect bridge old; ${PUBLISHED}`,
    '7\n1\n',
  );
});

test('an address ends with the run, and with the attachment', () => {
  host.sh(STAGED);
  prints(`a=$(${addressIn('stage', 'new')}); docker network disconnect stage new; ${ask('$a')}`, '7\n');
  prints(`a=$(${addressIn('bridge', 'old')}); docker stop old >/dev/null; ${ask('$a')}`, '7\n');
  prints(addressIn('bridge', 'old'), '\n');
});

test('a container without published ports answers at its address', () => {
  host.sh(`docker create --name bare ${APP}:1; docker start bare`);
  prints(`address=$(${addressIn('bridge', 'bare')}); ${ask('$address:3000')}; ${PUBLISHED}`, '1\n7\n');
});

test('another program on the port makes the connect fail, and only a stop heals the container', () => {
  host.sh(`${STAGED}; docker network disconnect bridge old; simctl port-taken 8080`);
  const failed = host.sh('docker network connect bridge new');
  expect(failed.status).toBe(1);
  expect(failed.err).toContain(
    'Error starting userland proxy: listen tcp4 0.0.0.0:8080: bind: address already in use',
  );
  host.sh('simctl port-free 8080');
  expect(host.sh('docker network connect bridge new').err).toContain('failed to add interface');
  prints(`address=$(${addressIn('bridge', 'new')}); ${ask('$address:80')}; ${PUBLISHED}`, '2\n7\n');
  prints(`docker stop new >/dev/null; docker start new >/dev/null; ${PUBLISHED}`, '2\n');
});

test('an internal network that is left goes on publishing, until the container starts again', () => {
  host.sh(`${create('app', '1')}; docker start app; docker network create --internal stage`);
  prints(`docker network connect stage app; docker network disconnect bridge app; ${PUBLISHED}`, '1\n');
  host.sh(create('other', '2'));
  expect(host.sh('docker start other').err).toContain('port is already allocated');
  prints(`docker stop app >/dev/null; docker start app >/dev/null; ${PUBLISHED}`, '7\n');
  prints(`docker start other >/dev/null; ${PUBLISHED}`, '2\n');
});

test.each(['daemon-restart', 'power-cut'])('after a %s everything is in its networks again', (event) => {
  host.sh(`${STAGED}; docker update --restart=always old new; docker network create gone`);
  host.sh(`${create('lost', '1', '--restart always --network gone')}; docker network rm gone`);
  host.sh(`docker start lost; simctl ${event}`);
  prints(`${PUBLISHED}; ${ask(`$(${addressIn('stage', 'new')})`)}`, '1\n2\n');
  prints("docker ps --all --format '{{.Names}} {{.State}}'", 'lost created\nnew running\nold running\n');
  // One that ran there once.
  host.sh('docker stop new; docker network rm stage; docker network create --internal stage');
  host.sh(`simctl ${event}`);
  prints("docker container inspect --format '{{.State.Status}} {{.State.ExitCode}}' new", 'exited 128\n');
});

test.each([
  { event: 'daemon-restart', networks: 'bridge stage', state: 'exited 128' },
  { event: 'power-cut', networks: 'stage', state: 'running 0' },
])('after a $event of a connect that failed', ({ event, networks, state }) => {
  host.sh(`${STAGED}; docker update --restart=always new; simctl port-taken 8080`);
  host.sh(`docker network connect bridge new; simctl ${event}`);
  prints('simctl networks new | cut -d " " -f 1 | paste -sd " "', `${networks}\n`);
  prints("docker container inspect --format '{{.State.Status}} {{.State.ExitCode}}' new", `${state}\n`);
});

test('who is restarted and finds the port taken is not tried again', () => {
  host.sh(`simctl image ${APP}:3 crash=3 after=4000; docker pull -q ${APP}:3; ${STAGED}`);
  host.sh(`${create('again', '3', '--restart always')}; docker network disconnect bridge again`);
  host.sh('docker network connect stage again; docker start again; docker network connect bridge again');
  prints(
    "simctl advance 60000; docker container inspect --format '{{.State.Status}} {{.State.ExitCode}}' again",
    'exited 3\n',
  );
});

test.each([
  { fault: 'call=network-connect do=fail-before', status: 1, networks: 'stage' },
  { fault: 'call=network-connect do=fail-after', status: 1, networks: 'bridge stage' },
  { fault: 'call=network-connect do=kill-before', status: 137, networks: 'stage' },
  { fault: 'call=network-connect do=kill-after', status: 137, networks: 'bridge stage' },
  { fault: 'at=1 do=hup', status: 129, networks: 'bridge stage' },
  { fault: 'call=network-rm do=fail-before', status: 0, networks: 'bridge stage' },
])('$fault', ({ fault, status, networks }) => {
  host.sh(`${STAGED}; docker network disconnect bridge old`);
  const ran = host.sh("sh -c 'docker network connect bridge new 2>/dev/null; exit $?'; exit $?", {
    SIM_FAULT: fault,
  });
  expect(ran.status).toBe(status);
  prints('simctl networks new | cut -d " " -f 1 | paste -sd " "', `${networks}\n`);
});

test('what is attached can be looked at', () => {
  host.sh(`${STAGED}; docker network create --label a=b --label c net`);
  host.sh(
    'docker stop old; docker network connect --alias x --alias y net new; docker network connect net old',
  );
  prints('simctl networks new', 'net 172.21.2.2 x,y\nstage 172.20.2.2 -\n');
  prints('simctl networks old', 'bridge - -\nnet - -\n');
  prints('simctl networks', 'bridge \nhost \nnet  new\nnone \nstage internal new\n');
  const state = host.read('state');
  expect(readContainers(state).map(({ name, networks }) => [name, networks])).toEqual([
    ['new', ['net', 'stage']],
    ['old', ['bridge', 'net']],
  ]);
  expect(readNetworks(state)).toEqual([
    { name: 'bridge', isInternal: false, labels: '', containers: ['old'] },
    { name: 'host', isInternal: false, labels: '', containers: [] },
    { name: 'net', isInternal: false, labels: 'a=b\nc=', containers: ['new', 'old'] },
    { name: 'none', isInternal: false, labels: '', containers: [] },
    { name: 'stage', isInternal: true, labels: '', containers: ['new'] },
  ]);
});

test('networks survive that the state is compacted', () => {
  host.sh(`${STAGED}; docker network create --label "x=it's" net`);
  const before = host.sh('simctl networks; simctl networks new').out;
  host.sh('i=0; while [ $i -lt 70 ]; do docker update --restart=no old >/dev/null; i=$((i + 1)); done');
  expect(host.sh('simctl networks; simctl networks new').out).toBe(before);
  prints(
    `docker network inspect --format '{{index .Labels "x"}} {{.Internal}}' net stage`,
    "it's false\n true\n",
  );
  prints(PUBLISHED, '1\n');
});

test.each([
  'docker network ls',
  'docker network prune --force',
  'docker network create --driver overlay x',
  'docker network create --attachable x',
  'docker network ls --quiet --filter driver=bridge',
  'docker network ls --quiet --filter name=a.c',
  "docker network ls --format '{{.Scope}}'",
  "docker network inspect --format '{{json .}}' bridge",
  "docker network inspect --format '{{range .Containers}}{{.MacAddress}}{{end}}' bridge",
  'docker network connect --link a bridge app',
  'docker network connect --help',
  'docker network disconnect --all bridge app',
  `docker create --network a --network b ${APP}:1`,
  `docker create --network name=a,alias=b ${APP}:1`,
  "docker container inspect --format '{{range .NetworkSettings.Networks}}{{.Gateway}}{{end}}' app",
  "docker container inspect --format '{{.NetworkSettings.IPAddress}}' app",
])('%s is not supported', (line) => {
  host.sh(`${create('app', '1')}; docker start app`);
  const ran = host.sh(line);
  expect(ran).toMatchObject({ status: 64, out: '' });
  expect(host.read('unsupported')).not.toBe('');
});

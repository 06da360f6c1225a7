import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { makeHost, type TestHost } from './host.js';

/** What no single real node shows, or not in a moment: other nodes, a registry that is down, a node or an engine that ends. */
let host: TestHost;

beforeEach(() => {
  host = makeHost();
  const set = host.sh(
    'simctl swarm; simctl image r.example/app:v1 healthcheck; simctl image r.example/app:v2 healthcheck',
  );
  expect(set.err).toBe('');
});
afterEach(() => host.remove());

const CREATE =
  'docker service create --detach --name web --update-order start-first --update-monitor 1s --update-failure-action rollback';
const PS =
  "docker service ps --no-trunc --format '{{.Node}} {{.DesiredState}} {{.CurrentState}} {{.Image}}' web";
const services = () =>
  host
    .sh('simctl services')
    .out.replace(/@sha256:[0-9a-f]{64}/g, '')
    .trim();

/** Docker's own words about a task, without its digest and how long ago that was. */
function tasks(): string[] {
  const lines = host.sh(PS).out.trim().split('\n');
  return lines.map((line) =>
    line.replace(/ (?:less than a second|\d+ seconds?) ago/, '').replace(/@\S*/, ''),
  );
}

describe('several nodes', () => {
  test('tasks are spread, and constraints are kept', () => {
    host.sh('simctl node two; simctl node three zone=a');
    host.sh(`${CREATE} --replicas 3 r.example/app:v1; simctl advance 3000`);
    expect(
      tasks()
        .map((line) => line.split(' ')[0])
        .sort(),
    ).toEqual(['manager-1', 'three', 'two']);
    host.sh(
      "docker service update --detach web --constraint-add 'node.labels.zone==a'; simctl advance 20000",
    );
    expect(tasks().filter((line) => line.includes(' Running Running'))).toEqual(
      Array.from({ length: 3 }, () => 'three Running Running r.example/app:v1'),
    );
    expect(services()).toBe('web r.example/app:v1 3/3 completed');
  });

  test('a container of another node is none of this host', () => {
    host.sh('simctl node two');
    host.sh(`${CREATE} --constraint node.role==worker r.example/app:v1; simctl advance 3000`);
    expect(tasks()).toEqual(['two Running Running r.example/app:v1']);
    expect(host.sh('docker ps -aq').out).toBe('');
  });

  test('what is published by all nodes answers wherever the task runs, on a node only there', () => {
    host.sh('simctl node two');
    host.sh(`${CREATE} --constraint node.role==worker -- r.example/app:v1`);
    host.sh('docker service update --detach web --publish-add published=8080,target=80; simctl advance 9000');
    expect(host.sh('curl -s http://localhost:8080/').out).toBe('v1\n');
    host.sh('docker service update --detach web --publish-rm 80; simctl advance 9000');
    host.sh(
      'docker service update --detach web --publish-add published=8080,target=80,mode=host; simctl advance 9000',
    );
    expect(host.sh('curl -s http://localhost:8080/').status).toBe(7);
  });

  test('a node that is down loses its tasks after a while, and another one takes over', () => {
    host.sh('simctl node two');
    host.sh(`${CREATE} --replicas 2 r.example/app:v1; simctl advance 3000`);
    host.sh('simctl node two down; simctl advance 15000');
    expect(tasks().filter((line) => line.startsWith('two Running Running'))).toHaveLength(1);
    host.sh('simctl advance 15000');
    expect(tasks().filter((line) => line.includes(' Running Running'))).toEqual(
      Array.from({ length: 2 }, () => 'manager-1 Running Running r.example/app:v1'),
    );
  });

  test('a node that ends in the middle of an update does not keep it from its end', () => {
    host.sh('simctl node two');
    host.sh(`${CREATE} --replicas 2 r.example/app:v1; simctl advance 3000`);
    host.sh('docker service update --detach web --image r.example/app:v2; simctl node two down');
    host.sh('simctl advance 60000');
    expect(services()).toBe('web r.example/app:v2 2/2 completed');
    expect(tasks().filter((line) => line.includes(' Running Running'))).toEqual(
      Array.from({ length: 2 }, () => 'manager-1 Running Running r.example/app:v2'),
    );
  });
});

describe('a registry that is down', () => {
  test('a node that has the image by its digest needs none; another one rejects the task', () => {
    host.sh('docker pull -q r.example/app:v1; simctl node two');
    const ref = host
      .sh("docker image inspect --format '{{range .RepoDigests}}{{println .}}{{end}}' r.example/app:v1")
      .out.trim();
    host.sh('simctl registry down');
    host.sh(`${CREATE} --no-resolve-image ${ref}; simctl advance 3000`);
    expect(tasks()).toEqual(['manager-1 Running Running r.example/app']);
    host.sh(`docker service update --detach web --constraint-add node.hostname==two; simctl advance 3000`);
    expect(host.sh("docker service ps --no-trunc --format '{{.Error}}' web").out).toContain(
      '"No such image: r.example/app@sha256:',
    );
    expect(services()).toMatch(/^web r\.example\/app 1\/1 rollback_/);
  });

  test('it comes back to what it had before, from the images of the nodes', () => {
    host.sh(`${CREATE} r.example/app:v1; simctl advance 3000`);
    host.sh(
      'docker service update --detach web --image r.example/app:v2; simctl advance 9000; simctl registry down',
    );
    host.sh('docker service rollback --detach web; simctl advance 9000');
    expect(services()).toBe('web r.example/app:v1 1/1 rollback_completed');
  });
});

describe('faults', () => {
  test.each([
    ['fail-before', 'v1'],
    ['fail-after', 'v2'],
    ['kill-after', 'v2'],
  ])('%s at an update: the service goes its way', (fault, version) => {
    host.sh(`${CREATE} r.example/app:v1; simctl advance 3000`);
    const run = host.sh('docker service update --detach web --image r.example/app:v2; echo "$?"', {
      SIM_FAULT: `call=service-update do=${fault}`,
    });
    expect(run.out).not.toBe('0\n');
    host.sh('simctl advance 9000');
    expect(services()).toMatch(new RegExp(`^web r\\.example/app:${version} 1/1 `));
  });

  test.each(['power-cut', 'daemon-restart'])(
    '%s in the middle of an update: it waits, and goes on',
    (event) => {
      host.sh(`${CREATE} r.example/app:v1; simctl advance 3000`);
      host.sh(
        `docker service update --detach web --image r.example/app:v2; simctl advance 1000; simctl ${event}`,
      );
      expect(services()).toBe('web r.example/app:v2 0/1 updating');
      host.sh('simctl advance 20000');
      expect(services()).toBe('web r.example/app:v2 1/1 completed');
      expect(host.sh('docker ps -q').out.trim().split('\n')).toHaveLength(1);
    },
  );
});

test('a state that is written anew is the same state', () => {
  host.sh('simctl node two zone=a; simctl overlay front; simctl secret key');
  host.sh(`${CREATE} --replicas 2 --network front --secret key r.example/app:v1; simctl advance 3000`);
  host.sh('docker service update --detach web --image r.example/app:v2; simctl advance 1500');
  const before = [tasks(), services()];
  host.sh('simctl compact');
  expect([tasks(), services()]).toEqual(before);
  host.sh('simctl advance 20000');
  expect(services()).toBe('web r.example/app:v2 2/2 completed');
});

test('a container whose service is gone ends, and is no more', () => {
  host.sh(`${CREATE} r.example/app:v1; simctl advance 3000`);
  host.sh('docker service rm web');
  expect(host.sh('docker ps -q').out).not.toBe('');
  host.sh('simctl advance 1000');
  expect(host.sh('docker ps -aq').out).toBe('');
});

test.each([
  'docker service create --name x r.example/app:v1',
  'docker service create --detach --dns 1.1.1.1 r.example/app:v1',
  'docker service scale web=2',
  'docker service ps web',
  "docker service ls --format '{{.Ports}}'",
  "docker service inspect --format '{{json .}}' web",
  'docker node ls',
  'docker stack ls',
  'docker swarm init',
  "docker info --format '{{.Swarm.NodeID}}'",
])('%s: nobody taught it', (call) => {
  host.sh(`${CREATE} r.example/app:v1`);
  expect(host.sh(call).status).toBe(64);
  expect(host.read('unsupported')).not.toBe('');
});

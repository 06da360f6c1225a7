import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { makeHost, type TestHost } from './host.js';

let host: TestHost;
beforeEach(() => {
  host = makeHost();
  host.sh(
    [
      'simctl image reg.example/app:1 ; simctl image reg.example/app:deaf ignores-term',
      'docker pull -q reg.example/app:1 && docker pull -q reg.example/app:deaf',
      'docker create --name app reg.example/app:1 && docker start app && : >"$SIM_STATE/calls"',
    ].join('\n'),
  );
});
afterEach(() => host.remove());

const STATUS = "docker container inspect --format '{{.State.Status}}' app";

// A script stops the container; the fault says what becomes of the call, the container and the script.
test.each([
  { fault: 'at=1 do=fail-before', status: 1, after: 'running', prints: 'script: 1\n' },
  { fault: 'at=1 do=fail-before rc=125', status: 125, after: 'running', prints: 'script: 125\n' },
  { fault: 'at=1 do=fail-after', status: 1, after: 'exited', prints: 'script: 1\n' },
  { fault: 'call=stop do=fail-before', status: 1, after: 'running', prints: 'script: 1\n' },
  { fault: 'call=start do=fail-before', status: 0, after: 'exited', prints: 'app\nscript: 0\n' },
  { fault: 'at=2 do=fail-before', status: 0, after: null, prints: 'app\nscript: 0\n' },
  { fault: 'at=1 do=kill-before', status: 137, after: 'running', prints: '' },
  { fault: 'at=1 do=kill-after', status: 137, after: 'exited', prints: '' },
  { fault: 'at=1 do=term', status: 0, after: 'exited', prints: 'app\nTERM seen\nscript: 0\n' },
  { fault: 'at=1 do=hup', status: 0, after: 'exited', prints: 'app\nHUP seen\nscript: 0\n' },
])('$fault', ({ fault, status, after, prints }) => {
  const script = `trap 'echo TERM seen' TERM; trap 'echo HUP seen' HUP; docker stop app 2>/dev/null; s=$?; echo "script: $s"; exit $s`;
  const ran = host.sh(`sh -c '${script.replaceAll("'", `'\\''`)}'; exit $?`, { SIM_FAULT: fault });
  expect(ran.status).toBe(status);
  expect(sorted(ran.out)).toBe(sorted(prints));
  if (after) expect(host.sh(STATUS).out).toBe(`${after}\n`);
  else expect(host.sh(`${STATUS}`, { SIM_FAULT: fault }).status).toBe(1);
});

// After kill-* the orphaned docker may still be printing its own output; only the lines matter.
function sorted(text: string): string {
  return text
    .replace(/^app\n(?=$)/, '')
    .split('\n')
    .sort()
    .join('\n');
}

test.each([
  { fault: 'at=1 do=hang-before', after: 'running' },
  { fault: 'at=1 do=hang-after', after: 'exited' },
])('$fault ends at once under timeout, with 124, and takes the time of the limit', ({ fault, after }) => {
  const ran = host.sh('timeout -k 5 60 docker stop app; echo $?', { SIM_FAULT: fault });
  expect(ran.out).toBe('124\n');
  expect(host.sh(STATUS).out).toBe(`${after}\n`);
  expect(Number(host.read('clock'))).toBeGreaterThan(1_060_000);
  expect(host.read('calls')).toContain('124 docker stop app\n');
});

test('without timeout a hanging call really hangs, and lets others work', () => {
  const ran = host.sh(
    `SIM_FAULT='at=1 do=hang-before' docker stop app & p=$!; command -p sleep 0.3; kill -0 $p && ${STATUS}; kill $p; wait $p; echo $?`,
  );
  expect(ran.out).toBe('running\n143\n');
});

test('a stop whose client was killed goes on in the daemon', () => {
  host.sh('docker create --name deaf reg.example/app:deaf; docker start deaf');
  const killed = host.sh("sh -c 'docker stop -t 5 deaf; echo not reached'; echo $?", {
    SIM_FAULT: 'call=stop do=kill-during',
  });
  expect(killed.out).not.toContain('not reached');
  const state = "docker container inspect --format '{{.State.Status}} {{.State.ExitCode}}' deaf";
  expect(host.sh(`docker start deaf; ${state}; sleep 5; ${state}`).out).toBe('deaf\nrunning 0\nexited 137\n');
});

test('a second stop waits for the first', () => {
  host.sh('docker create --name deaf reg.example/app:deaf; docker start deaf');
  host.sh("sh -c 'docker stop -t 5 deaf; :'", { SIM_FAULT: 'call=stop do=kill-during' });
  const before = Number(host.read('clock'));
  host.sh('docker stop -t 5 deaf; docker start deaf; sleep 10');
  expect(Number(host.read('clock'))).toBeGreaterThanOrEqual(before + 15_000);
  expect(host.sh("docker container inspect --format '{{.State.Status}}' deaf").out).toBe('running\n');
});

test('the fault file, counting, "and every later one" and several faults', () => {
  const run = (fault: string) => {
    host.sh(`simctl fault '${fault}'`);
    return host.sh('for i in 1 2 3 4; do docker start app >/dev/null 2>&1; printf %s $?; done').out;
  };
  expect(run('at=2 do=fail-before')).toBe('0100');
  expect(run('at=3+ do=fail-before')).toBe('0011');
  expect(run('at=1 do=fail-before; call=start nth=4 do=fail-after rc=9')).toBe('1009');
  expect(run('call=stop do=fail-before')).toBe('0000');
  expect(run('')).toBe('0000');
});

test('SIM_SCRIPT_PID is the one that is killed, whoever called', () => {
  const ran = host.sh(
    `sh -c 'SIM_SCRIPT_PID=$$; export SIM_SCRIPT_PID; (SIM_FAULT="at=1 do=kill-before" docker stop app); echo survived'; echo $?`,
  );
  expect(ran.out).toBe('137\n');
});

test('from a subshell the script itself is found', () => {
  const ran = host.sh(`sh -c '(docker stop app; :); echo survived; :'; echo $?`, {
    SIM_FAULT: 'at=1 do=kill-before',
  });
  expect(ran.out).toBe('137\n');
});

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { afterAll, describe, expect, jest, test } from '@jest/globals';
import { cleanUp, folderWith, gen, genWith, settings } from './support.js';

afterAll(cleanUp);
jest.setTimeout(120_000);

const DEPLOY = { CTRL_BUILD: 'true', BUILD_NUMBER: '9', GIT_TAG: 'v5' };
const ROLLBACK = { CTRL_BUILD: 'false', BUILD_NUMBER: '9' };
const PORTS = 'container:\n  ports: ["8080:80"]\n';
const ONE = ['--shell', 'dash', '--fault', 'kill-before at call 8'];

/** What docker 20.10 said of a host, as --ask-host had it say it: see hosts/. */
const recorded = (name: string) => readFileSync(new URL(`hosts/${name}`, import.meta.url), 'utf8');
const PARKED = recorded('parked.jsonl');

interface Host {
  readonly containers: string;
  readonly history?: string;
  readonly yaml?: string;
  readonly options?: readonly string[];
}

async function rehearse(
  { containers, history, yaml = PORTS, options = ONE }: Host,
  env: Record<string, string>,
) {
  const files = { 'gen-scripts.yml': settings('citest', yaml), containers, ...(history && { history }) };
  const cwd = await folderWith(files);
  const given = ['--containers', 'containers', ...(history ? ['--history', 'history'] : [])];
  const result = await gen(cwd, ['rehearse', ...options, ...given], env);
  const [, end] = /^(?:deploy to|rollback of) this host \(dash\): (.*)$/m.exec(result.stdout) ?? [];
  return { ...result, end: end ?? result.stderr };
}

describe('this build on this host', () => {
  const history = recorded('parked.history');
  // A second container of ours that was made from the same image as a neighbour's.
  const other = PARKED.replace('"Name":"/other"', '"Name":"/blocker"').replace(
    '"HostPort":"9000"',
    '"HostPort":"8081"',
  );

  test.each([
    [
      'a rollback takes the parked container',
      { containers: PARKED, history },
      ROLLBACK,
      'exit 0, v2 serves, history [v1]',
    ],
    [
      '... also two steps back',
      { containers: PARKED, history },
      { ...ROLLBACK, ROLLBACK_STEPS: '2' },
      'exit 0, v1 serves, history []',
    ],
    ['... and by the containers alone', { containers: PARKED }, ROLLBACK, 'exit 0, v2 serves, history [v1]'],
    [
      'to what runs already: nothing',
      { containers: PARKED, history },
      { ...ROLLBACK, ROLLBACK_TO: 'v3' },
      'exit 0, v3 serves, history [v1, v2]',
    ],
    [
      'to what is not on the host: it is pulled',
      { containers: PARKED, history: `registry.example.com/team/citest:v0\n` },
      ROLLBACK,
      'exit 0, v0 serves, history []',
    ],
    ['a deploy', { containers: PARKED, history }, DEPLOY, 'exit 0, v5_manual_9 serves, history [v1, v2, v3]'],
    [
      'a deploy to an empty host',
      { containers: recorded('empty.jsonl') },
      DEPLOY,
      'exit 0, v5_manual_9 serves, history []',
    ],
    [
      'a rollback of an empty host',
      { containers: recorded('empty.jsonl') },
      ROLLBACK,
      'exit 13, nothing serves, history []',
    ],
    [
      "a deploy adopts the old recipe's container",
      { containers: recorded('recipe.jsonl') },
      DEPLOY,
      'exit 0, v5_manual_9 serves, history [v4]',
    ],
    [
      'from what docker inspect says',
      { containers: recorded('inspect.json') },
      DEPLOY,
      'exit 0, v5_manual_9 serves, history [v4]',
    ],
    [
      'a port that a neighbour holds',
      { containers: other, history, yaml: 'container:\n  ports: ["8081:80"]\n' },
      DEPLOY,
      'exit 11, v3 serves, history [v1, v2]',
    ],
    [
      'a network that is not there',
      { containers: PARKED, history, yaml: `${PORTS}  network: front\n` },
      DEPLOY,
      'exit 10, v3 serves, history [v1, v2]',
    ],
    [
      'a network that is',
      { containers: PARKED, history, yaml: `${PORTS}  network: backend\n` },
      DEPLOY,
      'exit 0, v5_manual_9 serves, history [v1, v2, v3]',
    ],
    [
      'no room for more lines',
      { containers: PARKED, history, yaml: `${PORTS}history:\n  keep: 2\n` },
      DEPLOY,
      'exit 0, v5_manual_9 serves, history [v2, v3]',
    ],
  ])('%s', async (_, host, env, end) => {
    const { status, stderr, ...result } = await rehearse(host, env);
    expect([status, result.end, stderr]).toEqual([0, end, expect.stringContaining('nothing was violated')]);
  });

  test('every fault that a usual rehearsal knows: a rollback', async () => {
    const host = { containers: PARKED, history, options: ['--shell', 'dash'] };
    const { status, stderr } = await rehearse(host, ROLLBACK);
    expect([status, stderr]).toEqual([0, expect.stringContaining('nothing was violated')]);
  });

  test('a version that does not run: only the run without a fault, and it says so', async () => {
    const containers = PARKED.replace(
      '"Status":"running","ExitCode":0,"Health":{"Status":"healthy"}},"HostConfig":{"RestartPolicy":{"Name":"unless',
      '"Status":"exited","ExitCode":1,"Health":null},"HostConfig":{"RestartPolicy":{"Name":"unless',
    );
    expect(containers).not.toBe(PARKED);
    const { status, stdout, end } = await rehearse(
      { containers, history, options: ['--shell', 'dash'] },
      DEPLOY,
    );
    expect([status, end]).toEqual([0, 'exit 0, v5_manual_9 serves, history [v1, v2, v3]']);
    expect(stdout).toContain(
      'note: nothing of this app serves on this host: only the run without a fault is played',
    );
  });

  test('two that could be the old one: it asks, and touches nothing', async () => {
    const lines = recorded('recipe.jsonl').split('\n');
    const one = lines.find((line) => line.includes('/gallant_darwin')) ?? '';
    const twin = one
      .replace('gallant_darwin', 'jolly_twin')
      .replace(/"Id":"..../, '"Id":"0000')
      .replace('8080', '8082');
    const { status, end } = await rehearse({ containers: [twin, ...lines].join('\n') }, DEPLOY);
    expect([status, end]).toEqual([0, 'exit 10, nothing serves, history []']);
  });

  test('ten thousand containers of others', async () => {
    const lines = PARKED.split('\n');
    const one = lines.find((line) => line.includes('/never')) ?? '';
    const many = Array.from({ length: 10_000 }, (_, index) =>
      one.replace('/never', `/n${index}`).replace(/"Id":".{5}/, `"Id":"${String(10_000 + index)}`),
    );
    const { status, stdout } = await rehearse(
      { containers: [...many, ...lines].join('\n'), history },
      ROLLBACK,
    );
    expect([status, stdout]).toEqual([0, expect.stringMatching(/note: 9\d{3} containers are left out/)]);
  });

  test('no secret of the host gets into a report', async () => {
    expect(recorded('inspect.json')).toContain('sup3rsecret');
    const options = [...ONE, '--format', 'json'];
    const { status, stdout } = await rehearse({ containers: recorded('inspect.json'), options }, DEPLOY);
    expect([status, stdout.includes('sup3rsecret')]).toEqual([0, false]);
  });
});

describe('files that are none', () => {
  test.each([
    ['empty', '', 'it is empty'],
    ['not JSON', 'CONTAINER ID   IMAGE\n', 'not JSON, or not all of it'],
    ['cut in a line', PARKED.slice(0, 700), 'line 3: not JSON, or not all of it'],
    ['cut between lines', PARKED.split('\n').slice(0, 4).join('\n'), 'its end is missing'],
    ['a list that is cut', recorded('inspect.json').slice(0, 3000), 'not JSON, or not all of it'],
    ['a name with a line end', PARKED.replace('/other', '/o\\nther'), 'entry 4'],
    ['a name that is code', PARKED.replace('/other', "/$(touch x)'"), 'entry 4'],
    ['an image that is code', PARKED.replace('"Image":"web2:1"', '"Image":"web2:1\'; touch x"'), 'entry 2'],
    ['an id that is too short', PARKED.replace(/"Id":"[0-9a-f]{6}/, '"Id":"'), 'entry 2'],
    [
      'a label of two lines',
      PARKED.replace('"gen-scripts.health":"image"', '"gen-scripts.health":"image\\nx"'),
      'entry 5',
    ],
    ['no Docker', '{"Engine":\n', 'not JSON, or not all of it'],
    ['a number', '7', 'entry 1'],
  ])('%s', async (_, containers, detail) => {
    const { status, stdout, stderr } = await rehearse({ containers }, DEPLOY);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain('--containers: "containers": not the containers of a host');
    expect(stderr).toContain(detail);
    expect(stderr).toContain('[GS067]');
  });

  test('that is not there', async () => {
    const cwd = await folderWith({ 'gen-scripts.yml': settings() });
    const { status, stderr } = await gen(cwd, ['rehearse', '--containers', 'nowhere'], DEPLOY);
    expect([status, stderr]).toEqual([2, expect.stringMatching(/no such file.*\[GS067\]/)]);
  });
});

test('a neighbour that stays down after a power cut was not touched by the scripts', async () => {
  const containers = PARKED.replace(
    /("Name":"\/other".*?"RestartPolicy":\{"Name":")always/,
    (_, before) => `${before}no`,
  );
  expect(containers).not.toBe(PARKED);
  const options = ['--shell', 'dash', '--fault', 'power-cut at call 5'];
  expect(await rehearse({ containers, options }, ROLLBACK)).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('1 x  killed, nothing serves until the next run'),
  });
});

test('from stdin', async () => {
  const cwd = await folderWith({ 'gen-scripts.yml': settings('citest', PORTS) });
  const stdin = new PassThrough();
  stdin.end(PARKED);
  const env = { PATH: process.env.PATH ?? '', ...ROLLBACK };
  const { status, stdout } = await genWith({ cwd, env, stdin }, ['rehearse', ...ONE, '--containers', '-']);
  expect([status, stdout]).toEqual([0, expect.stringContaining('exit 0, v2 serves')]);
});

test('--ask-host asks for nothing that may be secret, in one line for a shell', async () => {
  const { status, stdout } = await gen(await folderWith(), ['rehearse', '--ask-host']);
  expect(status).toBe(0);
  expect(spawnSync('sh', ['-n'], { input: stdout, encoding: 'utf8' })).toMatchObject({
    status: 0,
    stderr: '',
  });
  expect(stdout).not.toMatch(
    /\.Env\b|\.Cmd\b|\.Args\b|\.Mounts\b|json \.Config\.Labels|\.Health\.Log|json \.State\}/,
  );
});

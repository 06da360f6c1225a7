import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { genWith } from '../commands/support.js';
import { type Behaviour, SimulatedFleet } from './fleet-host.js';

jest.setTimeout(120_000);

let fleet: SimulatedFleet;
afterEach(() => fleet.remove());

const three = () => {
  fleet = new SimulatedFleet(['web1', 'web2', 'web3']);
  fleet.configure();
};

/** A deploy of v1 everywhere, then that of v2 fails on one of them. */
async function v1Then(more: string, broken = 'web3'): Promise<void> {
  fleet = new SimulatedFleet(['web1', 'web2', 'web3']);
  fleet.configure(more);
  expect((await fleet.deploy('v1', 1)).status).toBe(0);
  fleet.host(broken).sim('fault', 'call=start nth=1 do=fail-before');
}

test('every host gets the version, one after the other, and the end says so', async () => {
  three();
  await fleet.deploy('v1', 1);
  const { status, stdout, stderr } = await fleet.deploy('v2', 2);
  expect(fleet.serving()).toEqual(['v2', 'v2', 'v2']);
  expect(status).toBe(0);
  expect(stdout).toContain('web1, web2 and web3 run v2.\n');
  expect(stdout).toMatch(/^web2 +citest +v1 +v2 +\d+ +healthy \(0\) +v1$/m);
  const events = stderr.split('\n').filter((line) => /^(updating|web\d:)/.test(line));
  expect(events).toEqual(
    ['web1', 'web2', 'web3'].flatMap((name) => [
      `updating ${name}`,
      `${name}: sending`,
      `${name}: running`,
      expect.stringMatching(`^${name}: healthy \\(0\\), v2, \\d+ s$`),
    ]),
  );
});

test('a re-run passes over what is there', async () => {
  await v1Then('', 'web2');
  expect((await fleet.deploy('v2', 2)).status).toBe(1);
  expect(fleet.serving()).toEqual(['v2', 'v1', 'v1']);
  // web1 has it already: nobody watches it for an hour.
  fleet.configure('rollout: { canary: 1, batch: 2, wait: 1h }');
  expect((await fleet.deploy('v2', 2)).status).toBe(0);
  expect(await fleet.states()).toEqual({ web1: 'unchanged', web2: 'done', web3: 'done' });
  expect((await fleet.deploy('v2', 3)).status).toBe(0);
  expect(await fleet.states()).toEqual({ web1: 'unchanged', web2: 'unchanged', web3: 'unchanged' });
});

test('one broken host of three: by one command all three are on the old version', async () => {
  await v1Then('rollout: { canary: 1, batch: 2, onFailure: rollback }');
  const { status, stdout } = await fleet.deploy('v2', 2);
  expect(status).toBe(1);
  expect(fleet.serving()).toEqual(['v1', 'v1', 'v1']);
  expect(await fleet.states()).toEqual({ web1: 'reverted', web2: 'reverted', web3: 'restored' });
  expect(stdout).toContain(
    'web3: v2 failed and v1 runs again; web1 and web2 were rolled back to v1: repair the new version',
  );
  for (const host of fleet.hosts) expect(host.versions()).toEqual([]);
  // And the next one goes where it should.
  expect((await fleet.deploy('v3', 3)).status).toBe(0);
  expect(fleet.serving()).toEqual(['v3', 'v3', 'v3']);
});

test('hosts that had the version before this rollout do not go back', async () => {
  await v1Then('rollout: { onFailure: rollback }');
  await fleet.render('v2', 2);
  expect((await fleet.ship('web1')).status).toBe(0);
  await fleet.render('v2', 3);
  expect((await fleet.ship()).status).toBe(1);
  expect(await fleet.states()).toEqual({ web1: 'unchanged', web2: 'reverted', web3: 'restored' });
  expect(fleet.serving()).toEqual(['v2', 'v1', 'v1']);
});

test('without it the rollout stops, and goes on after failures that are tolerated', async () => {
  await v1Then('', 'web2');
  await fleet.deploy('v2', 2);
  expect(await fleet.states()).toEqual({ web1: 'done', web2: 'restored', web3: 'skipped' });
  fleet.configure('rollout: { failures: 1 }');
  fleet.host('web2').sim('fault', 'call=start nth=1 do=fail-before');
  expect((await fleet.deploy('v2', 3)).status).toBe(1);
  expect(await fleet.states()).toEqual({ web1: 'unchanged', web2: 'restored', web3: 'done' });
});

test('a fleet that stopped on the way goes back by ROLLBACK_FROM, and again, without harm', async () => {
  await v1Then('', 'web2');
  await fleet.deploy('v2', 2);
  expect(fleet.serving()).toEqual(['v2', 'v1', 'v1']);
  for (const number of [3, 4]) {
    await fleet.render('', number, { CTRL_BUILD: 'false', ROLLBACK_FROM: 'v2', GIT_TAG: '' });
    expect((await fleet.ship()).status).toBe(0);
    expect(fleet.serving()).toEqual(['v1', 'v1', 'v1']);
  }
});

describe('what may be wrong with the way to one of three hosts', () => {
  test.each<{ behaviour: Behaviour; state: string; serves: string; said: string; words?: string[] }>([
    { behaviour: 'down', state: 'unreached', serves: 'v1', said: 'Connection refused' },
    { behaviour: 'refuse', state: 'unreached', serves: 'v1', said: 'Permission denied (publickey).' },
    { behaviour: 'stranger', state: 'unreached', serves: 'v1', said: 'Host key verification failed.' },
    { behaviour: 'full', state: 'unreached', serves: 'v1', said: 'Failure' },
    { behaviour: 'early', state: 'unreached', serves: 'v1', said: 'the connection was lost' },
    { behaviour: 'crash', state: 'unknown', serves: 'v1', said: 'the connection was lost' },
    { behaviour: 'drop', state: 'done', serves: 'v2', said: 'the connection was lost' },
    { behaviour: 'noise', state: 'done', serves: 'v2', said: '', words: ['--verbose'] },
  ])('$behaviour: $state', async ({ behaviour, state, serves, said, words = [] }) => {
    three();
    fleet.configure('rollout: { failures: 1, batch: 3 }');
    await fleet.deploy('v1', 1);
    fleet.host('web2').behave(behaviour);
    const { status, stderr } = await fleet.deploy('v2', 2, ...words);
    expect(stderr).toContain(said);
    expect(await fleet.states()).toEqual({ web1: 'done', web2: state, web3: 'done' });
    expect(fleet.serving()).toEqual(['v2', serves, 'v2']);
    expect(status).toBe(state === 'done' ? 0 : 1);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what a host says must not drive a terminal
    expect(stderr).not.toMatch(/\u001b/);
    // Once it is repaired, the same command brings it to the same state as the others.
    fleet.host('web2').behave('');
    expect((await fleet.ship()).status).toBe(0);
    expect(fleet.serving()).toEqual(['v2', 'v2', 'v2']);
  });

  test('a host that hangs after the transfer is given up after execTimeout', async () => {
    three();
    fleet.configure('rollout: { failures: 1, batch: 3 }');
    await fleet.deploy('v1', 1);
    fleet.host('web2').behave('hang-exec');
    await fleet.render('v2', 2);
    const file = join(fleet.work, 'release', 'web2', 'manifest.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"execTimeout": 600000', '"execTimeout": 1500'));
    const { stderr } = await fleet.ship();
    expect(stderr).toContain('not done within publish.execTimeout');
    expect(await fleet.states()).toEqual({ web1: 'done', web2: 'unknown', web3: 'done' });
  });
});

test('twenty hosts, a canary and batches of a quarter; one of them is broken, and all go back', async () => {
  const names = Array.from({ length: 20 }, (_, index) => `web${index + 1}`);
  fleet = new SimulatedFleet(names);
  fleet.configure('rollout: { canary: 1, batch: 25%, onFailure: rollback }');
  expect((await fleet.deploy('v1', 1)).status).toBe(0);
  fleet.host('web9').sim('fault', 'call=start nth=1 do=fail-before');
  fleet.host('web17').behave('down');
  expect((await fleet.deploy('v2', 2)).status).toBe(1);
  expect(fleet.serving()).toEqual(names.map(() => 'v1'));
  const states = Object.values(await fleet.states());
  const count = (state: string) => states.filter((one) => one === state).length;
  // The batch of web9 was the third step: 1 + 5 + 5.
  expect([count('reverted'), count('restored'), count('skipped')]).toEqual([10, 1, 9]);
  fleet.host('web17').behave('');
  expect((await fleet.deploy('v3', 3)).status).toBe(0);
  expect(fleet.serving()).toEqual(names.map(() => 'v3'));
});

describe('the plan', () => {
  test('is shown before, or alone', async () => {
    fleet = new SimulatedFleet(['web1', 'web2', 'web3', 'web4']);
    fleet.configure('rollout: { canary: 1, batch: 2, wait: 30s, onFailure: rollback }');
    await fleet.render('v2', 7);
    const { stdout, status } = await fleet.ship('--plan');
    expect(status).toBe(0);
    const folders = fleet.hosts.map(({ folder }) => `${folder}/inbox`);
    expect(stdout.replace(/ +/g, ' ').split('\n')).toEqual([
      'deploy of citest v2 (build 7) on 4 hosts',
      '',
      'STEP HOST CONNECTS TO APP FOLDER ON THE HOST',
      `1 (canary) web1 web1 citest ${folders[0]}`,
      `2 web2 web2 citest ${folders[1]}`,
      `2 web3 web3 citest ${folders[2]}`,
      `3 web4 web4 citest ${folders[3]}`,
      '',
      '30 s between two steps. As soon as a host has failed: the rollout stops, and the hosts that it has updated go back.',
      '',
    ]);
    expect((await fleet.ship('--plan', '--lang', 'zh')).stdout).toContain(
      '部署 citest v2（构建 7），共 4 台主机',
    );
    expect(fleet.serving()).toEqual([undefined, undefined, undefined, undefined]);
  });

  test.each([
    { env: {}, title: 'rollback of citest by one step (build 8) on 3 hosts' },
    {
      env: { ROLLBACK_FROM: 'v2' },
      title: 'rollback of citest by one step, only where v2 runs (build 8) on 3 hosts',
    },
    { env: { ROLLBACK_TO: 'v1' }, title: 'rollback of citest to v1 (build 8) on 3 hosts' },
    { env: { ROLLBACK_STEPS: '2' }, title: 'rollback of citest by 2 steps (build 8) on 3 hosts' },
  ])('of a rollback: $title', async ({ env, title }) => {
    three();
    fleet.configure('rollout: { onFailure: rollback }');
    await fleet.render('', 8, { CTRL_BUILD: 'false', GIT_TAG: '', ...env } as Record<string, string>);
    const { stdout } = await fleet.ship('--plan');
    expect(stdout.split('\n')[0]).toBe(title);
    expect(stdout).toContain('As soon as a host has failed: the rollout stops.\n');
  });

  test('of some of the hosts', async () => {
    three();
    await fleet.render('v2', 7);
    expect((await fleet.ship('--plan', 'web3', 'web1')).stdout).toContain('on 2 hosts');
  });

  test('a host that is not in the settings', async () => {
    three();
    await fleet.render('v2', 7);
    const { status, stderr } = await fleet.ship('web9');
    expect([status, stderr]).toEqual([
      2,
      expect.stringContaining('"web9": no such host: expected web1, web2, web3 [GS263]'),
    ]);
  });

  test('a name that only Jenkins takes', async () => {
    fleet = new SimulatedFleet(['主机1']);
    fleet.configure();
    await fleet.render('v2', 7);
    const { status, stderr } = await fleet.ship();
    expect([status, stderr]).toEqual([2, expect.stringContaining('"主机1": not a destination for ssh')]);
    const report = await genWith({ cwd: fleet.work, env: {} }, ['report']);
    expect([report.status, JSON.parse(report.stdout).transfers[0].servers]).toEqual([0, ['主机1']]);
  });

  test('no scripts', async () => {
    three();
    const { status, stderr } = await fleet.ship();
    expect([status, stderr]).toEqual([2, expect.stringContaining('GS013')]);
  });
});

describe('Ctrl-C', () => {
  /** `ship` as a process of its own, which can be sent signals; `until` a line is in what it says, `act`. */
  async function shipAsProcess(): Promise<{
    said(text: string): Promise<void>;
    interrupt(): void;
    end: Promise<string>;
  }> {
    const cli = fileURLToPath(new URL('../../resources/gen-scripts.cjs', import.meta.url));
    const child = spawn(process.execPath, [cli, 'ship'], { cwd: fleet.work, env: fleet.environment });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        output += chunk;
      });
    const end = new Promise<string>((resolve) =>
      child.once('close', (code) => resolve(`${output}exit ${code}`)),
    );
    const said = async (text: string) => {
      while (!output.includes(text)) await sleep(20);
    };
    return { said, interrupt: () => child.kill('SIGINT'), end };
  }

  test('no further host is asked, and the one that is busy comes to its end', async () => {
    three();
    await fleet.deploy('v1', 1);
    await fleet.render('v2', 2);
    fleet.host('web1').behave('slow');
    const { said, interrupt, end } = await shipAsProcess();
    await said('web1: running');
    interrupt();
    const output = await end;
    expect(output).toContain(
      'interrupted: no further host is asked. Waiting for the end of web1; once more:',
    );
    expect(output).toContain('web1 runs v2; web2 and web3 were not touched.');
    expect(output).toMatch(/exit 1$/);
    expect((await fleet.report()).result).toBe('FAILURE');
    expect(fleet.serving()).toEqual(['v2', 'v1', 'v1']);
  });

  test('twice: nobody waits, and the state of that host is said to be unknown', async () => {
    three();
    await fleet.deploy('v1', 1);
    await fleet.render('v2', 2);
    fleet.host('web1').behave('hang-exec');
    const { said, interrupt, end } = await shipAsProcess();
    await said('web1: running');
    interrupt();
    await said('Waiting for the end');
    interrupt();
    const output = await end;
    expect(output).toContain('left: what has begun on web1 goes on to its end there');
    expect(output).toContain('web1: no answer, its state is not known; web2 and web3 were not touched');
    expect(output).toMatch(/exit 1$/);
  });
});

test('on a terminal each host that is busy has a line, and the end is the same', async () => {
  three();
  fleet.configure('rollout: { batch: 3 }');
  await fleet.render('v1', 1);
  const screen = await fleet.shipOnTerminal();
  // Lines are drawn over: what is left of each host is its end.
  expect(screen).toContain('\u001b[3A\u001b[J');
  expect(screen).toMatch(/web2: running, \d+ s/);
  expect(screen).toMatch(/web2: healthy \(0\), v1, \d+ s\n/);
});

describe('a manifest that came from somewhere else', () => {
  const tamper = (change: (text: string) => string) => {
    const file = join(fleet.work, 'release', 'web1', 'manifest.json');
    const before = readFileSync(file, 'utf8');
    const after = change(before);
    expect(after).not.toBe(before);
    writeFileSync(file, after);
  };

  test.each<[string, (text: string) => string]>([
    // sftp would take the second line for a command of its own, and ! for this machine's shell.
    [
      'a line break in the folder',
      (text) => text.replace(/("publish.remoteRoot": {\s*"value": ")/, '$1/x\\n!touch pwned\\n'),
    ],
    [
      'an option as destination',
      (text) => text.replace('"ssh": "web1"', '"ssh": "-oProxyCommand=touch pwned"'),
    ],
    [
      'an escape sequence in the name',
      (text) => text.replaceAll('"name": "web1"', '"name": "web1\\u001b[2J"'),
    ],
    ['a command in the image', (text) => text.replace(/"image": "[^"]*"/, '"image": "x; touch pwned"')],
  ])('%s is refused, and nothing is done', async (_, change) => {
    three();
    await fleet.render('v1', 1);
    tamper(change);
    const { status, stderr } = await fleet.ship();
    expect([status, stderr]).toEqual([2, expect.stringContaining('GS014')]);
    expect(existsSync(join(fleet.work, 'pwned'))).toBe(false);
    expect(fleet.serving()).toEqual([undefined, undefined, undefined]);
  });
});

test('scripts that were rendered anew during the rollout are not sent', async () => {
  three();
  await fleet.render('v1', 1);
  writeFileSync(join(fleet.work, 'release', 'web2', 'auto.sh'), 'echo other\n');
  expect((await fleet.ship()).stderr).toContain('auto.sh is another one by now: start again');
  expect(await fleet.states()).toEqual({ web1: 'done', web2: 'unreached', web3: 'skipped' });
});

test('the scripts travel as they are, each under another name first', async () => {
  three();
  await fleet.deploy('v1', 1);
  const { folder } = fleet.host('web1');
  const names = readdirSync(join(folder, 'inbox')).sort();
  expect(names).toEqual([
    'auto.sh',
    'build.sh',
    'manifest.json',
    'outcome',
    'outcome.pid',
    'repull.sh',
    'rollback.sh',
  ]);
  for (const name of ['auto.sh', 'rollback.sh'])
    expect(readFileSync(join(folder, 'inbox', name))).toEqual(
      readFileSync(join(fleet.work, 'release/web1', name)),
    );
  // Made once.
  expect(existsSync(join(fleet.work, 'release/web2/build.sh'))).toBe(false);
});

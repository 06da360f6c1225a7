import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from '@jest/globals';
import type { Host } from '../support/host.js';
import { scenario } from '../support/scenario.js';
import { expectOnlyServing, prepare } from './support.js';

const OTHER = 'registry.example.com/team/other:v1';

/** Starts another program's container, with labels or none. @returns its id */
function neighbour(host: Host, name: string, ...labels: string[]): string {
  host.sim('image', OTHER);
  const options = labels.flatMap((label) => ['--label', label]);
  host.command('docker', 'run', '-d', '--name', name, ...options, OTHER);
  return idOf(host, name);
}

function idOf(host: Host, name: string): string {
  return host.command('docker', 'container', 'inspect', '--format', '{{.Id}}', name);
}

/** Kills build `number` of `tag` at the start of its new container: a swap is under way. */
function killDeploy(host: Host, tag: string, number: number, user = 'li.lei'): void {
  host.image(tag);
  host.deploy(
    tag,
    number,
    { jenkins: { buildNumber: String(number), user } },
    { env: { SIM_FAULT: 'call=start nth=1 do=kill-before' } },
  );
}

/** Rewrites the swap file of the interrupted deploy. */
function tamper(host: Host, change: (text: string) => string): void {
  const file = `${host.history}.swap`;
  const before = readFileSync(file, 'utf8');
  expect(change(before)).not.toBe(before);
  writeFileSync(file, change(before));
}

for (const user of [
  'CORP\\nancy',
  'CORP\\carol',
  'x\\nold - - - - - -',
  'x\\0141 \\x41 \\',
  '-n',
  '-e \\nend',
]) {
  scenario(`who asked for it may have any name: ${user}`, (host) => {
    prepare(host, 'v1');
    killDeploy(host, 'v2', 2, user);
    const swap = readFileSync(`${host.history}.swap`, 'utf8').split('\n');
    expect(swap.map((line) => line.split(' ')[0])).toEqual(['run', 'old', 'new', 'end', '']);
    expect(swap[0]).toMatch(/^run \S+ deploy stop \d+,[-\dT:.]+ 2 /);
    expect(swap[0]?.endsWith(` ${user}`)).toBe(true);
    const { code, output } = host.run();
    expect({ code, guessed: output.includes('GS155') }).toEqual({ code: 0, guessed: false });
    expect(host.lines('.journal').map((line) => line.split('\t')[7])).toContain(user);
  });
}

for (const [what, change] of [
  ['an action of its own', (text: string) => text.replace(' deploy ', ' adopt ')],
  ['an option as a name', (text: string) => text.replace(' citest ', ' --help ')],
  ['a path as a name', (text: string) => text.replace(' citest ', ' ../../x ')],
  ['an option as a policy', (text: string) => text.replace(' unless-stopped ', ' --privileged ')],
  ['a command as the new name', (text: string) => text.replace(/ citest-next-\S+/, ' $(id)')],
  ['an option as a reference', (text: string) => text.replace(/ \S+:v1\S*/, ' --force')],
] as const) {
  scenario(`a swap file with ${what} is not followed`, (host) => {
    prepare(host, 'v1');
    killDeploy(host, 'v2', 2);
    tamper(host, change);
    host.ship({ mode: 'rollback', tag: '', jenkins: { buildNumber: '3' } });
    expect(host.run()).toMatchObject({ code: 0, output: expect.stringContaining('GS155') });
    expectOnlyServing(host, 'v1');
    expect(host.calls().join('\n')).not.toMatch(/--help|--force|--privileged|\.\.\/x|\$\(id\)/);
  });
}

for (const place of ['old', 'new'] as const) {
  scenario(`a swap file that names somebody's container without labels as its ${place} one`, (host) => {
    prepare(host, 'v1');
    const victim = neighbour(host, 'victim');
    killDeploy(host, 'v2', 2);
    tamper(host, (text) => text.replace(new RegExp(`^${place} [0-9a-f]{64}`, 'm'), `${place} ${victim}`));
    const before = host.containers();
    expect(host.run()).toMatchObject({ code: 12, output: expect.stringContaining('GS145') });
    expect(host.containers()).toEqual(before);
  });
}

scenario('journal lines cannot pose as containers, nor name anything but images', (host) => {
  prepare(host, 'v1', 'v2');
  const victim = neighbour(host, 'victim');
  const parked = host.containers();
  const own = Object.keys(parked).find((name) => name.startsWith('citest-')) ?? '';
  const lines = [
    `${victim} exited ours citest-${victim.slice(0, 12)} "registry.example.com/team/citest:v1"`,
    ['t', 'r', 'adopt', 'always', victim, 'registry.example.com/team/citest:v1', '1', 'me', '0'].join('\t'),
    ['t', 'r', 'adopt', '--privileged', idOf(host, own), '--force', '1', 'me', '0'].join('\t'),
    ['t', 'r', 'deploy', 'done', '$(id)', '`id`', '2', 'a\tb', '0'].join('\t'),
  ];
  appendFileSync(`${host.history}.journal`, `${lines.join('\n')}\n`);
  host.image('v3');
  expect(host.deploy('v3', 3, { retain: 0 }).code).toBe(0);
  expect(host.containers()).toEqual({ victim: 'running', citest: 'running' });
  expect(host.calls().join('\n')).not.toMatch(/--force|--privileged/);
});

scenario('the gate of a container is a web address, whatever its label says', (host) => {
  prepare(host, 'v1');
  const options = ['--label', 'gen-scripts.app=citest', '--label', 'gen-scripts.restart=no'];
  host.command('docker', 'rm', '--force', idOf(host, 'citest'));
  host.command(
    'docker',
    ...[
      'run',
      '-d',
      '--name',
      'citest',
      ...options,
      '--label',
      'gen-scripts.health=url=--config=/etc/passwd',
    ],
    'registry.example.com/team/citest:v1',
  );
  killDeploy(host, 'v2', 2);
  expect(host.rollback(3).code).toBe(0);
  expect(host.calls().filter((call) => call.includes('curl') && call.includes('passwd'))).toEqual([]);
});

scenario('a label with line feeds cannot tell what another container is', (host) => {
  prepare(host, 'v1', 'v2');
  const [target = ''] = Object.keys(host.containers()).filter((name) => name !== 'citest');
  const line = (name: string, policy: string) =>
    `${idOf(host, name)} running sha256:1 false ${policy}:0 image image ${policy} image\n`;
  host.sim('answer', `${line('citest', 'no')}${line(target, 'always')}${line(target, 'unless-stopped')}`);
  expect(host.rollback(3, {}, { env: { SIM_FAULT: 'call=container-inspect do=answer' } }).code).toBe(0);
  expect(host.serves()).toBe('v1');
  const policy = ['--format', '{{.HostConfig.RestartPolicy.Name}}', 'citest'];
  expect(host.command('docker', 'container', 'inspect', ...policy)).toBe('unless-stopped');
});

scenario('each docker call that changes something is one line of the log, without controls', (host) => {
  host.image('v1');
  const env = { LINES: 'one\nRESULT 0 forged', COLOUR: '\u001b[2Jred\u0007', TAB: 'a\tb' };
  const { code, output, result } = host.deploy('v1', 1, { container: { env } });
  expect({ code, result }).toEqual({ code: 0, result: expect.stringContaining('is healthy') });
  expect(output).not.toMatch(/^RESULT 0 forged/m);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that there are none is what is tested
  expect(output).not.toMatch(/[\u0007\u001b]/);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: as above
  expect(readFileSync(`${host.history}.out`, 'utf8')).not.toMatch(/[\u0007\u001b]/);
  expect(host.calls().find((call) => call.includes(' create '))).toContain(
    "'LINES=one'$'\\n''RESULT 0 forged'",
  );
});

import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import type { Host } from '../support/host.js';
import { PASSWORD, WITH_PASSWORD, WITHOUT_PASSWORD } from '../support/login-lines.js';
import { scenario } from '../support/scenario.js';
import { deployByRecipe, OLD_SCRIPT, REPOSITORY, rollBackByRecipe } from './recipe.js';
import { deployInOrder, expectOnlyServing } from './support.js';

const NEIGHBOUR = 'registry.example.com/team/other';

/**
 * A host where the recipe deployed v1, v1 again, v2 and v3 beside another app. Somebody once had the host build an
 * image itself: the recipe then wrote the bare id of what ran.
 * @returns name of the container that runs, and the history's lines
 */
function recipeHost(host: Host): { running: string; history: string[] } {
  for (const tag of ['v1', 'v2', 'v3', 'v4', 'v5']) host.image(tag);
  host.sim('image', `${NEIGHBOUR}:1`);
  host.command('docker', 'run', '-d', '--name', 'other', '-p', '9090:80', `${NEIGHBOUR}:1`);
  deployByRecipe(host, 'v1');
  const id = host.command('docker', 'image', 'inspect', '--format', '{{.ID}}', `${REPOSITORY}:v1`);
  writeFileSync(host.history, `${id.slice(7, 19)}\n`);
  for (const tag of ['v1', 'v2', 'v3']) deployByRecipe(host, tag);
  writeFileSync(join(host.inbox, 'repull'), OLD_SCRIPT);
  const [running = ''] = runningNames(host);
  const history = [id.slice(7, 19), `${REPOSITORY}:v1`, `${REPOSITORY}:v1`, `${REPOSITORY}:v2`];
  expect(host.lines('')).toEqual(history);
  expect([host.serves(), host.serves('9090')]).toEqual(['v3', '1']);
  return { running, history };
}

function runningNames(host: Host): string[] {
  const running = Object.entries(host.containers()).filter(([, state]) => state === 'running');
  return running.map(([name]) => name).filter((name) => name !== 'other');
}

/** Every container but that of the app and its parked ones: id, state, image. */
function others(host: Host, but: string): string[] {
  const format = '{{.Names}} {{.ID}} {{.State}} {{.Image}}';
  const lines = host.command('docker', 'ps', '--all', '--no-trunc', '--format', format).split('\n');
  return lines.filter((line) => !line.startsWith('citest') && !line.startsWith(`${but} `)).sort();
}

function id12(host: Host, name: string): string {
  return host.command('docker', 'container', 'inspect', '--format', '{{.ID}}', name).slice(0, 12);
}

/** Everything of the host that must not change: containers, files and what is in them. */
function everything(host: Host): unknown {
  const files = host.leftovers().map((name) => [name, readFileSync(host.history + name, 'utf8')]);
  return [others(host, ''), files, host.serves()];
}

scenario('a dry run on a host of the recipe changes nothing and shows the adoption', (host) => {
  const { running } = recipeHost(host);
  const before = everything(host);
  host.ship({ tag: 'v4', jenkins: { buildNumber: '1' } });
  const { code, output, result } = host.run({ args: ['--build', '1', '--dry-run'] });
  expect(code).toBe(0);
  expect(output).toContain(`adopting container '${running}'`);
  expect(output).toContain('GS125');
  expect(result).toMatch(/^dry run, nothing was done/);
  expect(everything(host)).toEqual(before);
});

scenario('the first deploy adopts, the next is like any other, rollback goes all the way back', (host) => {
  const { running, history } = recipeHost(host);
  const bystanders = others(host, running);
  expect(bystanders).toHaveLength(4);
  const parked = `citest-${id12(host, running)}`;

  const first = host.deploy('v4', 1);
  expect(first).toMatchObject({
    code: 0,
    output: expect.stringContaining(`adopting container '${running}'`),
  });
  expect([host.serves(), host.serves('9090')]).toEqual(['v4', '1']);
  expect(host.containers()).toMatchObject({ citest: 'running', [parked]: 'exited' });
  expect(host.lines('').slice(0, 4)).toEqual(history);
  expect(host.lines('')[4]).toMatch(/^registry\.example\.com\/team\/citest:v3@sha256:[0-9a-f]{64}$/);
  expect(host.journal()).toEqual(['adopt no', 'deploy done']);

  const second = host.deploy('v5', 2);
  expect(second.code).toBe(0);
  expect(second.output).not.toContain('GS125');
  expect(host.rollback(3).code).toBe(0);
  host.sim('registry', 'down');
  expect(host.rollback(4).code).toBe(0);
  expect(host.serves()).toBe('v3');
  expect(host.versions()).toEqual([...history.slice(0, 1), 'v1', 'v1', 'v2']);
  expect(`citest-${id12(host, 'citest')}`).toBe(parked);
  expect(others(host, running)).toEqual(bystanders);
});

scenario('lines that the recipe wrote: an older version, a line that is there twice, a bare id', (host) => {
  recipeHost(host);
  expect(host.deploy('v4', 1).code).toBe(0);
  const listed = host.run({ script: 'rollback.sh', args: ['--list'] });
  expect(listed.output.match(/^ +\d .*/gm)?.map((line) => line.replace(/@\S+/, ''))).toEqual([
    expect.stringMatching(/^ {3}1 .*:v3 {2}\(parked: instant\)$/),
    expect.stringMatching(/^ {3}2 .*:v2$/),
    expect.stringMatching(/^ {3}3 .*:v1$/),
    expect.stringMatching(/^ {3}4 .*:v1$/),
    expect.stringMatching(/^ {3}5 {2}[0-9a-f]{12} {2}\(GS144: line 1 is not an image of this app\)$/),
  ]);
  // Of two equal lines --to takes the newer one; going one further back from there makes the same version anew.
  expect(host.rollback(2, { rollback: { to: 'v1' } }).code).toBe(0);
  expect([host.serves(), ...host.versions().slice(1)]).toEqual(['v1', 'v1']);
  expect(host.rollback(3).code).toBe(0);
  expect(host.serves()).toBe('v1');
  expect(host.rollback(4)).toMatchObject({ code: 10, output: expect.stringContaining('GS144') });
  expect(host.serves()).toBe('v1');
  expect(host.versions()).toHaveLength(1);
  writeFileSync(host.history, '');
  expect(host.rollback(5)).toMatchObject({ code: 13 });
});

scenario("a first deploy that fails brings the recipe's container back, with its own name", (host) => {
  const { running, history } = recipeHost(host);
  const before = others(host, '');
  host.image('v6', 'crash=1');
  const { code, output } = host.deploy('v6', 1);
  expect(code).toBe(11);
  expect(output).toContain('GS125');
  expect(others(host, '')).toEqual(before);
  expect(host.containers()).toMatchObject({ [running]: 'running' });
  expect(Object.keys(host.containers()).filter((name) => name.startsWith('citest'))).toEqual([]);
  expect([host.serves(), ...host.lines('')]).toEqual(['v3', ...history]);
  expect(host.deploy('v4', 2).code).toBe(0);
  expect(host.serves()).toBe('v4');
});

scenario("the way back: the recipe's scripts run on what ours left, and ours after them", (host) => {
  const { history } = recipeHost(host);
  deployInOrder(host, {}, 'v4', 'v5');
  expect(host.lines('').at(-1)).toMatch(/:v4@sha256:[0-9a-f]{64}$/);
  rollBackByRecipe(host);
  expect(host.serves()).toBe('v4');
  expect(host.versions()).toEqual([...history.slice(0, 1), 'v1', 'v1', 'v2', 'v3']);
  deployByRecipe(host, 'v5');
  expect(host.serves()).toBe('v5');
  // Ours is still called citest, killed; docker starts it no more, also after a reboot.
  expect(host.containers()).toMatchObject({ citest: 'exited' });
  host.sim('daemon-restart');
  expect(host.containers()).toMatchObject({ citest: 'exited' });

  // And back again: that one has to go, or it would be taken for what runs.
  deployByRecipe(host, 'v5');
  host.command('docker', 'rm', 'citest');
  expect(host.deploy('v4', 3)).toMatchObject({ code: 0, output: expect.stringContaining('adopting') });
  expect(host.serves()).toBe('v4');
  expect(runningNames(host)).toEqual(['citest']);
});

scenario('ours again, and the killed citest is still there: the recipe keeps the port and serves', (host) => {
  recipeHost(host);
  expect(host.deploy('v4', 1).code).toBe(0);
  deployByRecipe(host, 'v5');
  // docker ps cuts the digest off.
  expect(host.lines('').at(-1)).toBe(`${REPOSITORY}:v4`);
  const [running = ''] = runningNames(host);
  expect(host.deploy('v4', 2)).toMatchObject({ code: 12, output: expect.stringContaining('GS152') });
  expect([host.serves(), ...runningNames(host)]).toEqual(['v5', running]);
  // Once the port is free, the next run puts right what this one left.
  host.command('docker', 'stop', running);
  expect(host.run({ args: ['--build', '2'] }).code).toBe(0);
  expect([host.serves(), ...runningNames(host)]).toEqual(['v4', 'citest']);
});

scenario('a password in plain text is told of with the adoption, and never shown', (host) => {
  for (const tag of ['v1', 'v2']) host.image(tag);
  host.command('docker', 'run', '-d', '--name', 'eager_bose', '--publish', '8080:80', `${REPOSITORY}:v1`);
  const files = [
    ...Object.values(WITH_PASSWORD).map((text, index) => [`with-${index}`, text] as const),
    ...Object.values(WITHOUT_PASSWORD).map((text, index) => [`without-${index}`, text] as const),
  ];
  for (const [name, text] of files) writeFileSync(join(host.inbox, name), text);
  const { code, output } = host.deploy('v2', 1);
  expect(code).toBe(0);
  expect(namedFiles(output, host)).toEqual(
    files
      .map(([name]) => name)
      .filter((name) => name.startsWith('with-'))
      .sort(),
  );
  for (const text of [output, ...host.leftovers().map((name) => readFileSync(host.history + name, 'utf8'))])
    expect(text).not.toContain(PASSWORD);
});

scenario('odd file names, links, pipes, folders and large files do no harm', (host) => {
  for (const tag of ['v1', 'v2']) host.image(tag);
  host.command('docker', 'run', '-d', '--name', 'eager_bose', '--publish', '8080:80', `${REPOSITORY}:v1`);
  const odd = ['a b', '-rf', 'a=b', '$(reboot)', "it's", '.hidden', 'red\u001b[31m', '旧脚本'];
  for (const name of odd) writeFileSync(join(host.inbox, name), OLD_SCRIPT);
  writeFileSync(Buffer.concat([Buffer.from(`${host.inbox}/`), Buffer.from([0xff, 0xfe])]), OLD_SCRIPT);
  writeFileSync(join(host.inbox, 'large'), OLD_SCRIPT + '#'.repeat(200_000));
  writeFileSync(join(host.inbox, 'binary'), Buffer.from([0, 1, 255, 254, 10, 13]));
  writeFileSync(join(host.folder, 'elsewhere'), OLD_SCRIPT);
  symlinkSync(join(host.folder, 'elsewhere'), join(host.inbox, 'link'));
  mkdirSync(join(host.inbox, 'sub'));
  writeFileSync(join(host.inbox, 'sub', 'repull'), OLD_SCRIPT);
  execFileSync('mkfifo', [join(host.inbox, 'pipe')]);
  const { code, output } = host.deploy('v2', 1);
  expect(code).toBe(0);
  expect(output).not.toContain('\u001b');
  const named = namedFiles(output, host);
  expect(named).toHaveLength(odd.length + 1);
  expect(named).toEqual(
    expect.arrayContaining(odd.map((name) => (name.startsWith('red') ? 'red[31m' : name))),
  );
  expectOnlyServing(host, 'v2');
});

scenario('nothing to tell of: our own files, whatever a hook has in it, are no old scripts', (host) => {
  for (const tag of ['v1', 'v2']) host.image(tag);
  host.command('docker', 'run', '-d', '--name', 'eager_bose', '--publish', '8080:80', `${REPOSITORY}:v1`);
  const hook = `docker login -u ci -p ${PASSWORD} registry.example.com`;
  host.ship(
    { tag: 'v2', jenkins: { buildNumber: '1' }, hooks: { afterRollback: hook } },
    { 'manifest.json': `{ "value": "${hook}" }\n` },
  );
  expect(readFileSync(join(host.inbox, 'rollback.sh'), 'utf8')).toContain(hook);
  const { code, output } = host.run({ args: ['--build', '1'] });
  expect(code).toBe(0);
  expect(output).not.toContain('GS125');
});

/** Names of the files in the inbox that the output points at. */
function namedFiles(output: string, host: Host): string[] {
  const prefix = `  | ${host.inbox}/`;
  const lines = output.split('\n').filter((line) => line.startsWith(prefix));
  return lines.map((line) => line.slice(prefix.length)).sort();
}

import { mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterEach, expect, jest, test } from '@jest/globals';
import { cleanUp, pathWithout, play, type Stage, temporaryFolder } from './support.js';

jest.setTimeout(60_000);
afterEach(cleanUp);

/** Plays, and expects one clear line and exit code 2. -> that line */
async function refusal(stage: Stage): Promise<string> {
  const { code, stderr, left } = await play(stage);
  expect({ code, left }).toEqual({ code: 2, left: [] });
  expect(stderr).toMatch(/^demo: .*\n$/);
  return stderr;
}

/** A docker that answers as told: a `case` of the arguments in shell. -> PATH */
function withDocker(answers: string): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'docker'), `#!/bin/sh\ncase "$*" in\n${answers}\nesac\n`, { mode: 0o755 });
  return [folder, process.env.PATH].join(delimiter);
}

test('an old node', async () => {
  const versions = '{...process.versions,node:"18.20.4"}';
  const before = `Object.defineProperty(process,"versions",{value:${versions}})`;
  expect(await refusal({ before })).toBe('demo: needs Node.js 20 or later, this is 18.20.4\n');
});

test('no git', async () => {
  expect(await refusal({ env: { PATH: temporaryFolder() } })).toContain('needs git');
});

test.each([['--rael'], ['now']])('a mistyped %s', async (word) => {
  expect(await refusal({ args: [word] })).toContain(word);
});

test('--real without a docker client', async () => {
  const stage = { args: ['--real'], env: { PATH: pathWithout('docker') } };
  expect(await refusal(stage)).toContain('docker, which is not installed');
});

test('--real without a daemon says what docker says', async () => {
  const PATH = withDocker(
    "version*) echo 'Cannot connect to the Docker daemon at unix:///x.' >&2; exit 1 ;;",
  );
  expect(await refusal({ args: ['--real'], env: { PATH } })).toContain(
    'Cannot connect to the Docker daemon at unix:///x',
  );
});

test('--real with an engine for Windows containers', async () => {
  const PATH = withDocker('version*) echo windows ;;');
  expect(await refusal({ args: ['--real'], env: { PATH } })).toContain('windows');
});

test('--real finds the docker that the user has chosen', async () => {
  const home = temporaryFolder();
  mkdirSync(join(home, '.docker'));
  const PATH = withDocker(`version*) echo "config=$DOCKER_CONFIG context=$DOCKER_CONTEXT" >&2; exit 1 ;;`);
  const line = await refusal({ args: ['--real'], env: { PATH, HOME: home, DOCKER_CONTEXT: 'far' } });
  expect(line).toContain(`config=${home}/.docker context=far`);
});

test('--real with an engine that cannot reach our registry', async () => {
  const PATH = withDocker("version*) echo linux ;;\n'image inspect busybox') ;;\n*) exit 1 ;;");
  expect(await refusal({ args: ['--real'], env: { PATH } })).toContain('docker pull registry:2');
});

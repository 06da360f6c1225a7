import { afterAll, expect, test } from '@jest/globals';
import { cleanUp, folderWith, genOnTerminal, list, text } from './support.js';

afterAll(cleanUp);

const IMAGE = 'registry.example.com/team/web';

test('asks for what was not given; Enter takes the suggestion', async () => {
  const cwd = await folderWith();
  const typed = ['web', '8080:80', '', '', '/srv/scripts', ''];
  const { status, stdout, stderr } = await genOnTerminal(cwd, ['init', '--image', IMAGE], typed);
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  expect(stderr).toContain('[/data/jenkins/web_history]');
  const yaml = await text(cwd, 'gen-scripts.yml');
  for (const line of [
    'app: web',
    `image: ${IMAGE}`,
    '  ports: ["8080:80"]',
    '  # file: /data/jenkins/web_history',
  ]) {
    expect(yaml).toContain(`${line}\n`);
  }
  expect(await text(cwd, 'Jenkinsfile')).toContain(
    'sh /srv/scripts/web/auto.sh --build $BUILD_NUMBER </dev/null',
  );
});

test('asks again when an answer cannot be right', async () => {
  const cwd = await folderWith();
  const typed = ['-web', 'web', `${IMAGE}:latest`, IMAGE, '', '', '', '', ''];
  const { status, stderr } = await genOnTerminal(cwd, ['init'], typed);
  expect(status).toBe(0);
  expect(stderr).toMatch(/--app: "-web": .*\[GS031\]/);
  expect(stderr).toMatch(/--image: .*\[GS033\]/);
  expect(await text(cwd, 'gen-scripts.yml')).toContain('app: web\n');
});

test('a terminal that is closed half-way leaves nothing behind', async () => {
  const cwd = await folderWith();
  const { status, stderr } = await genOnTerminal(cwd, ['init'], ['web']);
  expect(status).toBe(2);
  expect(stderr).toContain('[GS010]');
  expect(await list(cwd)).toEqual([]);
});

test('asks in Chinese with --lang zh', async () => {
  const { stderr } = await genOnTerminal(await folderWith(), ['init', '--lang', 'zh'], []);
  expect(stderr).toContain('应用名');
});

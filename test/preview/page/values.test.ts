import { describe, expect, test } from '@jest/globals';
import { highlight } from '../../../src/preview/highlight.js';
import { viewApp } from '../../../src/preview/page/app-view.js';
import {
  buildOptionNames,
  buildOptions,
  containerOptionNames,
  containerOptions,
} from '../../../src/scripts/options.js';
import { builtinTemplates } from '../../../src/scripts/templates.js';
import { traceScripts } from '../../../src/scripts/trace.js';
import { makeParameters } from '../../support/parameters.js';

const ALL = makeParameters({
  build: { dockerfile: 'D', target: 't', platform: 'linux/amd64', args: { A: 'a' }, labels: { l: 'm' } },
  container: {
    ports: ['8080:80', '8081:81'],
    env: { TZ: 'Asia/Shanghai', 'A.B': 'c' },
    envFile: '/etc/env',
    volumes: ['/a:/b'],
    network: 'net',
    memory: '1g',
    cpus: '1.5',
    user: '1000',
    labels: { team: 'web' },
    init: true,
    command: ['serve', '--port=80'],
    options: ['--log-opt=max-size=10m'],
  },
  hooks: { beforeDeploy: "echo 'a'\necho b", afterRollback: 'true' },
});

test('every argument of docker has the name of its parameter', () => {
  expect(containerOptionNames(ALL.container)).toHaveLength(containerOptions(ALL.container).length);
  expect(buildOptionNames(ALL)).toHaveLength(buildOptions(ALL).length);
  expect(containerOptionNames(ALL.container).slice(0, 4)).toEqual([
    ...['container.ports[0]', 'container.ports[1]', 'container.env.TZ', 'container.env["A.B"]'],
  ]);
});

describe('where values stand', () => {
  const app = viewApp(
    0,
    {
      parameters: ALL,
      sources: new Map([['container.ports[1]', 'gen-scripts.yml:5:7']]),
      folder: 'release',
      scripts: traceScripts(ALL, builtinTemplates(), '0.1.0'),
      released: new Map(),
      findings: [],
      rehearsal: { state: 'none' },
    },
    highlight,
  );
  const textOf = (script: string, name: string) => {
    const value = app.values.find((one) => one.name === name);
    const lines = app.scripts.find((one) => one.name === script)?.lines ?? [];
    const pieces = lines.flatMap(({ pieces }) => pieces.filter((piece) => piece.value === value?.id));
    return pieces.map(({ text }) => text).join('');
  };

  test.each([
    ['repull.sh', 'tag', "'v1_manual_7'"],
    ['repull.sh', 'container.ports[1]', "--publish '8081:81'"],
    ['rollback.sh', 'container.env.TZ', "--env 'TZ=Asia/Shanghai'"],
    ['repull.sh', 'container.command[1]', "'--port=80'"],
    ['repull.sh', 'container.restart', "'unless-stopped'"],
    ['repull.sh', 'hooks.beforeDeploy', `'echo '\\''a'\\''echo b'`],
    ['rollback.sh', 'hooks.afterRollback', "'true'"],
    ['build.sh', 'build.context', "'.'"],
    ['build.sh', 'build.args.A', "--build-arg 'A=a'"],
  ])('%s: %s', (script, name, want) =>
    expect(textOf(script, name).replaceAll('"', "'")).toContain(want.replaceAll('"', "'")),
  );

  test('a line is its pieces', () => {
    const [, repull] = app.scripts;
    const text = repull?.lines.map(({ pieces }) => pieces.map((piece) => piece.text).join('')).join('\n');
    expect(`${text}\n`).toBe(traceScripts(ALL, builtinTemplates(), '0.1.0').get('repull.sh')?.text);
  });

  test('the table knows source and lines', () => {
    const port = app.values.find(({ name }) => name === 'container.ports[1]');
    expect(port).toMatchObject({ text: '"8081:81"', source: 'gen-scripts.yml:5:7' });
    expect(port?.places.map(({ script }) => script)).toEqual(['repull.sh', 'rollback.sh']);
  });
});

import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, jest, test } from '@jest/globals';
import { builtinTemplates } from '../../src/scripts/templates.js';
import { hasProgram } from '../support/programs.js';
import { cleanUp, folderWith, gen, settings, text } from './support.js';

afterAll(cleanUp);
jest.setTimeout(120_000);

const DEPLOY = { CTRL_BUILD: 'true', BUILD_NUMBER: '7', GIT_TAG: 'v2' };
const SWAP = 'docker/partials/swap';
const UNHEALTHY = 'update to a version that does not get healthy';

interface Broken {
  readonly name: string;
  readonly template: string;
  readonly from: string;
  readonly to: string;
  readonly options: readonly string[];
  /** What a newcomer reads: what was violated, at which call, and the line of the template. */
  readonly simplest: RegExp;
  readonly look: RegExp;
  readonly line: string;
}

const BROKEN: readonly Broken[] = [
  {
    name: 'the gate is left out',
    template: SWAP,
    from: 'gate "$NEW_ID" "$NEW_HEALTH" "$SETTLE" && end_gap && commit',
    to: 'commit',
    options: ['--scenario', UNHEALTHY, '--fault', 'none'],
    simplest: /exit code 0 \(the wanted version is healthy\) instead of 11/,
    look: /^look at: call 11, docker start \w+ \(the last one that changed what runs\)$/m,
    line: 'change start "$NEW_ID" && commit',
  },
  {
    name: 'the old container is removed before the new one is healthy',
    template: SWAP,
    from: 'change rename "$OLD_ID" "$(parked_name "$OLD_ID")"',
    to: 'change rm "$OLD_ID"',
    options: ['--scenario', 'update', '--fault', 'none'],
    simplest: /1 earlier versions are parked for a rollback instead of 2/,
    look: /^look at: call 9, docker rm \w+ \(it removed a container\)$/m,
    line: 'change rm "$OLD_ID"',
  },
  {
    name: 'the history is written before the new version is started',
    template: SWAP,
    from: '\tchange update --restart=no "$OLD_ID"\n',
    to: '\tchange update --restart=no "$OLD_ID" && commit\n',
    options: ['--scenario', 'update', '--fault', 'none'],
    simplest: /exit code 11 \(the old container serves again\) instead of 0/,
    look: /^look at: call 7, docker update .*the history was changed, before the new version was started\)$/m,
    line: 'change update --restart=no "$OLD_ID" && commit',
  },
  {
    name: 'a container of another app is removed',
    template: 'docker/partials/retention',
    from: 'retire_versions() {\n',
    to: 'retire_versions() {\n\tchange rm --force "${APP}2"\n',
    options: ['--scenario', 'first deploy', '--fault', 'none'],
    simplest: /a container or file of a neighbour, another app, was changed/,
    look: /^look at: call 10, docker rm --force citest2 \(it changed a container of somebody else\)$/m,
    line: 'change rm --force "${APP}2"',
  },
  {
    name: 'the old container is not started again on the way back',
    template: SWAP,
    from: '\tinsist start "$OLD_ID"\n',
    to: '',
    options: ['--scenario', 'update', '--fault', 'fail-before at call 8'],
    simplest: /fail-before at call 8: exit code 12 \(nothing healthy runs\) instead of 0/,
    look: /^look at: call 8, docker stop .*\(the fault struck here\)$/m,
    line: 'change stop -t "$STOP_TIMEOUT" "$OLD_ID"',
  },
];

async function play(broken: Broken) {
  const whole = builtinTemplates().get(broken.template)?.text ?? '';
  expect(whole).toContain(broken.from);
  const cwd = await folderWith({ 'gen-scripts.yml': settings() });
  const file = join(cwd, 'mine', `${broken.template}.hbs`);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(
    file,
    whole.replace(broken.from, () => broken.to),
  );
  const reports = ['--report', 'html=r.html', '--report', 'markdown=r.md', '--report', 'json=r.json'];
  const options = ['--shell', 'dash', '--templates', 'mine', ...broken.options, ...reports];
  return { cwd, file, result: await gen(cwd, ['rehearse', ...options], DEPLOY) };
}

(hasProgram('bash') ? describe : describe.skip)('a newcomer is shown where to look', () => {
  test.each(BROKEN)('$name', async (broken) => {
    const { cwd, file, result } = await play(broken);
    expect([result.status, result.stderr]).toEqual([1, expect.stringMatching(broken.simplest)]);
    expect(result.stderr).toMatch(broken.look);
    const [, template, line = ''] =
      /^ {2}at (.*):(\d+) \(line \d+ of the script\)/m.exec(result.stderr) ?? [];
    expect(template).toBe(file);
    expect((await text(file)).split('\n')[Number(line) - 1]).toContain(broken.line);
    expect(result.stdout).toMatch(/^ {4}the script printed:\n {4}\| repull: /m);
    const place = `${file}:${line}`;
    expect(await text(cwd, 'r.html')).toContain(place);
    expect(await text(cwd, 'r.md')).toContain(place);
    const [{ scenes }] = JSON.parse(await text(cwd, 'r.json')).rehearsals;
    const cells = scenes.flatMap((scene: { path: object; cells: object[] }) => [scene.path, ...scene.cells]);
    const [first] = cells.filter((cell: { explanation?: object }) => cell.explanation !== undefined);
    const { call, steps } = first.explanation;
    expect(steps[call - 1].place.template).toEqual({ file, line: Number(line) });
  });
});

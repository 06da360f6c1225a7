import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { codesOf, makeRunbook, type Runbook, type RunbookStep } from '../../../src/preview/page/runbook.js';
import { drawRunbook, wrap } from '../../../src/preview/page/runbook-svg.js';
import { ENGLISH } from '../../../src/preview/page/words.js';
import { CHINESE } from '../../../src/preview/page/words-zh.js';
import { cellOf } from '../../../src/rehearsal/cells.js';
import { FAULTS } from '../../../src/rehearsal/faults.js';
import { RehearsalHost } from '../../../src/rehearsal/rehearsal-host.js';
import { Rehearsed } from '../../../src/rehearsal/rehearsed.js';
import { scenariosOf } from '../../../src/rehearsal/scenarios.js';
import { isInstalled, SHELLS } from '../../../src/rehearsal/shells.js';
import { Stage } from '../../../src/rehearsal/stage.js';
import { renderScripts } from '../../../src/scripts/render.js';
import { builtinTemplates } from '../../../src/scripts/templates.js';
import { type Changes, makeParameters } from '../../support/parameters.js';

// Some forty runs of a script for each scenario, on a machine that runs other tests as well.
jest.setTimeout(180_000);

const bookOf = (changes: Changes = {}) => makeRunbook(makeParameters(changes));
const idsOf = ({ steps }: Runbook) => steps.map(({ id }) => id);

describe('the steps follow the settings', () => {
  test('a plain deploy', () =>
    expect(idsOf(bookOf())).toEqual([
      ...['check', 'lock', 'begun', 'engine', 'recover', 'current', 'pull', 'unchanged'],
      ...['prepare', 'create', 'release', 'stop', 'start', 'gateImage', 'commit', 'retire', 'done'],
    ]));

  test('a plain rollback', () =>
    expect(idsOf(bookOf({ mode: 'rollback', tag: '' }))).toEqual([
      ...['check', 'lock', 'engine', 'recover', 'current', 'target', 'fetch'],
      ...['prepare', 'create', 'release', 'stop', 'start', 'gateImage', 'commit', 'removeOld', 'done'],
    ]));

  test.each<[Changes, string[]]>([
    [{ registry: { login: 'shipped' } }, ['credentials', 'login']],
    [{ registry: { login: 'file' } }, ['login']],
    [{ health: { url: 'http://127.0.0.1/' } }, ['gateUrl']],
    [{ hooks: { beforeDeploy: 'true' } }, ['hookBefore']],
    [{ hooks: { afterDeploy: 'true' } }, ['hookAfter']],
    [{ hooks: { beforeRollback: 'true' } }, []],
  ])('%j adds %j', (changes, want) => {
    const plain = idsOf(bookOf());
    expect(idsOf(bookOf(changes)).filter((id) => !plain.includes(id))).toEqual(want);
  });

  test('a rollback by steps does not stay where it is', () => {
    const target = (steps: number) =>
      bookOf({ mode: 'rollback', rollback: { to: '', steps } }).steps.find(({ id }) => id === 'target');
    expect(target(0)?.ends.map(({ why }) => why)).toEqual(['nothing', 'stays', 'untouched']);
    expect(target(2)?.ends.map(({ why }) => why)).toEqual(['nothing', 'untouched']);
  });
});

describe.each<[string, Changes]>([
  ['update', { registry: { login: 'file', username: 'u', passwordFile: '/etc/p' } }],
  ['first deploy', {}],
  ['rollback to a parked version', { mode: 'rollback', tag: '' }],
])('as a simulated host has it: %s', (name, changes) => {
  const parameters = makeParameters(changes);
  const { steps } = makeRunbook(parameters);
  let host: RehearsalHost;
  let stage: Stage<RehearsalHost>;

  beforeAll(() => {
    const templates = builtinTemplates();
    const rehearsed = new Rehearsed(parameters, renderScripts(parameters, templates, '0.1.0'), templates);
    const scenario = scenariosOf(rehearsed).find((one) => one.name === name);
    const [shell] = SHELLS.filter(isInstalled);
    if (scenario === undefined || shell === undefined) throw new Error(`no scenario ${name}, or no shell`);
    host = new RehearsalHost(parameters, shell);
    stage = new Stage(scenario, host);
  });
  afterAll(() => host.remove());

  test('docker is called in the order of the steps', () => {
    const calls = stage.calls.map(({ command }) => command);
    expect(stepsOf(calls, steps)).toHaveLength(calls.length);
    expect(calls).toEqual(expect.arrayContaining(['version', 'ps', 'start', 'container']));
  });

  test('a call that fails ends with a code that its step names, and the codes are those that come', () => {
    const fault = FAULTS.find((one) => one.name === 'fail-before');
    if (fault === undefined) throw new Error('no fault');
    const owners = stepsOf(
      stage.calls.map(({ command }) => command),
      steps,
    );
    const isFirst = name === 'first deploy';
    const got = owners.map((step, index) => {
      const [end] = stage.run(cellOf(fault, index + 1), 'again').ends;
      return { step: step.id, code: end?.code };
    });
    const failures = got.filter(({ code }) => code !== 0);
    const expected = failures.map(({ step }) => ({ step, code: firstCode(steps, step, isFirst) }));
    expect(failures).toEqual(expected);
    const critical = ['create', 'stop', 'start'].filter((id) => owners.some((step) => step.id === id));
    expect(failures.map(({ step }) => step)).toEqual(expect.arrayContaining(critical));
  });
});

/** What one thing that goes wrong in a step leads to. */
function firstCode(steps: readonly RunbookStep[], id: string, isFirst: boolean) {
  const ends = steps.find((step) => step.id === id)?.ends ?? [];
  const end = ends.find(({ why }) => why === 'untouched' || why === 'back') ?? ends[0];
  return isFirst ? (end?.first ?? end?.code) : end?.code;
}

/** The step of each call: each takes the next place in the lists of the steps that has it; throws for a call that has none. */
function stepsOf(calls: readonly string[], steps: readonly RunbookStep[]): RunbookStep[] {
  const places = steps.flatMap((step) => step.docker.map((command) => ({ step, command })));
  let at = 0;
  return calls.map((call, index) => {
    const isRepeated = index > 0 && call === calls[index - 1] && call === places[at - 1]?.command;
    const found = isRepeated
      ? at - 1
      : places.findIndex(({ command }, place) => place >= at && command === call);
    const { step } = places[found] ?? {};
    if (step === undefined)
      throw new Error(`docker ${call} (call ${index + 1}) is not where the runbook has it`);
    at = found + 1;
    return step;
  });
}

test('the codes are those of the host contract', () => {
  const codes = [bookOf(), bookOf({ mode: 'rollback' })].flatMap(({ steps }) => steps.flatMap(codesOf));
  expect([...new Set(codes)].sort((a, b) => a - b)).toEqual([0, 10, 11, 12, 13, 64, 75]);
});

describe('the picture', () => {
  const hostile = bookOf({ hooks: { beforeDeploy: `"><script>x</script> style=1\n${'x'.repeat(500)}` } });

  test.each([ENGLISH, CHINESE])('$htmlLang: has no style and no script, and every step', (words) => {
    const { text } = drawRunbook('r', hostile, words);
    expect(text).not.toMatch(/<script|<style|\sstyle=(?!1)/);
    expect(text).not.toContain('NaN');
    expect(text.match(/class="step /g)).toHaveLength(hostile.steps.length + 1);
  });

  test('a text is broken where it can be', () => {
    expect(wrap('one two three', 8)).toEqual(['one two', 'three']);
    expect(wrap('没有正常运行，的容器', 8)).toEqual(['没有正常', '运行，的', '容器']);
  });
});

import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { makeRunbook } from '../../../src/preview/page/runbook.js';
import { codesOf, type Runbook, type RunbookStep } from '../../../src/preview/page/runbook-step.js';
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

const URL_HEALTH = { url: 'http://127.0.0.1:8080/health' };
const PREFLIGHT: Changes = { strategy: 'preflight', health: URL_HEALTH };
const HANDOVER: Changes = { strategy: 'handover', health: URL_HEALTH };
const START_FIRST: Changes = {
  strategy: 'start-first',
  drain: 1000,
  container: { ports: [], network: 'web', options: ['--network-alias=citest.web'] },
  health: { url: 'http://citest.web/health' },
};
const NETWORKS: Changes = { ...HANDOVER, container: { networks: ['inner', 'metrics'] } };
const STOPPED_FIRST: Changes = { ...HANDOVER, handover: { stop: 'before' } };
const ROLLBACK: Changes = { mode: 'rollback', tag: '' };

describe('the steps follow the strategy', () => {
  const swap = ['create', 'release', 'stop', 'start', 'gateUrl', 'commit'];
  const beside = ['startBeside', 'gateBeside', 'policies'];
  const move = ['leave', 'join', 'gateMoved', 'leaveStage', 'commit'];
  const handover = [
    'way',
    'create',
    'stage',
    'enterStage',
    ...beside,
    ...move,
    'putAway',
    'name',
    'dropStage',
  ];
  const startFirst = ['way', 'create', ...beside, 'commit', 'drain', 'putAway', 'name'];
  test.each<[string, Changes, string[]]>([
    ['recreate', { health: URL_HEALTH }, swap],
    ['preflight', PREFLIGHT, ['checkNew', ...swap, 'dropCheck']],
    ['handover', HANDOVER, handover],
    [
      'handover, the old one stopped first',
      STOPPED_FIRST,
      handover.map((id) => (id === 'leave' ? 'halt' : id)),
    ],
    ['start-first', START_FIRST, startFirst],
  ])('%s', (_, changes, want) => {
    const replacing = (more: Changes) => {
      const ids = idsOf(bookOf({ ...changes, ...more }));
      return ids.slice(ids.indexOf('prepare') + 1, -2);
    };
    expect(replacing({})).toEqual(want);
    expect(replacing(ROLLBACK)).toEqual(want);
  });

  const phasesOf = (changes: Changes) => {
    const of = (phase: string) => bookOf(changes).steps.filter((step) => step.phase === phase);
    return ['swap', 'after'].map((phase) => idsOf({ ...bookOf(), steps: of(phase) }));
  };
  test.each<[string, Changes, string[], string[]]>([
    ['preflight', PREFLIGHT, ['stop', 'start', 'gateUrl', 'commit'], ['dropCheck']],
    ['handover', HANDOVER, move, ['putAway', 'name', 'dropStage']],
    ['start-first', START_FIRST, [], ['drain', 'putAway', 'name']],
  ])('%s: what comes when nothing serves, and what after the commit', (_, changes, swapped, settled) =>
    expect(phasesOf(changes)).toEqual([swapped, [...settled, 'retire', 'done']]),
  );

  test.each<[string, Changes, string | undefined]>([
    ['recreate', {}, undefined],
    ['handover', HANDOVER, 'or where one of the two was not made for handover'],
    ['start-first', START_FIRST, 'Without a running old container, the script'],
    ['a start-first rollback', { ...START_FIRST, ...ROLLBACK }, 'or where the earlier version was not made'],
  ])('%s: says when it is recreated instead', (_, changes, want) => {
    const way = bookOf(changes).steps.find(({ id }) => id === 'way');
    const { note } = (way && ENGLISH.steps.way(way.facts)) ?? {};
    expect(note?.includes(want ?? '')).toBe(want === undefined ? undefined : true);
  });

  const { container = {} } = START_FIRST;
  test.each<[Changes, string]>([
    [{}, 'preflight, chosen by auto: it publishes ports.'],
    [{ health: { url: 'https://citest/' } }, 'recreate, chosen by auto: a certificate is for a name,'],
    [{ container: { network: 'host' } }, 'recreate, chosen by auto: container.network is host'],
    [
      { container: { ports: [] } },
      'recreate, chosen by auto: it publishes no port, and nothing is known to find',
    ],
    [{ container }, 'start-first, chosen by auto: it publishes no port, and a proxy finds both'],
    [{ container: { volumes: ['/a:/b'] } }, 'recreate, chosen by auto: two versions might write'],
    [
      { container: { options: ['--gpus=all'] } },
      'recreate, chosen by auto: two versions might use its device',
    ],
    [{ health: { url: 'http://citest/' } }, 'recreate, chosen by auto: health.url leads to none'],
    [{ container: { ...container, options: ['--ip=172.18.0.9'] } }, 'recreate, chosen by auto: --ip cannot'],
    [
      { container: { options: ['-v', '/a:/b'] } },
      'recreate, chosen by auto: --volume cannot be made read-only',
    ],
  ])('auto with %j says what it chose and why, in both languages', (changes, want) => {
    const { strategy, why } = bookOf({ ...changes, strategy: 'auto' });
    expect(ENGLISH.runbookStrategy(strategy, why)).toContain(`Strategy: ${want}`);
    const chinese = CHINESE.runbookStrategy(strategy, why);
    expect(chinese).toMatch(RegExp(`^策略：${strategy}，由 auto 选定，因为`));
    expect(chinese).not.toMatch(/[a-z] (?:is|for|cannot|publishes) /);
  });

  test('what was chosen by hand needs no reason', () =>
    expect(ENGLISH.runbookStrategy('handover', '')).toBe('Strategy: handover.'));
});

const USUAL = ['create', 'stop', 'start'];
const MOVED = ['enterStage', 'startBeside', 'policies', 'leave', 'join'];

describe.each<[string, Changes, string[]]>([
  ['update', { registry: { login: 'file', username: 'u', passwordFile: '/etc/p' } }, USUAL],
  ['first deploy', {}, ['create', 'start']],
  ['rollback to a parked version', ROLLBACK, ['stop', 'start']],
  ['update', PREFLIGHT, ['checkNew', ...USUAL]],
  ['rollback to a version that must be pulled', { ...PREFLIGHT, ...ROLLBACK }, ['checkNew', ...USUAL]],
  ['update', HANDOVER, ['create', 'stage', ...MOVED]],
  ['rollback to a parked version', { ...HANDOVER, ...ROLLBACK }, ['stage', ...MOVED]],
  ['update', NETWORKS, ['create', 'stage', ...MOVED]],
  ['update', { ...NETWORKS, ...PREFLIGHT }, ['checkNew', ...USUAL]],
  ['update', STOPPED_FIRST, ['create', 'stage', 'enterStage', 'startBeside', 'policies', 'halt', 'join']],
  ['update', START_FIRST, ['create', 'startBeside', 'policies']],
])('as a simulated host has it: %s, %j', (name, changes, critical) => {
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
    expect(failures.map(({ step }) => step)).toEqual(expect.arrayContaining(critical));
  });

  // Only where the ends are not those of recreate, for the sake of time.
  if (name === 'update' && steps.some(({ id }) => id === 'way'))
    test('where docker does nothing any more once the old one no longer serves, it ends with a code of the step', () => {
      const fault = { name: 'nothing works', action: '', isFatal: false };
      const owners = stepsOf(
        stage.calls.map(({ command }) => command),
        steps,
      );
      for (const [index, step] of owners.entries()) {
        if (step.phase === 'safe') continue;
        const spec = `at=${index + 1}+ do=fail-before`;
        const [end] = stage.run({ name: spec, fault, spec, isDouble: true }, 'again').ends;
        expect({ step: step.id, codes: codesOf(step) }).toEqual({
          step: step.id,
          codes: expect.arrayContaining([end?.code]),
        });
      }
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
  const REPLACING = new Set(
    [HANDOVER, STOPPED_FIRST, PREFLIGHT, START_FIRST].flatMap((changes) =>
      idsOf(bookOf(changes)).slice(8, -2),
    ),
  );
  const hostile = bookOf({ hooks: { beforeDeploy: `"><script>x</script> style=1\n${'x'.repeat(500)}` } });

  test.each([ENGLISH, CHINESE])('$htmlLang: has no style and no script, and every step', (words) => {
    const { text } = drawRunbook('r', hostile, words);
    expect(text).not.toMatch(/<script|<style|\sstyle=(?!1)/);
    expect(text).not.toContain('NaN');
    expect(text.match(/class="step /g)).toHaveLength(hostile.steps.length + 1);
  });

  const pictures = [HANDOVER, STOPPED_FIRST, PREFLIGHT, START_FIRST].flatMap((changes) =>
    [ENGLISH, CHINESE].map((words) => [changes.strategy, words.htmlLang, changes, words] as const),
  );
  test.each(pictures)(
    '%s, %s: no text of ours is cut, and no phase is empty',
    (strategy, _, changes, words) => {
      const book = bookOf({ ...changes, history: { file: '/h' } });
      const { text } = drawRunbook('r', book, words);
      const own = book.steps
        .filter(({ id }) => REPLACING.has(id))
        .map(({ id, facts }) => words.steps[id](facts));
      for (const { title, detail } of own)
        for (const line of [title, detail])
          expect(text).toContain(`>${line.replaceAll('&', '&amp;')}</text>`);
      expect(text.match(/class="band /g)).toHaveLength(strategy === 'start-first' ? 2 : 3);
    },
  );

  test('a text is broken where it can be', () => {
    expect(wrap('one two three', 8)).toEqual(['one two', 'three']);
    expect(wrap('没有正常运行，的容器', 8)).toEqual(['没有正常', '运行，的', '容器']);
  });
});

describe('a swarm has a runbook of its own', () => {
  const swarm = (changes: Changes = {}) => bookOf({ engine: 'swarm', ...changes });

  test('of a deploy and of a rollback', () => {
    const begin = ['check', 'lock', 'engine', 'manager', 'recover', 'service'];
    const change = ['prepare', 'changeService', 'converge', 'commit', 'done'];
    expect(idsOf(swarm()).filter((id) => id !== 'begun')).toEqual([...begin, 'pull', 'unchanged', ...change]);
    expect(idsOf(swarm({ mode: 'rollback', tag: '' }))).toEqual([...begin, 'target', 'wayBack', ...change]);
  });

  test('its docker calls are those of the scripts', () => {
    for (const mode of ['manual', 'rollback'] as const) {
      const parameters = makeParameters({ engine: 'swarm', mode, registry: { login: 'shipped' } });
      const script = renderScripts(parameters, builtinTemplates(), '0').get('auto.sh') ?? '';
      for (const call of makeRunbook(parameters).steps.flatMap(({ docker }) => docker))
        expect([call, new RegExp(`(query|change|docker) ${call} `).test(script)]).toEqual([call, true]);
    }
  });

  test('in words of both languages, and drawn', () => {
    for (const words of [ENGLISH, CHINESE]) {
      const book = swarm({ hooks: { afterDeploy: 'true' } });
      expect(String(drawRunbook('x', book, words))).toContain(words.phases.swap('swarm'));
      for (const { id, facts } of book.steps) expect(words.steps[id](facts).title).not.toBe('');
    }
  });
});

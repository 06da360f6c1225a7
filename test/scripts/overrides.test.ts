import { describe, expect, test } from '@jest/globals';
import { UserError } from '../../src/problems/problem.js';
import { compileTemplate } from '../../src/scripts/compile.js';
import { layOver } from '../../src/scripts/overrides.js';
import { renderScripts } from '../../src/scripts/render.js';
import { builtinTemplates } from '../../src/scripts/templates.js';
import { makeParameters } from '../support/parameters.js';

const builtin = builtinTemplates();
const MARK = '# of this project';

/** Which engines' repull.sh has the mark, when a template of that name is laid over ours. */
function marked(name: string): string[] {
  const overrides = new Map([[name, compileTemplate({ text: `${MARK}\n`, file: `${name}.hbs` })]]);
  const templates = layOver(overrides, builtin, 'own');
  return (['docker', 'swarm'] as const).filter((engine) =>
    renderScripts(makeParameters({ engine }), templates, '0').get('repull.sh')?.includes(MARK),
  );
}

function codesOf(name: string, text: string): string[] {
  try {
    layOver(new Map([[name, compileTemplate({ text, file: `${name}.hbs` })]]), builtin, 'own');
    return [];
  } catch (error) {
    return error instanceof UserError ? error.problems.map(({ code }) => code) : [String(error)];
  }
}

describe('a template of the project replaces', () => {
  test.each([
    ['docker/partials/gate', ['docker']],
    ['swarm/partials/gate', ['swarm']],
    ['common/partials/hooks', ['docker', 'swarm']],
    ['common/partials/tools', ['docker', 'swarm']],
    ['docker/partials/tools', ['docker']],
    ['swarm/partials/tools', ['swarm']],
    ['docker/partials/helpers', ['docker']],
  ])('%s: the scripts of %j', (name, engines) => expect(marked(name)).toEqual(engines));

  test('the build script of one engine', () => {
    const own = compileTemplate({ text: `${MARK}\n`, file: 'b' });
    const templates = layOver(new Map([['swarm/build', own]]), builtin, 'own');
    const build = (engine: 'docker' | 'swarm') =>
      renderScripts(makeParameters({ engine }), templates, '0').get('build.sh');
    expect([build('docker') === `${MARK}\n`, build('swarm') === `${MARK}\n`]).toEqual([false, true]);
  });
});

describe('what is refused', () => {
  test.each([
    ['docker/partials/nothing', '', ['GS096']],
    ['common/partials/gate', '', ['GS096']],
    ['podman/partials/tools', '', ['GS096']],
    ['swarm/partials/gate', 'A={{sh retain}}', ['GS098']],
    ['docker/partials/gate', 'A={{sh keys}}', ['GS098']],
    ['common/partials/tools', 'A={{sh retain}}', ['GS098']],
    ['common/partials/tools', 'A={{sh app}}', []],
    ['docker/partials/tools', 'A={{sh retain}}', []],
    ['swarm/partials/gate', '{{> swap}}', ['GS096']],
    ['swarm/partials/gate', '{{> images}}', []],
    ['common/build', 'A={{sh tag}}', []],
  ])('%s with %s', (name, text, codes) => expect(codesOf(name, text)).toEqual(codes));
});

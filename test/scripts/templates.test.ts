import { describe, expect, test } from '@jest/globals';
import { checkTemplate, partialNames } from '../../src/scripts/check-templates.js';
import { BUILD_NAMES, buildContext, HOST_NAMES, hostContext } from '../../src/scripts/context.js';
import { namesOf } from '../../src/scripts/overrides.js';
import { SWARM_NAMES, swarmContext } from '../../src/scripts/swarm-context.js';
import { builtinTemplates, templatesOf } from '../../src/scripts/templates.js';
import { makeParameters } from '../support/parameters.js';

const builtin = builtinTemplates();
const partials = partialNames(builtin, 'docker');

describe('the built-in templates', () => {
  test.each([...builtin.keys()])(
    '%s passes every value through sh or comment, and names only what exists',
    (name) => {
      const [engine = '', ...rest] = name.split('/');
      const names = rest.at(-1)?.startsWith('build') ? BUILD_NAMES : namesOf(engine);
      const template = builtin.get(name);
      expect(template && checkTemplate(template, names, partialNames(builtin, engine))).toEqual([]);
    },
  );

  test('are ASCII, so that yash reads them in any locale', () => {
    for (const { text, file } of builtin.values()) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the ASCII range
      expect({ file, foreign: text.match(/[^\x00-\x7f]/g) }).toEqual({ file, foreign: null });
    }
  });

  test('are all included somewhere', () => {
    for (const engine of ['docker', 'swarm']) {
      const texts = [...templatesOf(builtin, engine).values()].map(({ text }) => text).join('\n');
      const own = [...partialNames(builtin, engine)];
      const unused = own.filter((name) => !texts.includes(`{{> ${name}}}`));
      expect([engine, unused]).toEqual([engine, []]);
    }
  });

  test('may use exactly the names that the contexts have', () => {
    expect([...HOST_NAMES].sort()).toEqual(Object.keys(hostContext('repull', makeParameters(), '0')).sort());
    const swarm = makeParameters({ engine: 'swarm' });
    expect([...SWARM_NAMES].sort()).toEqual(Object.keys(swarmContext('repull', swarm, '0')).sort());
    expect([...BUILD_NAMES].sort()).toEqual(Object.keys(buildContext(makeParameters(), '0')).sort());
  });
});

describe('checkTemplate', () => {
  const table: { given: string; want: string[] }[] = [
    { given: 'A={{sh app}}', want: [] },
    { given: '# {{comment app}}', want: [] },
    { given: '{{#if hasHooks}}A={{sh app}}{{/if}}', want: [] },
    { given: '{{#each command}} {{sh this}}{{/each}}', want: [] },
    { given: '{{> lock}}', want: [] },
    { given: "docker ps --format '\\{{.ID}}'", want: [] },
    { given: 'A={{app}}', want: ['GS097'] },
    { given: 'A={{{app}}}', want: ['GS097'] },
    { given: 'A={{{sh app}}}', want: ['GS097'] },
    { given: 'A={{&app}}', want: ['GS097'] },
    { given: 'A={{sh app tag}}', want: ['GS097'] },
    { given: 'A="{{sh app}}"', want: ['GS097'] },
    { given: '# {{sh app}}', want: ['GS097'] },
    { given: ': # {{sh app}}', want: ['GS097'] },
    { given: '\t# {{sh app}}', want: ['GS097'] },
    { given: "say 'by {{sh app}}'", want: ['GS097'] },
    { given: 'A=\\\\{{sh app}}', want: ['GS097'] },
    { given: 'rm {{sh app}}', want: ['GS097'] },
    { given: 'rm {{comment app}}', want: ['GS097'] },
    { given: 'A={{sh nope}}', want: ['GS098'] },
    { given: 'A={{sh this}}', want: ['GS098'] },
    { given: 'A={{sh ../app}}', want: ['GS098'] },
    { given: 'A={{sh (lookup . app)}}', want: ['GS098'] },
    { given: '{{#if nope}}x{{/if}}', want: ['GS098'] },
    { given: '{{#if hasHooks}}{{app}}{{else}}{{tag}}{{/if}}', want: ['GS097', 'GS097'] },
    { given: '{{#with app}}x{{/with}}', want: ['GS095'] },
    { given: '{{> nope}}', want: ['GS096'] },
    { given: '{{#> lock}}x{{/lock}}', want: ['GS095'] },
    { given: '{{#if', want: ['GS095'] },
  ];

  test.each(table)('$given', ({ given, want }) => {
    const problems = checkTemplate({ text: given, file: 'x.hbs' }, HOST_NAMES, partials);
    expect(problems.map(({ code }) => code)).toEqual(want);
  });

  test('points at the place', () => {
    const [problem] = checkTemplate({ text: 'one\nA={{app}}', file: 'x.hbs' }, HOST_NAMES, partials);
    expect(problem).toMatchObject({
      source: 'x.hbs:2:3',
      value: 'app',
      excerpt: { line: 'A={{app}}', column: 3 },
    });
  });
});

import { describe, expect, test } from '@jest/globals';
import { compileTemplate } from '../../src/scripts/compile.js';
import { originOf, type Stretch, type TracedScript } from '../../src/scripts/origins.js';
import { renderScripts } from '../../src/scripts/render.js';
import { builtinTemplates, type TemplateSet } from '../../src/scripts/templates.js';
import { traceScripts } from '../../src/scripts/trace.js';
import { caseNames, resolveCase } from '../support/cases.js';
import { makeParameters } from '../support/parameters.js';

const builtin = builtinTemplates();
const linesOf = new Map([...builtin.values()].map(({ file, text }) => [file, text.split('\n')]));
const OWN_MARK = /(?<!\\)\{\{[^}]*\}\}/g;

const templateLine = ({ file, line }: { file: string; line: number }) => linesOf.get(file)?.[line - 1];
const withoutEscapes = (text: string) => text.replaceAll('\\{{', '{{');

/** Each stretch with its text. */
function stretchesOf({ text, lines }: TracedScript): { stretch: Stretch; text: string; whole: boolean }[] {
  return text.split('\n').flatMap((line, index) => {
    const stretches = lines[index] ?? [];
    return stretches.map((stretch, at) => ({
      stretch,
      text: line.slice(stretch.column, stretches[at + 1]?.column),
      whole: stretches.length === 1,
    }));
  });
}

/** Of a list whose entries take two lines, the first stands between the beginning and the end of the loop. */
function isRepeated({ file, line }: { file: string; line: number }): boolean {
  const lines = linesOf.get(file) ?? [];
  const count = (pattern: RegExp) =>
    lines
      .slice(0, line - 1)
      .join('\n')
      .split(pattern).length;
  return lines[line - 1]?.includes('{{/each}}') === true || count(/\{\{#each /) > count(/\{\{\/each\}\}/);
}

describe.each(caseNames())('%s', (name) => {
  const traced = async () => {
    const { parameters } = await resolveCase(name);
    return {
      plain: renderScripts(parameters, builtin, '0.0.0'),
      scripts: traceScripts(parameters, builtin, '0.0.0'),
    };
  };

  test('the marks change no byte of any script', async () => {
    const { plain, scripts } = await traced();
    expect(new Map([...scripts].map(([file, { text }]) => [file, text]))).toEqual(plain);
  });

  test('every line of every script has its place in a template', async () => {
    for (const { text, lines } of (await traced()).scripts.values()) {
      const count = text.split('\n').length;
      expect(lines).toHaveLength(count);
      // Behind the last line end there is nothing.
      expect(lines.findIndex((stretches) => stretches.length === 0)).toBe(count - 1);
    }
  });

  test('a line without values is the line of the template, and a part of one a part of it', async () => {
    const wrong = [...(await traced()).scripts.values()].flatMap(stretchesOf).filter((part) => {
      if (part.stretch.isValue) return false;
      const there = templateLine(part.stretch);
      if (there === undefined) return true;
      const written = withoutEscapes(there);
      const isStatic = !OWN_MARK.test(there);
      OWN_MARK.lastIndex = 0;
      return isStatic && part.whole ? written !== part.text : !written.includes(part.text);
    });
    expect(wrong).toEqual([]);
  });

  test('a value comes from a line that has one', async () => {
    const values = [...(await traced()).scripts.values()].flatMap(stretchesOf);
    const places = values
      .filter(({ stretch }) => stretch.isValue)
      .map(({ stretch }) => templateLine(stretch));
    expect(places.length).toBeGreaterThan(20);
    expect(places.filter((line) => !/\{\{(sh|comment) /.test(line ?? ''))).toEqual([]);
  });

  test('each template goes down from line to line: equal lines are not mistaken for each other', async () => {
    for (const { lines } of (await traced()).scripts.values()) {
      const last = new Map<string, number>();
      for (const [first] of lines) {
        if (!first || first.isValue || isRepeated(first)) continue;
        expect(first.line).toBeGreaterThan(last.get(first.file) ?? 0);
        last.set(first.file, first.line);
      }
    }
  });
});

describe('a template of blocks and partials', () => {
  /** @returns each line of rollback.sh as FILE:LINE of its first and last character, and its text */
  function trace(rollback: string, partials: Record<string, string> = {}): string[] {
    const set = Object.entries(partials).map(
      ([name, text]) => [`docker/partials/${name}`, compileTemplate({ text, file: name })] as const,
    );
    const templates: TemplateSet = new Map([
      ...builtin,
      ['docker/rollback', compileTemplate({ text: rollback, file: 'r' })],
      ...set,
    ]);
    const parameters = makeParameters({
      container: { options: ['--init', '--read-only'], ports: [], env: { A: 'x\ny' } },
    });
    const script = traceScripts(parameters, templates, '0').get('rollback.sh');
    if (!script) throw new Error('no rollback.sh');
    expect(script.text).toBe(renderScripts(parameters, templates, '0').get('rollback.sh'));
    return script.text.split('\n').map((text, index) => {
      const [first, last] = [1, Math.max(text.length, 1)].map((column) =>
        originOf(script, index + 1, column),
      );
      const places = new Set([first, last].map((place) => place && `${place.file}:${place.line}`));
      return `${[...places].join(' ')} ${text}`;
    });
  }

  test.each<{ name: string; given: string; partials?: Record<string, string>; want: string[] }>([
    { name: 'lines', given: 'one\n\ntwo\n', want: ['r:1 one', 'r:2 ', 'r:3 two', ' '] },
    { name: 'no line end', given: 'one\ntwo', want: ['r:1 one', 'r:2 two'] },
    {
      name: 'a block that is rendered',
      given: 'one\n{{#if isRollback}}\ntwo\n{{/if}}\nthree',
      want: ['r:1 one', 'r:3 two', 'r:5 three'],
    },
    {
      name: 'a block that is not',
      given: 'one\n{{#if isDeploy}}\ntwo\n{{/if}}\n\nthree',
      want: ['r:1 one', 'r:5 ', 'r:6 three'],
    },
    {
      name: 'else',
      given: '{{#if isDeploy}}\none\n{{else}}\ntwo\n{{/if}}\nthree',
      want: ['r:4 two', 'r:6 three'],
    },
    { name: 'unless, in a line', given: 'a {{#unless isDeploy}}b{{/unless}} c', want: ['r:1 a b c'] },
    {
      name: 'each',
      given: 'set\n{{#each containerOptions}}\n{{sh this}}\n{{/each}}\nend',
      want: ['r:1 set', "r:3 --env 'A=x", "r:3 y'", 'r:3 --init', 'r:3 --read-only', 'r:5 end'],
    },
    {
      name: 'a partial with a partial',
      given: 'one\n{{> lock}}\ntwo',
      partials: { lock: 'p\n\t{{> gate}}\nq\n', gate: 'g\n\nh\n' },
      want: ['r:1 one', 'lock:1 p', 'lock:2 gate:1 \tg', 'gate:2 ', 'gate:3 h', 'lock:3 q', 'r:3 two'],
    },
    {
      name: 'a partial within a line',
      given: 'a {{> lock}} b\nc',
      partials: { lock: 'x' },
      want: ['r:1 a x b', 'r:2 c'],
    },
    {
      name: 'a comment, and blank lines taken out by ~',
      given: '{{! of\ntwo }}\none\n\n{{~#if isRollback~}}\n\n two\n\n{{~/if~}}\n\n\nthree',
      want: ['r:3 r:12 onetwothree'],
    },
    {
      name: 'escaped braces',
      given: "a '\\{{.Id}}'\nb \\{{x}} \\{{y}}\nc",
      want: ["r:1 a '{{.Id}}'", 'r:2 b {{x}} {{y}}', 'r:3 c'],
    },
    {
      name: 'Windows line ends',
      given: 'a\r\n{{#if isRollback}}\r\nb\r\n{{/if}}\r\nc',
      want: ['r:1 a\r', 'r:3 b\r', 'r:5 c'],
    },
  ])('$name', ({ given, partials, want }) => expect(trace(given, partials)).toEqual(want));

  test('a place in a line that comes from two templates', () => {
    const templates: TemplateSet = new Map([
      ...builtin,
      ['docker/rollback', compileTemplate({ text: 'a {{> lock}} b', file: 'r' })],
      ['docker/partials/lock', compileTemplate({ text: 'xy', file: 'lock' })],
    ]);
    const script = traceScripts(makeParameters(), templates, '0').get('rollback.sh') as TracedScript;
    const files = [1, 2, 3, 4, 5, 6, 99].map((column) => originOf(script, 1, column)?.file);
    expect(files).toEqual(['r', 'r', 'lock', 'lock', 'r', 'r', 'r']);
    expect(originOf(script, 2, 1)).toBeUndefined();
  });
});

import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { nearest } from '../parameters/nearest.js';
import { type Problem, UserError } from '../problems/problem.js';
import { checkTemplate, partialNames } from './check-templates.js';
import { compileTemplate } from './compile.js';
import { BUILD_NAMES, COMMON_NAMES, HOST_NAMES } from './context.js';
import { SWARM_NAMES } from './swarm-context.js';
import type { Template, TemplateSet } from './templates.js';

/**
 * The built-in templates with those of a project laid over them: `DIR/docker/repull.hbs`, `DIR/docker/partials/lock.hbs`. What
 * engines share may be replaced for one of them (`DIR/docker/partials/tools.hbs`) or for all (`DIR/common/partials/tools.hbs`).
 * A file that replaces nothing is refused, so that a misspelt name does not silently change nothing.
 * @throws UserError with every problem of every file
 */
export async function readTemplateOverrides(directory: string, builtin: TemplateSet): Promise<TemplateSet> {
  return layOver(await readTemplates(directory), builtin, directory);
}

/**
 * @param directory where the overrides come from, for messages
 * @throws UserError with every problem of every file
 */
export function layOver(overrides: TemplateSet, builtin: TemplateSet, directory: string): TemplateSet {
  const problems = [...overrides].flatMap(([name, template]) => checkOverride(name, template, builtin));
  if (overrides.size === 0)
    problems.push({
      code: 'GS095',
      source: directory,
      expected: 'files like docker/partials/lock.hbs in it',
    });
  if (problems.length > 0) throw new UserError(problems);
  return new Map([...builtin, ...overrides]);
}

function checkOverride(name: string, template: Template, builtin: TemplateSet): Problem[] {
  const [engine = '', ...rest] = name.split('/');
  if (!builtin.has(name) && !(ENGINES.has(engine) && builtin.has(['common', ...rest].join('/')))) {
    return [
      {
        code: 'GS096',
        source: template.file,
        value: `${name}.hbs`,
        ...suggestTemplate(name, [...builtin.keys()]),
      },
    ];
  }
  const names = rest.at(-1)?.startsWith('build') ? BUILD_NAMES : namesOf(engine);
  return checkTemplate(template, names, partialNames(builtin, engine));
}

const ENGINES: ReadonlySet<string> = new Set(['docker', 'swarm']);

/** What engines share may use only what the contexts of all of them have. */
export function namesOf(engine: string): ReadonlySet<string> {
  if (engine === 'docker') return HOST_NAMES;
  if (engine === 'swarm') return SWARM_NAMES;
  return new Set(COMMON_NAMES);
}

function suggestTemplate(name: string, known: readonly string[]): Pick<Problem, 'expected' | 'hint'> {
  const close = nearest(name, known);
  return {
    expected: 'the name of one of ours, such as docker/repull.hbs or docker/partials/gate.hbs',
    ...(close ? { hint: `did you mean ${close}.hbs?` } : {}),
  };
}

async function readTemplates(directory: string): Promise<Map<string, Template>> {
  let entries: string[];
  try {
    entries = await readdir(directory, { recursive: true });
  } catch (error) {
    throw new UserError([
      {
        code: 'GS095',
        source: '--templates',
        value: directory,
        detail: REASONS[(error as NodeJS.ErrnoException).code ?? ''] ?? String(error),
      },
    ]);
  }
  const files = entries.filter((file) => file.endsWith('.hbs')).sort();
  return new Map(await Promise.all(files.map((file) => readTemplate(directory, file))));
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such folder',
  ENOTDIR: 'it is not a folder',
  EACCES: 'permission denied',
};

async function readTemplate(directory: string, file: string): Promise<[string, Template]> {
  const path = join(directory, file);
  return [templateName(file), compileTemplate({ text: await readFile(path, 'utf8'), file: path })];
}

/** @param file its path in the folder of overrides */
export function templateName(file: string): string {
  return relative('', file)
    .split(sep)
    .join('/')
    .replace(/\.hbs$/, '');
}

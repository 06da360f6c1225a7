import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { type Problem, UserError } from '../problems/problem.js';
import { checkTemplate, partialNames } from './check-templates.js';
import { BUILD_NAMES, HOST_NAMES } from './context.js';
import type { Template, TemplateSet } from './templates.js';

/**
 * The built-in templates with those of a project laid over them: `DIR/docker/repull.hbs`, `DIR/docker/partials/lock.hbs`.
 * A file that replaces nothing is refused, so that a misspelt name does not silently change nothing.
 * @throws UserError with every problem of every file
 */
export async function readTemplateOverrides(directory: string, builtin: TemplateSet): Promise<TemplateSet> {
  const overrides = await readTemplates(directory);
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
  if (!builtin.has(name)) {
    return [
      {
        code: 'GS096',
        source: template.file,
        value: name,
        expected: `one of ${[...builtin.keys()].sort().join(', ')}`,
      },
    ];
  }
  const [engine = '', ...rest] = name.split('/');
  const names = rest.at(-1)?.startsWith('build') ? BUILD_NAMES : HOST_NAMES;
  return checkTemplate(template, names, partialNames(builtin, engine));
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
        detail: (error as NodeJS.ErrnoException).code ?? '',
      },
    ]);
  }
  const files = entries.filter((file) => file.endsWith('.hbs')).sort();
  return new Map(await Promise.all(files.map((file) => readTemplate(directory, file))));
}

async function readTemplate(directory: string, file: string): Promise<[string, Template]> {
  const path = join(directory, file);
  const name = relative('', file)
    .split(sep)
    .join('/')
    .replace(/\.hbs$/, '');
  return [name, { text: await readFile(path, 'utf8'), file: path }];
}

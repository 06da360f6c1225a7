import { parseAllDocuments } from 'yaml';
import { maskSecrets } from '../../parameters/locate.js';
import { redact } from '../../parameters/values/secrets.js';
import type { Problem } from '../../problems/problem.js';
import type { ConfigView, PlacedProblem } from './model.js';

/**
 * A config file as it may be shown: without what looks like a secret, and with the problems at their lines. One that is no YAML
 * is not shown: nobody can tell what in it is a secret.
 * @param text undefined when it cannot be read
 */
export function viewConfig(
  id: string,
  file: string,
  text: string | undefined,
  problems: readonly Problem[],
): ConfigView {
  return {
    id,
    file,
    lines: text === undefined ? [] : shownLines(text),
    problems: problems.flatMap((problem) => {
      const line = lineIn(file, problem.source);
      return line === undefined ? [] : [{ line, problem }];
    }),
  };
}

/** The line of a file that a source names: `gen-scripts.yml:12:9: container.ports[0]`. */
export function lineIn(file: string, source: string): number | undefined {
  if (!source.startsWith(`${file}:`)) return undefined;
  const [, line] = /^:(\d+):\d+(?::|$)/.exec(source.slice(file.length)) ?? [];
  return line === undefined ? undefined : Number(line);
}

function shownLines(text: string): string[] {
  const documents = parseAllDocuments(text, { prettyErrors: false, uniqueKeys: false, version: '1.2' });
  if (documents.some(({ errors }) => errors.length > 0)) return [];
  const lines = maskSecrets(text, [...documents])
    .split(/\r?\n/)
    .map(redact);
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

/** Where a problem is shown: at a line of a config file. */
export function placeOf(
  problem: Problem,
  configs: readonly ConfigView[],
): { readonly config: ConfigView; readonly line: number } | undefined {
  for (const config of configs) {
    const found = config.problems.find((placed: PlacedProblem) => placed.problem === problem);
    if (found !== undefined) return { config, line: found.line };
  }
  return undefined;
}

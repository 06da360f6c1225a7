import { NO_SOURCE, type ReadGit } from '../../src/parameters/git.js';
import type { Texts } from '../../src/parameters/given.js';
import type { Source } from '../../src/parameters/parameters.js';
import { type Resolved, resolveAll } from '../../src/parameters/resolve.js';
import { type Problem, UserError } from '../../src/problems/problem.js';

export interface Given {
  readonly yml?: string;
  /** More files, or instead of `yml`: name -> text. */
  readonly files?: Readonly<Record<string, string>>;
  readonly flags?: Texts;
  readonly environment?: Texts;
  /** What git says; null for no repository. */
  readonly git?: Partial<Source> | null;
}

export const REQUIRED = 'app: citest\nimage: registry.example.com/team/citest\n';

export function resolveGiven({
  yml = REQUIRED,
  files,
  flags = {},
  environment = {},
  git = {},
}: Given): Promise<Resolved[]> {
  const texts = files ?? { 'gen-scripts.yml': yml };
  return resolveAll({
    flags,
    environment,
    configs: Object.keys(texts),
    readConfig: async (file) => texts[file] ?? '',
    git: gitThatSays(git),
  });
}

/** The only app. */
export async function resolveOne(given: Given): Promise<Resolved> {
  const [resolved] = await resolveGiven(given);
  if (!resolved) throw new Error('no app');
  return resolved;
}

/** What is wrong; fails when nothing is. */
export async function problemsOf(given: Given): Promise<readonly Problem[]> {
  const error = await resolveGiven(given).then(
    () => new Error('it was accepted'),
    (thrown: unknown) => thrown,
  );
  if (error instanceof UserError) return error.problems;
  throw error;
}

/** `GS039 gen-scripts.yml:4:11: container.ports[0]` for each problem. */
export async function placesOf(given: Given): Promise<string[]> {
  return (await problemsOf(given)).map(({ code, source }) => `${code} ${source}`);
}

function gitThatSays(git: Partial<Source> | null): ReadGit {
  const commit = '4f0c1d94f0c1d94f0c1d94f0c1d94f0c1d94f0c1';
  return async () =>
    git === null
      ? { source: NO_SOURCE, problems: [{ code: 'GS071', source: 'git' }], notices: [] }
      : {
          source: { describe: 'v1', commit, branch: 'main', dirty: false, ...git },
          problems: [],
          notices: [],
        };
}

import type { Problem } from '../problems/problem.js';
import { type Environment, explainFailure, type Run, startGit } from './git-run.js';
import type { Source } from './parameters.js';

/** What git says about the workspace. With problems, `source` is empty. */
export interface GitReading {
  readonly source: Source;
  readonly problems: readonly Problem[];
  readonly notices: readonly string[];
}

/**
 * @param match pattern for `git describe --match`; empty for every tag
 * @param tag that the build names instead of asking for one: notices are about it then
 */
export type ReadGit = (match: string, tag?: string) => Promise<GitReading>;

export const NO_SOURCE: Source = { describe: '', commit: '', branch: '', dirty: false };

/** @returns a reader of the repository that `folder` is in; git is only started when the reader is called */
export function makeGitReader(folder: string, environment: Environment): ReadGit {
  return async (match, tag = '') => {
    try {
      return await readFacts(oneLine(startGit(folder, environment)), match, tag);
    } catch (error) {
      return failed(explainFailure(error));
    }
  };
}

/**
 * Short names of what the repository that `folder` is in has below these, the newest first; empty where git has none to tell.
 * @param kinds such as `refs/tags`
 */
export async function readRefs(
  kinds: readonly string[],
  folder: string,
  environment: Environment,
): Promise<string[]> {
  try {
    const run = oneLine(startGit(folder, environment));
    const sorted = ['--sort=-creatordate', `--count=${MOST_REFS}`, '--format=%(refname:strip=2)'];
    return (await run('for-each-ref', ...sorted, ...kinds)).split('\n').filter(Boolean);
  } catch {
    return [];
  }
}

const MOST_REFS = 1000;

/** Only the line feed is git's: trim() would take blanks of other alphabets off a name, and make two names one. */
function oneLine(run: Run): Run {
  return async (...args) => (await run(...args)).replace(/\n$/, '');
}

/** Each start of git costs more than what it does. */
async function readFacts(run: Run, match: string, tag: string): Promise<GitReading> {
  const describing = run('describe', '--always', '--tags', ...(match ? [`--match=${match}`] : []));
  // Without a commit both fail, and the status says why.
  describing.catch(() => undefined);
  const status = await run('status', '--porcelain=v2', '--branch', '--untracked-files=no');
  const { commit, ...state } = readStatus(status);
  if (commit === '') return failed({ code: 'GS073', source: 'git' });
  const describe = await describing;
  if (describe.includes('\ufffd'))
    return failed({ code: 'GS069', source: 'git', value: describe, detail: 'it is not UTF-8' });
  const source = { describe, commit, ...state };
  const notices =
    tag === '' ? await noticeNoTag(run, match, source) : await noticeOtherCommit(run, tag, commit);
  return { source, problems: [], notices };
}

/** @param status `git status --porcelain=v2 --branch`: headers, then a line for each change */
function readStatus(status: string): Pick<Source, 'commit' | 'branch' | 'dirty'> {
  const lines = status.split('\n').filter(Boolean);
  const header = (name: string) =>
    lines.find((line) => line.startsWith(`# ${name} `))?.slice(`# ${name} `.length) ?? '';
  const [commit, branch] = [header('branch.oid'), header('branch.head')];
  return {
    commit: commit === '(initial)' ? '' : commit,
    branch: branch === '(detached)' ? '' : branch,
    dirty: lines.some((line) => !line.startsWith('#')),
  };
}

async function noticeNoTag(run: Run, match: string, { describe, commit }: Source): Promise<string[]> {
  return commit.startsWith(describe) ? [await explainNoTag(run, match)] : [];
}

/** The image is made from what is checked out, whatever it will be called. */
async function noticeOtherCommit(run: Run, tag: string, commit: string): Promise<string[]> {
  const tagged = await run('rev-parse', '--verify', '--quiet', `refs/tags/${tag}^{commit}`).catch(() => '');
  const name = JSON.stringify(tag);
  if (tagged === '')
    return [`this checkout has no git tag ${name}: the image is made from ${shorten(commit)}`];
  if (tagged === commit) return [];
  return [
    `git tag ${name} is commit ${shorten(tagged)}, but ${shorten(commit)} is checked out and will be built`,
  ];
}

function shorten(commit: string): string {
  return commit.slice(0, 12);
}

async function explainNoTag(run: Run, match: string): Promise<string> {
  const isShallow = (await run('rev-parse', '--is-shallow-repository')) === 'true';
  const which = match ? ` that matches ${match}` : '';
  const hint = isShallow ? ' (a shallow clone: fetch deeper and with tags to see them)' : '';
  return `no git tag${which} leads to this commit${hint}: its abbreviated id is used`;
}

function failed(problem: Problem): GitReading {
  return { source: NO_SOURCE, problems: [problem], notices: [] };
}

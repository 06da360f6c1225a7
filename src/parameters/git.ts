import { execFile } from 'node:child_process';
import type { Problem } from '../problems/problem.js';
import type { Source } from './parameters.js';
import { redact } from './values/secrets.js';

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

type Environment = Readonly<Record<string, string | undefined>>;

/** Runs one git command; resolves to its output, rejects with its error output. */
type Run = (...args: string[]) => Promise<string>;

/** @returns a reader of the repository that `folder` is in; git is only started when the reader is called */
export function makeGitReader(folder: string, environment: Environment): ReadGit {
  return async (match, tag = '') => {
    try {
      return await readFacts(startGit(folder, environment), match, tag);
    } catch (error) {
      return failed(explainFailure(error instanceof Error ? error.message : String(error)));
    }
  };
}

/** Names of the tags of the repository that `folder` is in, the newest first; empty where git has none to tell. */
export async function readTags(folder: string, environment: Environment): Promise<string[]> {
  try {
    const run = startGit(folder, environment);
    const sorted = ['--sort=-creatordate', `--count=${MOST_TAGS}`, '--format=%(refname:strip=2)'];
    return (await run('for-each-ref', ...sorted, 'refs/tags')).split('\n').filter(Boolean);
  } catch {
    return [];
  }
}

const MOST_TAGS = 1000;

/** Without a shell: an argument is an argument, whatever a tag or a pattern is called. */
function startGit(folder: string, environment: Environment): Run {
  const options = { env: gitEnvironment(environment), maxBuffer: Number.POSITIVE_INFINITY };
  return (...args) =>
    new Promise((resolve, reject) => {
      const child = execFile('git', ['-C', folder, ...args], options, (error, stdout, stderr) => {
        // A question that is answered with no is no failure: git says nothing then.
        if (error && (stderr !== '' || typeof error.code !== 'number'))
          reject(new Error(stderr || error.message));
        // Only the line feed is git's: trim() would take blanks of other alphabets off a name, and make two names one.
        else resolve(stdout.replace(/\n$/, ''));
      });
      child.stdin?.end();
    });
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

/** @param said git's error output */
function explainFailure(said: string): Problem {
  const source = 'git';
  if (/ENOENT|EACCES/.test(said)) return { code: 'GS070', source };
  if (/dubious ownership/.test(said)) return distrusted(said);
  if (/not a git repository|cannot change to/.test(said)) return { code: 'GS071', source };
  const first = said.split('\n').find((line) => line.trim() !== '') ?? '';
  return { code: 'GS074', source, detail: redact(first.replace(/^(fatal|error): /, '')) };
}

function distrusted(said: string): Problem {
  const folder = /repository at '(.+)'/.exec(said)?.[1] ?? '.';
  const quoted = `'${folder.replaceAll("'", "'\\''")}'`;
  const hint = `as the user who runs this: git config --global --add safe.directory ${quoted}; or chown it`;
  return { code: 'GS072', source: 'git', value: folder, hint };
}

function failed(problem: Problem): GitReading {
  return { source: NO_SOURCE, problems: [problem], notices: [] };
}

/** Messages are recognised, so git must speak English; editors and pagers are none of its business here. */
function gitEnvironment(environment: Environment): Record<string, string> {
  const kept = Object.entries(environment).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !INTERACTIVE.test(entry[0]),
  );
  return { ...Object.fromEntries(kept), LC_ALL: 'C', LANGUAGE: 'C', GIT_OPTIONAL_LOCKS: '0' };
}

const INTERACTIVE =
  /^(EDITOR|VISUAL|PAGER|PREFIX|SSH_ASKPASS|GIT_(ASKPASS|EDITOR|PAGER|SEQUENCE_EDITOR|SSH|SSH_COMMAND|EXTERNAL_DIFF|PROXY_COMMAND|TEMPLATE_DIR))$/i;

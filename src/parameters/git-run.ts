import { execFile } from 'node:child_process';
import type { Problem } from '../problems/problem.js';
import { redact } from './values/secrets.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Runs one git command; resolves to its output as it is, rejects with its error output. */
export type Run = (...args: string[]) => Promise<string>;

/** git in `folder`, without a shell: an argument is an argument, whatever a tag or a pattern is called. */
export function startGit(folder: string, environment: Environment): Run {
  const options = { env: gitEnvironment(environment), maxBuffer: Number.POSITIVE_INFINITY };
  return (...args) =>
    new Promise((resolve, reject) => {
      const child = execFile('git', ['-C', folder, ...args], options, (error, stdout, stderr) => {
        // A question that is answered with no is no failure: git says nothing then.
        if (error && (stderr !== '' || typeof error.code !== 'number'))
          reject(new Error(stderr || error.message));
        else resolve(stdout);
      });
      child.stdin?.end();
    });
}

/** @param error what a git command was rejected with */
export function explainFailure(error: unknown): Problem {
  const said = error instanceof Error ? error.message : String(error);
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

/** Messages are recognised, so git must speak English; editors and pagers are none of its business here. */
function gitEnvironment(environment: Environment): Record<string, string> {
  const kept = Object.entries(environment).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !INTERACTIVE.test(entry[0]),
  );
  return { ...Object.fromEntries(kept), LC_ALL: 'C', LANGUAGE: 'C', GIT_OPTIONAL_LOCKS: '0' };
}

const INTERACTIVE =
  /^(EDITOR|VISUAL|PAGER|PREFIX|SSH_ASKPASS|GIT_(ASKPASS|EDITOR|PAGER|SEQUENCE_EDITOR|SSH|SSH_COMMAND|EXTERNAL_DIFF|PROXY_COMMAND|TEMPLATE_DIR))$/i;

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cannotRun, type Finding, type Level, type Linter } from './finding.js';
import { findShellCheckRc, withRc } from './shellcheckrc.js';

/** `-f json1` as ShellCheck 0.7 and later print it. */
interface Report {
  readonly comments: readonly {
    readonly line: number;
    readonly column: number;
    readonly level: Level;
    readonly code: number;
    readonly message: string;
  }[];
}

type Environment = Readonly<Record<string, string | undefined>>;

interface Output {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Exit codes of shellcheck(1): 0 clean, 1 findings, anything else trouble of its own. */
const UNDERSTOOD = [0, 1];

/**
 * The installed program. Undefined when it cannot be started, or is not ShellCheck.
 * @param bin a path, or a name to be looked up in PATH
 * @param project folder whose .shellcheckrc counts
 */
export async function installedShellCheck(
  bin: string,
  env: Environment,
  project: string,
): Promise<Linter | undefined> {
  const { status, stdout } = await run(bin, ['--version'], '', { env, cwd: project }).catch(
    () => failedToStart,
  );
  const version = /^version: (\S+)/m.exec(stdout)?.[1];
  if (status !== 0 || version === undefined) return undefined;
  const rc = findShellCheckRc(project);
  return {
    name: `ShellCheck ${version}${withRc(rc, project)}`,
    // A script on stdin counts as one in the working directory: that is how every version finds the file (--rcfile is of 0.10).
    check: (file, script) =>
      check(bin, { env, cwd: project }, rc === undefined ? ['--norc'] : [], file, script),
  };
}

const failedToStart: Output = { status: null, stdout: '', stderr: '' };

async function check(
  bin: string,
  where: Place,
  options: readonly string[],
  file: string,
  script: string,
): Promise<Finding[]> {
  const args = [...options, '--shell=sh', '--enable=all', '--format=json1', '-'];
  const { status, stdout, stderr } = await run(bin, args, script, where);
  if (!UNDERSTOOD.includes(status ?? -1)) throw cannotRun(bin, `exit ${status}: ${stderr.trim()}`);
  const { comments } = JSON.parse(stdout) as Report;
  return comments.map(({ line, column, level, code, message }) => {
    return { file, line, column, level, code: `SC${code}`, message };
  });
}

interface Place {
  readonly env: Environment;
  readonly cwd: string;
}

async function run(bin: string, args: string[], input: string, { env, cwd }: Place): Promise<Output> {
  const { SHELLCHECK_OPTS: _, ...rest } = env;
  const child = spawn(bin, args, { stdio: 'pipe', env: rest, cwd });
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);
  // It may have ended before it read everything; its exit code tells.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, stdout: await stdout, stderr: await stderr };
}

async function collect(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

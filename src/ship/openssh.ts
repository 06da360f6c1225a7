import { type ChildProcess, spawn } from 'node:child_process';
import { readLines } from './lines.js';

/** How ssh is called; what is not said here is the user's own configuration. */
export interface SshSettings {
  /** Instead of ~/.ssh/config; empty for that. */
  readonly configFile: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted: nobody waits any longer. */
  readonly signal: AbortSignal;
}

export interface Call {
  readonly destination: string;
  /** Milliseconds; 0: no limit. */
  readonly limit: number;
  /** Hears each line of stdout and stderr. */
  readonly onLine: (line: string) => void;
}

/** `lost`: the connection, not what ran at its other end. */
export type Ended = 'done' | 'failed' | 'lost' | 'late';

/** Runs a command on a host. */
export async function execute(command: string, call: Call, settings: SshSettings): Promise<Ended> {
  const args = ['-T', ...optionsOf(settings), '--', call.destination, command];
  return await run(start('ssh', args, settings), call, settings);
}

/** Gives sftp a batch; it ends with the first command that fails. @param cwd where the names of files here start */
export async function transfer(
  batch: string,
  cwd: string,
  call: Call,
  settings: SshSettings,
): Promise<Ended> {
  const args = ['-b', '-', ...optionsOf(settings), '--', call.destination];
  const child = start('sftp', args, settings, cwd);
  child.stdin?.on('error', () => undefined); // it has ended, and its exit status says why
  child.stdin?.end(batch);
  return await run(child, call, settings);
}

/**
 * Nobody is asked for a password, and a host that is not known is refused, whatever the configuration says. A host that hangs or a
 * line that is dead is given up after half a minute.
 */
function optionsOf({ configFile }: SshSettings): string[] {
  const options = [
    'BatchMode=yes',
    'StrictHostKeyChecking=yes',
    'ConnectTimeout=15',
    'ServerAliveInterval=10',
    'ServerAliveCountMax=3',
    // As sftp has it by itself: a host gets no way to others by our agent, and two connections no port that is taken.
    'ForwardAgent=no',
    'ForwardX11=no',
    'ClearAllForwardings=yes',
    'PermitLocalCommand=no',
  ];
  return [...(configFile === '' ? [] : ['-F', configFile]), ...options.flatMap((option) => ['-o', option])];
}

/** In a session of its own: Ctrl-C is for us, and a script that runs comes to its end. */
function start(program: string, args: readonly string[], { env }: SshSettings, cwd?: string): ChildProcess {
  const input = program === 'sftp' ? 'pipe' : 'ignore';
  return spawn(program, args, { cwd, env: { ...env }, stdio: [input, 'pipe', 'pipe'], detached: true });
}

/** For what is still on its way when a program has ended. */
const GRACE = 2_000;
/** ssh's own exit status for everything that is wrong with the connection (ssh(1)); sftp has 255 for it as well. */
const CONNECTION = 255;

/** @throws the system error when the program cannot be started */
function run(child: ChildProcess, { limit, onLine }: Call, { signal }: SshSettings): Promise<Ended> {
  return new Promise((resolve, reject) => {
    let isLate = false;
    const end = () => kill(child);
    const giveUp = () => {
      isLate = true;
      end();
    };
    const timer = limit === 0 ? undefined : setTimeout(giveUp, limit);
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
    for (const stream of [child.stdout, child.stderr]) if (stream) readLines(stream, onLine);
    child.once('error', reject);
    // Whoever else has its streams, a connection that is kept for others, must not keep us waiting.
    child.once('exit', () =>
      setTimeout(() => [child.stdout, child.stderr].map((stream) => stream?.destroy()), GRACE).unref(),
    );
    child.once('close', (code) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve(
        isLate ? 'late' : code === 0 ? 'done' : code === CONNECTION || code === null ? 'lost' : 'failed',
      );
    });
  });
}

/** With what it has started: a ProxyCommand, and the ssh of sftp. */
function kill({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

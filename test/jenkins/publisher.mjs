/**
 * Stands in for the Publish over SSH plugin: reads a request as JSON from stdin, prints `{ log, result }`. What it does is
 * what the plugin's sources do: BPInstanceConfig.perform, BapPublisher.Performer, BapSshClient.exec and sftpExec. An SSH
 * server is a folder on this machine and a shell that starts in that server's home.
 *
 * @typedef {object} Server
 * @property {string} root what `Remote Directory` of the server's settings is
 * @property {string} home where a command starts
 * @property {Record<string, string>} env
 * @property {'' | 'refuse' | 'drop' | 'timeout' | 'abort' | 'nothing' | 'forced' | 'late'} [behaviour]
 *   refuse: no connection; drop: it ends while the command runs; timeout: the plugin gives up waiting; abort: somebody
 *   aborts the build meanwhile (in all three the command runs on); nothing: no file arrives; forced: the server runs
 *   something else (ForceCommand); late: an error after everything was done
 *
 * @typedef {object} Request
 * @property {string} workspace
 * @property {string | null} result of the build so far
 * @property {Record<string, string>} environment run-level variables and build parameters: what Jenkins substitutes
 * @property {Record<string, Server>} servers
 * @property {boolean} [failOnError]
 * @property {boolean} [continueOnError]
 * @property {{ configName: string, verbose?: boolean, transfers: object[] }[]} publishers
 */
import { spawn } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** How long the simulated connection lasts when it ends too early. */
const SHORT = 300;
const BLOCKING = ['FAILURE', 'NOT_BUILT', 'ABORTED'];

/** An aborted build ends the step itself; everything else is caught by the plugin. */
class Aborted extends Error {}

/** @param {Request} request */
export async function publish(request) {
  const log = [];
  const say = (line) => log.push(`SSH: ${line}`);
  if (BLOCKING.includes(request.result ?? '')) {
    say(`Current build result is [${request.result}], not going to run.`);
    return { log, result: null };
  }
  const onError = request.failOnError ? 'FAILURE' : 'UNSTABLE';
  let result = 'SUCCESS';
  for (const publisher of request.publishers) {
    try {
      await publishTo(publisher, request, say, (output) => log.push(output));
    } catch (error) {
      if (error instanceof Aborted) return { log, result: 'ABORTED' };
      log.push(`ERROR: Exception when publishing, exception message [${error.message}]`);
      result = onError;
      if (!request.continueOnError) break;
    }
  }
  return { log, result };
}

async function publishTo(publisher, request, say, print) {
  const server = request.servers[publisher.configName];
  if (server === undefined) throw new Error(`Failed to find configuration [${publisher.configName}]`);
  say(`Connecting with configuration [${publisher.configName}] ...`);
  if (server.behaviour === 'refuse')
    throw new Error('Failed to connect session. Message [Connection refused]');
  let transferred = 0;
  try {
    for (const transfer of publisher.transfers) {
      const { execCommand = '', sourceFiles = '', useSftpForExec = false } = transfer;
      if (execCommand === '' && sourceFiles === '')
        throw new Error('A transfer set must have files or a command');
      if (sourceFiles !== '') transferred += put(transfer, server, request);
      if (execCommand === '') continue;
      const command = expand(execCommand, request.environment);
      if (useSftpForExec) sftpExec(command, server, request, say);
      else await exec(command, transfer, server, { say, print: publisher.verbose ? print : () => {} });
    }
  } finally {
    say(`Disconnecting configuration [${publisher.configName}] ...`);
  }
  if (server.behaviour === 'late') throw new Error('Connection reset');
  say(`Transferred ${transferred} file(s)`);
}

// --- files ---

/** That nothing matches is no error. Files arrive without their permissions. */
function put(transfer, server, { workspace, environment }) {
  const field = (name) => expand(transfer[name] ?? '', environment);
  const patterns = field('sourceFiles')
    .split(/[,;\s]+/)
    .filter(Boolean)
    .map(toRegExp);
  const found = list(workspace).filter((path) => patterns.some((pattern) => pattern.test(path)));
  const names = found.map((path) => withoutPrefix(path, field('removePrefix')));
  if (server.behaviour === 'nothing') return 0;
  for (const [index, name] of names.entries()) {
    const target = join(server.root, field('remoteDirectory'), name);
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(join(workspace, found[index]), target);
    chmodSync(target, 0o644);
  }
  return names.length;
}

/** Files of the workspace; Ant's default excludes that can occur here are those of git. */
function list(folder, prefix = '') {
  return readdirSync(join(folder, prefix)).flatMap((name) => {
    const path = prefix === '' ? name : `${prefix}/${name}`;
    if (['.git', '.gitignore', '.gitattributes', '.gitmodules'].includes(name)) return [];
    return statSync(join(folder, path)).isDirectory() ? list(folder, path) : [path];
  });
}

/** An Ant pattern: `**` any folders, `*` and `?` within one name. */
function toRegExp(pattern) {
  const whole = pattern.endsWith('/') ? `${pattern}**` : pattern;
  const source = whole.replace(/\*\*\/|\*\*|[*?]|[\\^$+.()|[\]{}]/g, (token) =>
    token === '**/'
      ? '(?:.*/)?'
      : token === '**'
        ? '.*'
        : token === '*'
          ? '[^/]*'
          : token === '?'
            ? '[^/]'
            : `\\${token}`,
  );
  return new RegExp(`^${source}$`);
}

function withoutPrefix(path, prefix) {
  if (prefix === '') return path;
  const folder = `${prefix.replace(/\/+$/, '')}/`;
  if (!path.startsWith(folder))
    throw new Error(`Source file [${path}] does not start with prefix [${prefix}]`);
  return path.slice(folder.length);
}

/** Util.replaceMacro: `$NAME` and `${NAME}` if the name is known, `$$` for a dollar; anything else stays. */
function expand(macro, variables) {
  return macro.replace(/\$(?:([A-Za-z0-9_]+)|\{([A-Za-z0-9_.]+)\}|\$)/g, (whole, plain, braced) =>
    whole === '$$' ? '$' : (variables[plain ?? braced] ?? whole),
  );
}

// --- commands ---

/** The login shell's `-c`: in the home, without a terminal, with a stdin that never ends. */
async function exec(command, { execTimeout = 0 }, server, { say, print }) {
  const { behaviour = '', env, home } = server;
  say(`EXEC: STDOUT/STDERR from command [${command}] ...`);
  const script = behaviour === 'forced' ? 'true' : command;
  const child = spawn('sh', ['-c', script], { cwd: home, env, detached: true });
  child.stdout.on('data', (data) => print(String(data).trimEnd()));
  child.stderr.on('data', (data) => print(String(data).trimEnd()));
  const isCut = ['drop', 'timeout', 'abort'].includes(behaviour);
  const status = await endOf(child, isCut ? SHORT : execTimeout);
  if (status === undefined) leave(child);
  if (behaviour === 'abort') throw new Aborted();
  if (behaviour === 'drop') throw new Error('Exec exit status not zero. Status [-1]');
  if (status === undefined) throw new Error('Exec timed out or was interrupted after 300 ms');
  say('EXEC: completed');
  if (status !== 0) throw new Error(`Exec exit status not zero. Status [${status}]`);
}

/** Its status, or undefined when the time is over; 0: no limit. */
function endOf(child, timeout) {
  return new Promise((resolve) => {
    const timer = timeout > 0 ? setTimeout(() => resolve(undefined), timeout) : undefined;
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve(code ?? -1);
    });
  });
}

/** Nobody reads any more, but the command runs on. */
function leave(child) {
  for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
  child.unref();
}

/** Only `get FILE FOLDER`, without patterns: relative to the root, into a folder of the workspace. No failure is one. */
function sftpExec(command, { root }, { workspace }, say) {
  const words = command.trim().split(/\s+/);
  const [verb, file = '', folder = ''] = words;
  if (verb !== 'get' || words.length !== 3 || /[*?]/.test(file)) throw new Error(`not supported: ${command}`);
  say(`SFTP: get [${file} ${folder}]`);
  if (!existsSync(join(root, file))) return say(`SFTP: [get] failed, message [No such file]`);
  const target = join(workspace, folder);
  // lcd fails without an exception, and the file lands in the workspace itself.
  const arrives = existsSync(target) ? target : workspace;
  copyFileSync(join(root, file), join(arrives, basename(file)));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(JSON.stringify(await publish(JSON.parse(await text(process.stdin)))));
}

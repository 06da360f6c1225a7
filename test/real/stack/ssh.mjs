import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { must, run, start } from './process.mjs';

/** One key pair for the hosts and one for the client, made for this run. */
export async function makeKeys(folder) {
  const keys = { folder, hostKey: join(folder, 'ssh_host_key'), clientKey: join(folder, 'ssh_client_key') };
  for (const file of [keys.hostKey, keys.clientKey]) await makeKey(file);
  return keys;
}

export const makeKey = (file) =>
  must('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'gen-scripts test', '-f', file]);

/**
 * Transfers the files of `source` as Publish over SSH does: one after the other, each 0644 whatever it was, into
 * `directory` under the SSH user's home.
 */
export async function transfer(host, source, directory) {
  const staged = mkdtempSync(join(host.keys.folder, 'transfer-'));
  cpSync(source, staged, { recursive: true });
  const names = readdirSync(staged);
  for (const name of names) chmodSync(join(staged, name), 0o644);
  mkdirSync(host.path(host.home), { recursive: true });
  const puts = names.map((name) => `put ${join(staged, name)} ${directory}/${name}`);
  const batch = [`-mkdir ${directory}`, ...puts, ''].join('\n');
  const result = await run('sftp', ['-q', '-b', '-', ...options(host), target(host)], { input: batch });
  rmSync(staged, { recursive: true });
  if (result.status !== 0) throw new Error(`sftp to ${host.name}: ${result.output}`);
  return names;
}

/** One SFTP command as Publish over SSH gives it with "use SFTP for exec": it begins in the server's root. */
export async function command(host, line, folder) {
  const result = await run('sftp', ['-q', '-b', '-', ...options(host), target(host)], {
    input: `${line}\n`,
    cwd: folder,
  });
  return result.status === 0;
}

/** Executes a command as Publish over SSH does: the login shell's -c, no tty, a stdin that never ends, cwd = home. */
export const execute = (host, command) => startExecute(host, command).ended;

/** As `execute`, to be interrupted: { child, ended }. */
export function startExecute(host, command) {
  return start('ssh', ['-T', ...options(host), target(host), command], { input: 'open', limit: 120_000 });
}

const target = (host) => `${host.user}@${host.address}`;

function options(host) {
  const settings = [
    'StrictHostKeyChecking=no',
    'UserKnownHostsFile=/dev/null',
    'LogLevel=ERROR',
    'BatchMode=yes',
  ];
  return ['-F', '/dev/null', '-i', host.keys.clientKey, ...settings.flatMap((setting) => ['-o', setting])];
}

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { setPriority, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { must } from './process.mjs';

/**
 * Everything the test starts lives in namespaces of its own: network, processes and mounts. When the first process in
 * there ends, however it ends, the kernel ends the rest, so nothing is left on this machine and several runs may go on
 * side by side. All files are in a tmpfs that only the inside sees.
 */
export const insideFolder = process.env.GEN_SCRIPTS_REAL_FOLDER ?? '';

/** Runs this same program again inside; resolves with its exit status. */
export async function runInside(program, args) {
  const folder = mkdtempSync(join(tmpdir(), 'gs-real-'));
  const namespaces = [
    '--mount',
    '--net',
    '--pid',
    '--ipc',
    '--uts',
    '--fork',
    '--kill-child=SIGKILL',
    '--mount-proc',
  ];
  const child = spawn('unshare', [...namespaces, process.execPath, program, ...args], {
    stdio: ['pipe', 'inherit', 'inherit'],
    env: { ...process.env, GEN_SCRIPTS_REAL_FOLDER: folder },
  });
  // The inside ends itself on these, or when our end of its stdin closes because we are gone.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.stdin.end());
  const status = await new Promise((resolve) => child.on('close', (code) => resolve(code ?? 137)));
  removeControlGroups(cgroupOf(folder));
  rmdirSync(folder);
  return status;
}

/** First thing inside: the private tmpfs, the bridge that connects the hosts, and an end for every way to be stopped. */
export async function enter(folder) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130));
  process.stdin.on('end', () => process.exit(130)).resume();
  if (process.argv.includes('--measured')) goFirst(cgroupOf(folder));
  await must('mount', ['-t', 'tmpfs', '-o', 'mode=755', 'tmpfs', folder]);
  await must('ip', ['link', 'set', 'lo', 'up']);
  await must('ip', ['link', 'add', 'hub', 'address', '02:00:00:00:00:01', 'type', 'bridge']);
  await must('ip', ['addr', 'add', '10.77.0.1/24', 'dev', 'hub']);
  await must('ip', ['link', 'set', 'hub', 'up']);
}

/** Parent control group of every container of this run. */
export const cgroupOf = (folder) => `/${basename(folder)}`;

/**
 * Outages are measured here, so this run goes before whatever else is busy on the machine: its containers, too, all of
 * which weigh as little as one process otherwise. Where that cannot be had, the figures are worse and nothing else.
 */
function goFirst(name) {
  try {
    setPriority(-10);
    const group = join('/sys/fs/cgroup/cpu', name);
    if (!existsSync(join(group, '..', 'cpu.shares'))) return;
    mkdirSync(group, { recursive: true });
    writeFileSync(join(group, 'cpu.shares'), '8192');
    writeFileSync(join(group, 'cgroup.procs'), '0');
  } catch (error) {
    console.error(`no priority: ${error.message}`);
  }
}

function removeControlGroups(name) {
  const base = '/sys/fs/cgroup';
  const controllers = existsSync(join(base, 'cgroup.controllers')) ? ['.'] : readdirSync(base);
  for (const controller of controllers) removeTree(join(base, controller, name));
}

/** Control groups hold files that cannot be removed; only the folders can, deepest first. */
function removeTree(folder) {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) removeTree(join(folder, entry.name));
  }
  try {
    rmdirSync(folder);
  } catch (error) {
    console.error(`cannot remove the control group ${folder}: ${error.code}`);
  }
}

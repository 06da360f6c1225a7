import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simulator } from './contract-run.mjs';

/** What a command line did. */
export interface Ran {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

/** An empty simulated host in a temporary folder. */
export interface TestHost {
  /** Runs shell text with the simulated programs first on PATH. */
  readonly sh: (script: string, env?: Record<string, string>) => Ran;
  readonly env: Record<string, string>;
  /** A file of the state, '' if there is none. */
  readonly read: (file: string) => string;
  readonly remove: () => void;
}

export function makeHost(programs = simulator): TestHost {
  const folder = mkdtempSync(join(tmpdir(), 'simulated-'));
  const state = join(folder, 'state');
  const home = { SIM_STATE: state, DOCKER_CONFIG: join(folder, 'config'), HOME: folder, FOLDER: folder };
  const env = { PATH: `${programs}:${process.env.PATH}`, ...home };
  const sh = (script: string, more: Record<string, string> = {}): Ran => {
    const ran = spawnSync('sh', ['-c', script], { env: { ...env, ...more }, encoding: 'utf8', input: '' });
    return { status: ran.status, signal: ran.signal, out: ran.stdout, err: ran.stderr };
  };
  execFileSync(join(programs, 'simctl'), ['init'], { env });
  const read = (file: string) => readIfThere(join(state, file));
  return { sh, env, read, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** The shells scripts must run under, as the interpreter of a `#!` line; those that this machine has. */
export function shellsHere(): { name: string; program: string; args: string }[] {
  const known = ['dash', 'bash', 'busybox', 'mksh', 'ksh93', 'yash', 'zsh'];
  return known.flatMap((name) => {
    const found = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim();
    return found ? [{ name, program: found, args: name === 'busybox' ? ' sh' : '' }] : [];
  });
}

/** A copy of the simulator whose programs run under that shell. The caller removes the folder. */
export function copySimulator(shell: { name: string; program: string; args: string }): string {
  const folder = mkdtempSync(join(tmpdir(), `simulator-${shell.name}-`));
  cpSync(simulator, folder, { recursive: true });
  mkdirSync(join(folder, 'shell'));
  // zsh emulates sh when it is called sh; the others do not mind.
  const program = shell.name === 'busybox' ? shell.program : join(folder, 'shell/sh');
  if (shell.name !== 'busybox') symlinkSync(shell.program, program);
  for (const name of ['docker', 'simctl', 'curl', 'wget', 'sleep', 'timeout']) {
    const text = readFileSync(join(folder, name), 'utf8');
    writeFileSync(join(folder, name), text.replace('#!/bin/sh', `#!${program}${shell.args}`));
  }
  return folder;
}

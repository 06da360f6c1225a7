import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const CLI = fileURLToPath(new URL('../resources/gen-scripts.cjs', import.meta.url));

/** As Jenkins would have it for a build that was started by hand. */
export const ENVIRONMENT = { ...process.env, CTRL_BUILD: 'true', BUILD_NUMBER: '7' };

/** Does the work in a folder that is gone afterwards; in memory where there is such a place, because a disk has moods. */
export async function inFolder(work) {
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'gen-scripts-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A repository of one app. */
export function makeProject(folder) {
  writeFileSync(join(folder, 'gen-scripts.yml'), settings('web', 8080));
  commit(folder);
}

/** A repository of `count` apps: apps/web1.yml ... */
export function makeApps(folder, count) {
  mkdirSync(join(folder, 'apps'), { recursive: true });
  for (let number = 1; number <= count; number += 1)
    writeFileSync(join(folder, `apps/web${number}.yml`), settings(`web${number}`, 20_000 + number));
  commit(folder);
}

function settings(app, port) {
  return `app: ${app}\nimage: registry.example.com/team/${app}\ncontainer:\n  ports: ["${port}:80"]\n`;
}

function commit(folder) {
  const git = (...args) => execFileSync('git', ['-C', folder, ...args], { stdio: 'ignore' });
  git('init', '--quiet');
  git('add', '--all');
  git('-c', 'user.name=bench', '-c', 'user.email=bench@example.com', 'commit', '--quiet', '--message', 'one');
  git('tag', 'v1.0.0');
}

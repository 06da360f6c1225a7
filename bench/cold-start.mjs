import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../resources/gen-scripts.cjs', import.meta.url));
const ROUNDS = 25;
/** Wall time of a command, as a multiple of `node -e 0`. */
const GOAL = 2.5;

const COMMANDS = {
  render: [CLI, 'render'],
  preview: [CLI, 'preview', 'repull.sh'],
  validate: [CLI, 'validate'],
};

/** The bundled program from its start to its end in a small project, beside a Node.js that does nothing. */
export async function measureColdStart() {
  const folder = mkdtempSync(join(tmpdir(), 'gen-scripts-bench-'));
  try {
    makeProject(folder);
    const env = { ...process.env, CTRL_BUILD: 'true', BUILD_NUMBER: '7' };
    const timed = { nothing: ['-e', '0'], ...COMMANDS };
    const times = Object.fromEntries(Object.keys(timed).map((name) => [name, []]));
    // By turns, so that what else the machine does hits all of them alike.
    for (let round = 0; round < ROUNDS; round += 1)
      for (const [name, args] of Object.entries(timed)) times[name].push(time(args, folder, env));
    const other = median(times.nothing);
    return Object.keys(COMMANDS).map((name) => ({
      what: `cold start: ${name} / node -e 0`,
      ours: median(times[name]),
      other,
      goal: GOAL,
      unit: 'ms',
    }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function makeProject(folder) {
  writeFileSync(
    join(folder, 'gen-scripts.yml'),
    'app: web\nimage: registry.example.com/team/web\ncontainer:\n  ports: ["8080:80"]\n',
  );
  const git = (...args) => execFileSync('git', ['-C', folder, ...args], { stdio: 'ignore' });
  git('init', '--quiet');
  git('add', '--all');
  git('-c', 'user.name=bench', '-c', 'user.email=bench@example.com', 'commit', '--quiet', '--message', 'one');
  git('tag', 'v1.0.0');
}

/** @returns milliseconds */
function time(args, cwd, env) {
  const begin = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, args, {
    cwd,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (status !== 0) throw new Error(`${args.join(' ')}: ${status}\n${stderr}`);
  return Number(process.hrtime.bigint() - begin) / 1e6;
}

function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

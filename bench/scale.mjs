import { readdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { memoryOf } from './cold-start.mjs';
import { CLI, ENVIRONMENT, inFolder, makeApps } from './project.mjs';
import { isInstalled, start, takeTurns, time } from './timing.mjs';

const ROUNDS = 5;
const [FEW, MANY] = [250, 1000];
/** Milliseconds. */
const MOST = 3000;
/** What an app of many may cost, as a multiple of one of few: the time is linear in their number. */
const LINEAR = 1.1;
/** Memory of many, as a multiple of that of few, where the heap may not grow before what is no longer needed is collected. */
const FLAT = 1.25;
const HEAP = '--max-old-space-size=64';
/** lint beside ShellCheck alone, as many at a time. */
const LINT = 1.3;
const LINTED = 3;
const LINT_ROUNDS = 3;

export async function measure() {
  return [...(await renderRows()), ...(await lintRows())];
}

/** One run that renders many apps. */
async function renderRows() {
  return await inFolder(async (folder) => {
    const places = { few: join(folder, 'few'), many: join(folder, 'many') };
    makeApps(places.few, FEW);
    makeApps(places.many, MANY);
    const args = [CLI, 'render', '--config', 'apps/*.yml'];
    const times = takeTurns(
      { few: () => renderAnew(args, places.few), many: () => renderAnew(args, places.many) },
      ROUNDS,
    );
    return [
      {
        what: ['1,000 apps: render', '1,000 个应用：render'],
        ...times.compare('many', 'few', MANY / FEW),
        otherName: ['4 times 250 apps', '4 倍的 250 个应用'],
        goal: { ratio: LINEAR },
        unit: 'ms',
      },
      {
        what: ['1,000 apps: render, in all', '1,000 个应用：render 总计'],
        ours: times.compare('many', 'few').ours,
        goal: { most: MOST },
        unit: 'ms',
      },
      {
        what: ['1,000 apps: memory, with a heap of 64 MB', '1,000 个应用：堆为 64 MB 时的内存'],
        ours: memoryOf([HEAP, ...args], places.many),
        other: memoryOf([HEAP, ...args], places.few),
        otherName: ['250 apps', '250 个应用'],
        goal: { ratio: FLAT },
        unit: 'MiB',
      },
    ];
  });
}

function renderAnew(args, cwd) {
  rmSync(join(cwd, 'release'), { recursive: true, force: true });
  return time(process.execPath, args, { cwd, env: ENVIRONMENT });
}

/** The same scripts by ShellCheck alone, one process a script and as many at a time as there are processors. */
async function lintRows() {
  const what = ['lint', 'lint'];
  if (!isInstalled('shellcheck')) return [{ what, skipped: 'shellcheck is not installed' }];
  return await inFolder((folder) => {
    makeApps(folder, LINTED);
    const env = { ...ENVIRONMENT, GIT_TAG: 'v1.0.0' };
    start(process.execPath, [CLI, 'render', '--config', 'apps/*.yml'], { cwd: folder, env });
    const scripts = scriptsIn(join(folder, 'release'));
    const alone = `printf '%s\\n' "$@" | xargs -P ${availableParallelism()} -n 1 shellcheck --norc --shell=sh --enable=all`;
    const lint = [CLI, 'lint', '--config', 'apps/*.yml'];
    const { stderr } = start(process.execPath, lint, { cwd: folder, env });
    const linted = Number(/ in (\d+) scripts/.exec(stderr)[1]);
    const times = takeTurns(
      {
        ours: () => time(process.execPath, lint, { cwd: folder, env }),
        other: () => time('sh', ['-c', alone, 'sh', ...scripts], { cwd: folder }),
      },
      LINT_ROUNDS,
    );
    return [
      {
        what: ['lint of three apps', 'lint 三个应用'],
        // It looks at the scripts of a deploy, of a manual build and of a rollback, and these are only some of them.
        ...times.compare('ours', 'other', linted / scripts.length),
        otherName: 'xargs -P shellcheck',
        goal: { ratio: LINT },
        unit: 'ms',
      },
    ];
  });
}

function scriptsIn(release) {
  return readdirSync(release).flatMap((app) =>
    ['build.sh', 'repull.sh', 'rollback.sh'].map((name) => join(release, app, name)),
  );
}

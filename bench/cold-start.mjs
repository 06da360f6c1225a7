import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findGenerators } from './generators.mjs';
import { CLI, ENVIRONMENT, inFolder, makeProject } from './project.mjs';
import { start, takeTurns, time } from './timing.mjs';

const ROUNDS = 25;
/** Wall time, as a multiple of `node -e 0`. */
const GOAL = { ratio: 2.5 };
const MOST_MEMORY = 70;

const OURS = {
  render: [CLI, 'render'],
  preview: [CLI, 'preview', 'repull.sh'],
  validate: [CLI, 'validate'],
};

/** The bundled program from its start to its end in a small project, beside a Node.js that does nothing and other generators. */
export async function measure() {
  return await inFolder(async (folder) => {
    makeProject(folder);
    const generators = await findGenerators(folder);
    const here = generators.filter(({ skipped }) => skipped === undefined);
    const node = (args) => () => time(process.execPath, args, { cwd: folder, env: ENVIRONMENT });
    const times = takeTurns(
      {
        nothing: node(['-e', '0']),
        ...Object.fromEntries(Object.entries(OURS).map(([name, args]) => [name, node(args)])),
        ...Object.fromEntries(here.map(({ name, run }) => [name, () => time(...run())])),
      },
      ROUNDS,
    );
    return [
      ...Object.keys(OURS).map((name) => startRow(name, times)),
      memoryRow(folder),
      ...generators.map((generator) => generatorRow(generator, times)),
    ];
  });
}

function startRow(name, times) {
  return {
    what: [`cold start: ${name}`, `冷启动：${name}`],
    ...times.compare(name, 'nothing'),
    otherName: 'node -e 0',
    goal: GOAL,
    unit: 'ms',
  };
}

function generatorRow({ name, what, skipped }, times) {
  const title = [
    `cold start: render, and ${name} making one file`,
    `冷启动：render，以及 ${name} 生成一个文件`,
  ];
  if (skipped !== undefined) return { what: title, skipped };
  return { what: title, ...times.compare('render', name), otherName: what, unit: 'ms' };
}

/** As the system counted it for that process, asked for by the process itself at its end. */
function memoryRow(folder) {
  return {
    what: ['cold start: memory of render', '冷启动：render 的内存'],
    ours: memoryOf(OURS.render, folder),
    other: memoryOf(['-e', '0'], folder),
    otherName: 'node -e 0',
    goal: { most: MOST_MEMORY },
    unit: 'MiB',
  };
}

/** @returns {number} MiB at the most */
export function memoryOf(args, folder) {
  const [asking, answer] = [join(folder, 'memory.cjs'), join(folder, 'memory')];
  const text = `require('fs').writeFileSync(${JSON.stringify(answer)}, String(process.resourceUsage().maxRSS))`;
  writeFileSync(asking, `process.on('exit', () => ${text});\n`);
  start(process.execPath, ['--require', asking, ...args], { cwd: folder, env: ENVIRONMENT });
  return Number(readFileSync(answer, 'utf8')) / 1024;
}

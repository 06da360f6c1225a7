import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLI, ENVIRONMENT, inFolder } from './project.mjs';
import { start, takeTurns, time } from './timing.mjs';

const ROUNDS = 3;
const HOSTS = 20;
/** The canary, then batches of five. */
const STEPS = [1, 5, 5, 5, 4];
/** Seconds that a host takes for what is sent, and for the script. */
const HOST = { send: 0.3, run: 2 };
/** A rollout, as a multiple of what its hosts take when nobody has to look after them. */
const GOAL = { ratio: 1.3 };

/** `ship` to twenty hosts that only take time, beside a shell that starts as many programs of that length in the same steps. */
export async function measure() {
  return await inFolder(async (folder) => {
    makeFleet(folder);
    const env = { ...ENVIRONMENT, GIT_TAG: 'v1.0.0', PATH: `${join(folder, 'bin')}:${process.env.PATH}` };
    start(process.execPath, [CLI, 'render'], { cwd: folder, env });
    answerFor(folder);
    const times = takeTurns(
      {
        ship: () => time(process.execPath, [CLI, 'ship'], { cwd: folder, env }),
        ideal: () => time('sh', ['-c', ideal()], { env }),
      },
      ROUNDS,
    );
    return [
      {
        what: [
          `a rollout to ${HOSTS} hosts in ${STEPS.length} steps`,
          `${HOSTS} 台主机分 ${STEPS.length} 步更新`,
        ],
        ...times.compare('ship', 'ideal'),
        otherName: ['the hosts alone', '仅主机本身'],
        goal: GOAL,
        unit: 'ms',
      },
    ];
  });
}

function makeFleet(folder) {
  const names = Array.from({ length: HOSTS }, (_, index) => `web${index + 1}`);
  const settings = `app: web\nimage: registry.example.com/team/web\npublish: { remoteRoot: /srv }\nrollout: { canary: 1, batch: 25% }\nhosts: { ${names.join(': , ')}: }\n`;
  writeFileSync(join(folder, 'gen-scripts.yml'), settings);
  mkdirSync(join(folder, 'bin'));
  const program = (name, text) =>
    writeFileSync(join(folder, 'bin', name), `#!/bin/sh\n${text}`, { mode: 0o755 });
  program('sftp', `cat >/dev/null; exec sleep ${HOST.send}\n`);
  program('ssh', `sleep ${HOST.run}; exec cat ${join(folder, 'answer')}\n`);
}

/** What a host says that has taken the version. */
function answerFor(folder) {
  const { image, scripts } = JSON.parse(readFileSync(join(folder, 'release/manifest.json'), 'utf8'));
  const lines = [
    'gen-scripts-outcome 1',
    `build ${ENVIRONMENT.BUILD_NUMBER}`,
    `auto ${scripts['auto.sh'].sha256}`,
    'exit 0',
  ];
  const journal = [
    'action deploy',
    'result done',
    'from -',
    `to ${image}`,
    'seconds 2',
    `now ${image} running`,
    'end',
  ];
  writeFileSync(join(folder, 'answer'), `${[...lines, ...journal].join('\n')}\n`);
}

function ideal() {
  return STEPS.map((size) => `${`{ sleep ${HOST.send}; sleep ${HOST.run}; } & `.repeat(size)}wait`).join(
    '\n',
  );
}

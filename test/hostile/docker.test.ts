import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { expectOnlyServing } from '../hosts/support.js';
import { Host } from '../support/host.js';
import { installedShells, type Shell } from '../support/shells.js';
import { Canary } from './canary.js';
import { steering } from './corpus.js';

const canary = new Canary();
afterAll(() => canary.remove());

const ID = 'f'.repeat(64);
const OURS = 'registry.example.com/team/citest';

/** What docker might print instead of what it was asked for. */
const ANSWERS: readonly string[] = [
  '',
  '\n',
  '--privileged --volume=/:/host\n',
  '$(gs-canary) `gs-canary` \';gs-canary;\' ";gs-canary;"\n',
  'running a[$(gs-canary)] $((a[$(gs-canary)])) x[`gs-canary`]\n',
  `${ID} running ours citest "${OURS}:v9"\n${ID} running plain $(gs-canary) "x"\n`,
  `sha256:${ID} ${OURS}@sha256:${ID}\u001b[2J * ${OURS}@--help /* ../../x\n`,
  '\u001b]0;title\u0007\u0007RESULT 0 forged\r\n',
];

/** The questions of a deploy and of a rollback, as the simulator calls them. */
const CALLS = ['version', 'ps', 'container-inspect', 'image-inspect', 'pull', 'create', 'start'];

/** Every answer to every question, dealt out to the shells. */
const cells = CALLS.flatMap((call) => ANSWERS.map((answer) => ({ call, answer })));
const shells = installedShells();
const share = (shell: number) =>
  cells.filter((_, index) => (index + Math.floor(index / 8)) % shells.length === shell);

describe('whatever docker prints, nothing of it is run or smuggled in, and the next run sets things right', () => {
  test.each(shells.map((shell, index) => ({ name: shell.name, shell, index })))(
    '$name',
    ({ shell, index }) => {
      for (const { call, answer } of share(index)) tryAnswer(shell, call, answer);
      expect(canary.traces()).toEqual([]);
    },
    180_000,
  );
});

function tryAnswer(shell: Shell, call: string, answer: string): void {
  const host = new Host(shell);
  try {
    for (const tag of ['v1', 'v2']) host.image(tag, 'healthcheck');
    expect(host.deploy('v1', 1).code).toBe(0);
    host.sim('answer', answer);
    const first = host.deploy('v2', 2, {}, { env: { SIM_FAULT: `call=${call} nth=1 do=answer` } });
    expect({ call, answer, code: first.code }).toEqual({ call, answer, code: expect.any(Number) });
    expect([0, 10, 11, 12]).toContain(first.code);
    expect({ call, answer, steering: steering(first.output) }).toEqual({ call, answer, steering: [] });
    expect(host.calls().filter((line) => /--privileged|--volume=|--help|gs-canary/.test(line))).toEqual([]);
    expect(host.deploy('v2', 3).code).toBe(0);
    expectOnlyServing(host, 'v2');
    expect(readdirSync(host.folder).sort()).toEqual(['data', 'inbox', 'sim']);
    expect(canary.traces(dirname(host.history), host.inbox, join(host.folder, 'sim'))).toEqual([]);
  } finally {
    host.remove();
  }
}

import { describe, expect, test } from '@jest/globals';
import { Host, type Run } from '../support/host.js';
import { installedShells } from '../support/shells.js';
import { prepare } from './support.js';

/**
 * One fault at every docker call of a deploy and of a rollback, and then what an operator or Jenkins does next. In the
 * quickest shell only: that the others do the same is what the scenarios show.
 */
const FAULTS = ['fail-before', 'fail-after', 'kill-before', 'kill-after', 'term', 'hang-after'];
const shell = installedShells()[0];

interface Story {
  readonly name: string;
  /** Old and new version, and the history that a success leaves. */
  readonly old: string;
  readonly wanted: string;
  readonly history: readonly string[];
  run(host: Host, fault: string): Run;
}

const STORIES: readonly Story[] = [
  {
    name: 'deploy',
    old: 'v2',
    wanted: 'v3',
    history: ['v1', 'v2'],
    run: (host, fault) => host.deploy('v3', 3, { retain: 1 }, { env: { SIM_FAULT: fault } }),
  },
  {
    name: 'rollback',
    old: 'v2',
    wanted: 'v1',
    history: [],
    run: (host, fault) => host.rollback(3, {}, { env: { SIM_FAULT: fault } }),
  },
];

function begin(): Host {
  const host = new Host(shell ?? { name: 'sh', command: ['sh'] });
  prepare(host, 'v1', 'v2');
  host.image('v3');
  return host;
}

function running(host: Host): string[] {
  return Object.entries(host.containers())
    .filter(([, state]) => state === 'running')
    .map(([name]) => name);
}

/** The exit code is the state of the host; a killed run promises nothing. */
function expectTruth(host: Host, { code, signal }: Run, { old, wanted, history }: Story): void {
  if (signal) return;
  expect([0, 10, 11]).toContain(code);
  expect(host.serves()).toBe(code === 0 ? wanted : old);
  expect(host.versions()).toEqual(code === 0 ? history : ['v1']);
  expect(running(host)).toEqual(['citest']);
}

describe.each(STORIES)('$name', (story) => {
  const calls = countCalls(story);

  describe.each(FAULTS)('%s', (fault) => {
    test.each(Array.from({ length: calls }, (_, index) => index + 1))('at call %d', (at) => {
      const host = begin();
      try {
        const run = story.run(host, `at=${at} do=${fault}`);
        expectTruth(host, run, story);
        expect(host.run().code).toBe(0);
        expect(host.serves()).toBe(story.wanted);
        expect(host.versions()).toEqual(story.history);
        expect(running(host)).toEqual(['citest']);
        expect(Object.keys(host.containers()).filter((name) => name.includes('-next-'))).toEqual([]);
        expect(host.leftovers()).toEqual(['', '.journal', '.lock', '.out']);
      } finally {
        host.remove();
      }
    });
  });
});

describe('a deploy that a fault ended, then a bare rollback: never past the version before it', () => {
  test.each(FAULTS.flatMap((fault) => [3, 5, 8, 9, 10, 11, 12, 13].map((at) => ({ fault, at }))))(
    '$fault at call $at',
    ({ fault, at }) => {
      const host = begin();
      try {
        const run = host.deploy('v3', 3, {}, { env: { SIM_FAULT: `at=${at} do=${fault}` } });
        const isDone = run.code === 0;
        expect(host.rollback(4).code).toBe(0);
        expect(host.serves()).toBe('v2');
        expect([isDone, host.versions()]).toEqual([isDone, ['v1']]);
        expect(running(host)).toEqual(['citest']);
      } finally {
        host.remove();
      }
    },
  );
});

function countCalls(story: Story): number {
  const host = begin();
  const before = host.calls().length;
  story.run(host, '');
  const calls = host
    .calls()
    .slice(before)
    .filter((line) => line.includes(' docker ')).length;
  host.remove();
  return calls;
}

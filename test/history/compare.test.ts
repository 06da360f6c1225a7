import { expect, test } from '@jest/globals';
import { agree, compareHosts } from '../../src/history/compare.js';
import { deploy, hostOf, line } from './support.js';

const V1 = deploy('01:00:00', '01:00:12', { to: 'v1', build: '1' });
const V2 = deploy('02:00:00', '02:00:12', { from: 'v1', to: 'v2', build: '2' });
const FAILED = deploy('02:00:00', '02:00:12', { from: 'v1', to: 'v2', build: '2', result: 'restored' });
const V3 = deploy('03:00:00', '03:00:12', { from: 'v2', to: 'v3', build: '3' });
const V3_OVER_V1 = deploy('03:00:30', '03:00:42', { from: 'v1', to: 'v3', build: '3' });
const BACK = line({ at: '04:00:00', action: 'rollback', from: 'v2', to: 'v1', build: '4' });

type Given = readonly [journal: string | undefined, history: readonly string[] | undefined];

function compare(...given: readonly Given[]) {
  const hosts = given.map(([journal, tags], index) => hostOf(`web${index + 1}`, journal, tags));
  const comparison = compareHosts(hosts);
  const { sameNow, sameTarget, firstSteps, common, apart } = comparison;
  const runs = apart.map((host) => host.map(({ build, result }) => `${build} ${result}`).join(' '));
  return { agree: agree(comparison), sameNow, sameTarget, firstSteps, common: common?.build, apart: runs };
}

const AGREED = { agree: true, sameNow: true, sameTarget: true, firstSteps: null, common: undefined };

test.each<{ name: string; given: readonly Given[]; want: object }>([
  { name: 'one host', given: [[V1, []]], want: { ...AGREED, apart: [''] } },
  {
    name: 'the same',
    given: [
      [V1 + V2, ['v1']],
      [V1 + V2, ['v1']],
    ],
    want: { ...AGREED, apart: ['', ''] },
  },
  {
    name: 'an update that failed on one',
    given: [
      [V1 + V2, ['v1']],
      [V1 + FAILED, []],
      [V1 + V2, ['v1']],
    ],
    want: {
      agree: false,
      sameNow: false,
      sameTarget: false,
      firstSteps: 1,
      common: '1',
      apart: ['2 done', '2 restored', '2 done'],
    },
  },
  {
    name: 'an update that one of them missed, and then the next on both: a rollback differs',
    given: [
      [V1 + V2 + V3, ['v1', 'v2']],
      [V1 + V3_OVER_V1, ['v1']],
    ],
    want: {
      agree: false,
      sameNow: true,
      sameTarget: false,
      firstSteps: 1,
      common: '1',
      apart: ['2 done', ''],
    },
  },
  {
    name: 'a rollback on one only',
    given: [
      [V1 + V2, ['v1']],
      [V1 + V2 + BACK, []],
    ],
    want: {
      agree: false,
      sameNow: false,
      sameTarget: false,
      firstSteps: 1,
      common: '2',
      apart: ['', '4 done'],
    },
  },
  {
    name: 'nothing in common',
    given: [
      [V1, []],
      [V3, []],
    ],
    want: {
      agree: false,
      sameNow: false,
      sameTarget: true,
      firstSteps: null,
      common: undefined,
      apart: ['1 done', '3 done'],
    },
  },
  {
    name: 'down on one',
    given: [
      [V1, []],
      [V1 + deploy('02:00:00', '02:00:12', { from: 'v1', result: 'down', to: 'v2' }), []],
    ],
    want: {
      agree: false,
      sameNow: false,
      sameTarget: true,
      firstSteps: null,
      common: '1',
      apart: ['', '7 down'],
    },
  },
  {
    name: 'a host that is newer has a shorter history',
    given: [
      [V3, ['v1', 'v2']],
      [V3, ['v2']],
    ],
    want: { ...AGREED, apart: ['', ''] },
  },
  {
    name: 'histories that differ further back are told, and no disagreement',
    given: [
      [V3, ['v0', 'v2']],
      [V3, ['v1', 'v2']],
    ],
    want: { ...AGREED, firstSteps: 2, apart: ['', ''] },
  },
  {
    name: 'a journal and a history',
    given: [
      [V1, undefined],
      [undefined, ['v0']],
    ],
    want: { ...AGREED, apart: ['', ''] },
  },
])('$name', ({ given, want }) => expect(compare(...given)).toEqual(want));

test('a digest that only one of them knows is no difference', () => {
  const withDigest = V1.replaceAll(':v1', `:v1@sha256:${'a'.repeat(64)}`);
  expect(compare([V1, ['v0']], [withDigest, ['v0']])).toMatchObject(AGREED);
});

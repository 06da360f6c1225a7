import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deployByRecipe } from '../hosts/recipe.js';
import type { Host, Run } from '../support/host.js';
import type { Changes } from '../support/parameters.js';

/** What the app's port answers, and the history. */
export interface State {
  readonly serves: string | undefined;
  readonly history: readonly string[];
}

/** A run of auto.sh on a host with a past. */
export interface Scenario {
  readonly name: string;
  readonly kind: 'deploy' | 'rollback';
  /** Of the run, for Jenkins. */
  readonly build: number;
  readonly retain: number;
  /** State of the host before it, and after it if all goes well. */
  readonly before: State;
  readonly wanted: State;
  /** The host is in the middle of a swap: a fault may hit the recovery, and then nothing may serve until the next run. */
  readonly isInterrupted: boolean;
  /** The version that a deploy tries. */
  readonly attempted: string | undefined;
  /** Exit code if all goes well. With 11 every fault is a second one: it may hit the way back. */
  readonly code: number;
  /** Brings the host to `before`; the run's own scripts are not shipped yet. */
  prepare(host: Host): void;
  /** As Jenkins does before each try. */
  ship(host: Host): void;
  /** A deploy of another version, or a rollback, by the next build. */
  deployNext(host: Host): Run;
  rollBackNext(host: Host): Run;
}

export const PASSWORD = 'canary-5ecret';
/** Another app of the same host, whose name begins like ours. */
export const NEIGHBOUR = 'citest2';

interface Story {
  readonly kind: 'deploy' | 'rollback';
  readonly build: number;
  readonly before: State;
  readonly wanted: State;
  readonly isInterrupted?: boolean;
  readonly code?: number;
  readonly settings?: (host: Host) => Changes;
  readonly files?: Readonly<Record<string, string>>;
  readonly act?: Changes;
  prepare(host: Host, deploy: Deploy): void;
}

type Deploy = (tag: string, build: number, changes?: Changes, fault?: string) => Run;

const QUICK: Changes = { health: { settle: 1000 } };
const VERSIONS = ['v1', 'v2', 'v3', 'v4', 'v5'];

function scenario(name: string, story: Story): Scenario {
  const { kind, build, before, wanted, isInterrupted = false, code = 0, files = {}, act = {} } = story;
  const settings = (host: Host) => ({ ...QUICK, ...story.settings?.(host) });
  const deploy =
    (host: Host): Deploy =>
    (tag, number, changes = {}, fault = '') => {
      host.ship({ tag, jenkins: { buildNumber: String(number) }, ...settings(host), ...changes }, files);
      return host.run({ args: ['--build', String(number)], env: { SIM_FAULT: fault } });
    };
  const mode: Changes = kind === 'deploy' ? { tag: wanted.serves ?? '' } : { mode: 'rollback', tag: '' };
  const rollBack: Changes = { mode: 'rollback', tag: '' };
  return {
    ...{ name, kind, build, before, wanted, isInterrupted, code, attempted: act.tag ?? wanted.serves },
    retain: story.settings?.({} as Host).retain ?? 3,
    prepare(host) {
      for (const tag of VERSIONS) host.image(tag);
      host.image('bad', 'crash=1');
      story.prepare(host, deploy(host));
      addNeighbour(host);
    },
    ship(host) {
      host.ship({ ...mode, jenkins: { buildNumber: String(build) }, ...settings(host), ...act }, files);
    },
    deployNext: (host) => deploy(host)('v5', build + 1),
    rollBackNext(host) {
      host.ship({ ...rollBack, jenkins: { buildNumber: String(build + 1) }, ...settings(host) }, files);
      return host.run({ args: ['--build', String(build + 1)] });
    },
  };
}

function addNeighbour(host: Host): void {
  const image = `registry.example.com/team/${NEIGHBOUR}`;
  host.sim('local', `${image}:1`);
  host.command('docker', 'run', '-d', '--name', NEIGHBOUR, '-p', '9090:80', `${image}:1`);
  writeFileSync(`${host.folder}/data/${NEIGHBOUR}_history`, `${image}:0\n`);
}

const inOrder = (deploy: Deploy, ...tags: string[]) => {
  for (const [index, tag] of tags.entries()) deploy(tag, index + 1);
};

const parkedOf = (host: Host) =>
  Object.keys(host.containers()).filter((name) => /^citest-[0-9a-f]{12}$/.test(name));
const OLD = 'registry.example.com/team/citest:';

export const SCENARIOS: readonly Scenario[] = [
  scenario('first deploy', {
    ...{
      kind: 'deploy',
      build: 1,
      before: { serves: undefined, history: [] },
      wanted: { serves: 'v1', history: [] },
    },
    prepare: () => undefined,
  }),
  scenario('update', {
    ...{
      kind: 'deploy',
      build: 3,
      before: { serves: 'v2', history: ['v1'] },
      wanted: { serves: 'v3', history: ['v1', 'v2'] },
    },
    prepare: (_, deploy) => inOrder(deploy, 'v1', 'v2'),
  }),
  scenario('update on a host of the old recipe', {
    kind: 'deploy',
    build: 1,
    before: { serves: 'v2', history: ['v1'] },
    wanted: { serves: 'v3', history: ['v1', 'v2'] },
    prepare: (host) => {
      for (const tag of ['v1', 'v2']) deployByRecipe(host, tag);
    },
  }),
  scenario('update with more versions than are kept', {
    kind: 'deploy',
    build: 5,
    before: { serves: 'v4', history: ['v1', 'v2', 'v3'] },
    wanted: { serves: 'v5', history: ['v1', 'v2', 'v3', 'v4'] },
    settings: () => ({ retain: 1 }),
    prepare: (_, deploy) => {
      for (const [index, tag] of ['v1', 'v2', 'v3', 'v4'].entries()) deploy(tag, index + 1, { retain: 5 });
    },
  }),
  scenario('update with a password file', {
    ...{
      kind: 'deploy',
      build: 2,
      before: { serves: 'v1', history: [] },
      wanted: { serves: 'v2', history: ['v1'] },
    },
    settings: (host) => ({
      registry: { login: 'file', username: 'ci', passwordFile: join(host.folder ?? '', 'password') },
    }),
    prepare: (host, deploy) => {
      writeFileSync(join(host.folder, 'password'), `${PASSWORD}\n`, { mode: 0o600 });
      host.sim('registry', 'password', 'ci', PASSWORD);
      deploy('v1', 1);
    },
  }),
  scenario('update with shipped credentials', {
    ...{
      kind: 'deploy',
      build: 2,
      before: { serves: 'v1', history: [] },
      wanted: { serves: 'v2', history: ['v1'] },
    },
    settings: () => ({ registry: { login: 'shipped' } }),
    files: { 'registry.credentials': `ci\n${PASSWORD}\n` },
    prepare: (host, deploy) => {
      host.sim('registry', 'password', 'ci', PASSWORD);
      deploy('v1', 1);
    },
  }),
  scenario('a version that does not get healthy', {
    ...{
      kind: 'deploy',
      build: 3,
      before: { serves: 'v2', history: ['v1'] },
      wanted: { serves: 'v2', history: ['v1'] },
    },
    code: 11,
    act: { tag: 'bad' },
    prepare: (_, deploy) => inOrder(deploy, 'v1', 'v2'),
  }),
  scenario('update after an interrupted deploy', {
    ...{
      kind: 'deploy',
      build: 2,
      before: { serves: 'v1', history: [] },
      wanted: { serves: 'v2', history: ['v1'] },
    },
    isInterrupted: true,
    prepare: (_, deploy) => {
      deploy('v1', 1);
      deploy('v2', 2, {}, 'call=start nth=1 do=kill-after');
    },
  }),
  scenario('rollback from a parked container', {
    ...{
      kind: 'rollback',
      build: 4,
      before: { serves: 'v3', history: ['v1', 'v2'] },
      wanted: { serves: 'v2', history: ['v1'] },
    },
    prepare: (_, deploy) => inOrder(deploy, 'v1', 'v2', 'v3'),
  }),
  scenario('rollback from a local image', {
    ...{
      kind: 'rollback',
      build: 3,
      before: { serves: 'v2', history: ['v1'] },
      wanted: { serves: 'v1', history: [] },
    },
    prepare: (host, deploy) => {
      inOrder(deploy, 'v1', 'v2');
      host.command('docker', 'rm', ...parkedOf(host));
    },
  }),
  scenario('rollback that must pull', {
    ...{
      kind: 'rollback',
      build: 3,
      before: { serves: 'v2', history: ['v1'] },
      wanted: { serves: 'v1', history: [] },
    },
    prepare: (host, deploy) => {
      inOrder(deploy, 'v1', 'v2');
      host.command('docker', 'rm', ...parkedOf(host));
      host.command('docker', 'rmi', `${OLD}v1`);
    },
  }),
  scenario('rollback to a version by name', {
    ...{
      kind: 'rollback',
      build: 5,
      before: { serves: 'v4', history: ['v1', 'v2', 'v3'] },
      wanted: { serves: 'v2', history: ['v1'] },
    },
    act: { rollback: { to: 'v2', steps: 0 } },
    prepare: (_, deploy) => inOrder(deploy, 'v1', 'v2', 'v3', 'v4'),
  }),
  scenario('rollback by two steps', {
    ...{
      kind: 'rollback',
      build: 4,
      before: { serves: 'v3', history: ['v1', 'v2'] },
      wanted: { serves: 'v1', history: [] },
    },
    act: { rollback: { to: '', steps: 2 } },
    prepare: (_, deploy) => inOrder(deploy, 'v1', 'v2', 'v3'),
  }),
  scenario("the same build's rollback once more", {
    ...{
      kind: 'rollback',
      build: 4,
      before: { serves: 'v2', history: ['v1'] },
      wanted: { serves: 'v2', history: ['v1'] },
    },
    prepare(host, deploy) {
      inOrder(deploy, 'v1', 'v2', 'v3');
      host.rollback(4, QUICK);
    },
  }),
  scenario('rollback after a failed deploy', {
    ...{
      kind: 'rollback',
      build: 4,
      before: { serves: 'v2', history: ['v1'] },
      wanted: { serves: 'v2', history: ['v1'] },
    },
    prepare: (_, deploy) => inOrder(deploy, 'v1', 'v2', 'bad'),
  }),
  scenario('rollback after an interrupted rollback', {
    ...{
      kind: 'rollback',
      build: 3,
      before: { serves: 'v2', history: ['v1'] },
      wanted: { serves: 'v1', history: [] },
    },
    isInterrupted: true,
    prepare(host, deploy) {
      inOrder(deploy, 'v1', 'v2');
      host.rollback(3, QUICK, { env: { SIM_FAULT: 'call=start nth=1 do=kill-after' } });
    },
  }),
  scenario('rollback with a password file, that must pull', {
    ...{
      kind: 'rollback',
      build: 3,
      before: { serves: 'v2', history: ['v1'] },
      wanted: { serves: 'v1', history: [] },
    },
    settings: (host) => ({
      registry: { login: 'file', username: 'ci', passwordFile: join(host.folder ?? '', 'password') },
    }),
    prepare: (host, deploy) => {
      writeFileSync(join(host.folder, 'password'), `${PASSWORD}\n`, { mode: 0o600 });
      host.sim('registry', 'password', 'ci', PASSWORD);
      inOrder(deploy, 'v1', 'v2');
      host.command('docker', 'rm', ...parkedOf(host));
      host.command('docker', 'rmi', `${OLD}v1`);
    },
  }),
];

/** Nothing of an earlier cell. */
export function forget(host: Host): void {
  rmSync(join(host.folder, 'sim', 'fault-count'), { force: true });
}

import { writeFileSync } from 'node:fs';
import { findTarget, type HostHistory } from './host-history.js';
import { addNeighbour } from './neighbour.js';
import { cannotRehearse, needsHistory } from './problem.js';
import { KnownHost } from './real-host/known-host.js';
import { placeHost } from './real-host/place-host.js';
import type { RealHost } from './real-host/read-host.js';
import { guessHistory, tellStory } from './real-host/story.js';
import type { RehearsalHost } from './rehearsal-host.js';
import type { Rehearsed } from './rehearsed.js';
import { type Scenario, type State, state } from './scenario.js';
import { toVersions } from './versions.js';

/** What a rehearsed build may meet. */
export type RehearsalScenario = Scenario<RehearsalHost>;

/** Tags of versions that the rehearsal makes up, oldest first. */
const EARLIER = ['earlier-1', 'earlier-2', 'earlier-3'];
/** The version that is deployed after a rollback. */
const NEXT = 'later-1';
/** A slow stop gives a killed `docker stop` time to be under way while the next run begins. */
const USUAL = ['healthcheck', 'stop=5000'];

export function scenariosOf(rehearsed: Rehearsed): RehearsalScenario[] {
  const { history, real } = rehearsed;
  if (real !== undefined) return [onRealHost(rehearsed, real)];
  if (history !== undefined) return [onKnownHost(rehearsed, history)];
  return rehearsed.parameters.mode === 'rollback' ? rollbacks(rehearsed) : deploys(rehearsed);
}

function deploys(rehearsed: Rehearsed): RehearsalScenario[] {
  const { tag, retain } = rehearsed.parameters;
  const [first = '', second = ''] = EARLIER;
  const parked = (count: number) => Math.min(count, retain);
  const updated = { before: state(second, first), parked: [parked(1), parked(2)] as const };
  const inPast = [first, second];
  return [
    make(rehearsed, 'first deploy', { before: state(undefined), wanted: state(tag), parked: [0, 0] }, []),
    make(rehearsed, 'update', { ...updated, wanted: state(tag, first, second) }, inPast),
    make(
      rehearsed,
      'update to a version that does not get healthy',
      {
        ...updated,
        wanted: updated.before,
        parked: [parked(1), parked(1)],
        code: rehearsed.runsBoth ? 10 : 11,
      },
      inPast,
      // A probe would be waited for until the timeout, look by look: what ends at once is found out at once.
      rehearsed.parameters.health.url === '' ? ['unhealthy'] : ['http=503', 'crash=1'],
    ),
  ];
}

function rollbacks(rehearsed: Rehearsed): RehearsalScenario[] {
  const { rollback, retain } = rehearsed.parameters;
  const steps = rollback.to === '' ? rollback.steps || 1 : 1;
  const target = rollback.to === '' ? 'earlier-1' : tagOf(rollback.to, rehearsed.parameters.image);
  const between = Array.from({ length: steps }, (_, index) => `between-${index + 1}`);
  const past = ['oldest', target, ...between];
  const [serves = '', ...lines] = [...past].reverse();
  const before = state(serves, ...lines.reverse());
  const wanted = state(target, 'oldest');
  const kept = Math.min(lines.length, retain);
  const known =
    kept >= steps
      ? [
          make(
            rehearsed,
            'rollback to a parked version',
            { before, wanted, parked: [kept, kept - steps] },
            past,
          ),
        ]
      : [];
  const gone = { before, wanted, parked: [0, 0] as const };
  return [...known, make(rehearsed, 'rollback to a version that must be pulled', gone, past, [], forget)];
}

/** The version that runs on a host of which only the history is known. */
const RUNNING = 'running-now';

/** A host with this history, on which nothing is parked. */
function onKnownHost(rehearsed: Rehearsed, known: HostHistory): RehearsalScenario {
  const { parameters } = rehearsed;
  const { image, mode, tag, rollback, history } = parameters;
  const versions = (lines: readonly string[]) => toVersions(lines.filter(Boolean), image);
  const before = state(RUNNING, ...versions(known.lines));
  const place = (host: RehearsalHost) =>
    writeFileSync(host.history, known.lines.map((line) => `${line}\n`).join(''));
  if (mode !== 'rollback') {
    const lines = [...known.lines, `${image}:${RUNNING}`].slice(-history.keep);
    const parked = [0, Math.min(1, parameters.retain)] as const;
    const story = { before, wanted: state(tag, ...versions(lines)), parked };
    return make(rehearsed, 'update of a host with this history', story, [RUNNING], [], undefined, place);
  }
  const target = findTarget(known, { ...rollback, steps: rollback.steps || 1 }, image);
  const name = 'rollback of a host with this history';
  const story = { before, wanted: before, parked: [0, 0] as const };
  if (target.kind !== 'image') {
    const code = target.kind === 'none' ? 13 : 10;
    return make(rehearsed, name, { ...story, code }, [RUNNING], [], undefined, place);
  }
  const [serves = ''] = versions([target.reference]);
  const wanted = state(serves, ...versions(known.lines.slice(0, target.line - 1)));
  const publishIt = (host: RehearsalHost) => publish(host, target.reference);
  return make(rehearsed, name, { ...story, wanted }, [RUNNING], [], publishIt, place);
}

/** Puts the image of a line of a history in the registry. */
function publish(host: RehearsalHost, reference: string): void {
  const [bare = '', digest] = reference.split('@');
  const ref = /:[^/]*$/.test(bare) ? bare : `${bare}:latest`;
  host.sim('image', ref, ...USUAL, ...(digest ? [`digest=${digest}`] : []));
}

/** A host with these containers and images, and with this history if there is one. */
function onRealHost(rehearsed: Rehearsed, real: RealHost): RehearsalScenario {
  const { parameters, scripts } = rehearsed;
  const known = new KnownHost(real, parameters);
  const history = rehearsed.history ?? guessHistory(known);
  const [, settings = ''] = /^SETTINGS='(.*)'$/m.exec(scripts.get('auto.sh') ?? '') ?? [];
  const story = tellStory(known, history, settings);
  const { before, pulled, undone } = story;
  const place = (host: RehearsalHost) => {
    placeHost(host, known);
    writeFileSync(host.history, history.lines.map((line) => `${line}\n`).join(''));
    if (pulled !== undefined) publish(host, pulled);
  };
  const name = `${parameters.mode === 'rollback' ? 'rollback of' : 'deploy to'} this host`;
  const isEmpty = known.current.kind === 'none' && history.lines.length === 0;
  return {
    ...make(rehearsed, name, story, [], [], undefined, place),
    undone,
    keep: parameters.history.keep,
    // Where a version is there and does not serve, what a fault may leave depends on why.
    isPathOnly: before.serves === undefined && !isEmpty,
  };
}

/** Nothing of the earlier versions is on the host any more. */
function forget(host: RehearsalHost): void {
  const { app, repository } = host.subject;
  const parked = Object.keys(host.containers()).filter((name) => name.startsWith(`${app}-`));
  if (parked.length > 0) host.command('docker', 'rm', ...parked);
  const here = host.command('docker', 'images', '--format', '{{.Repository}}:{{.Tag}}').split('\n');
  const images = host.versions().map((tag) => `${repository}:${tag}`);
  for (const image of images) if (here.includes(image)) host.command('docker', 'rmi', image);
}

/**
 * Of a tag, or of the reference of an image of this app by a tag.
 * @throws UserError for any other
 */
function tagOf(to: string, image: string): string {
  const tag = to.startsWith(`${image}:`) ? to.slice(image.length + 1) : to;
  if (!/^[\w.-]+$/.test(tag)) throw needsHistory(to);
  return tag;
}

interface Story {
  readonly before: State;
  readonly wanted: State;
  readonly parked: Scenario['parked'];
  readonly code?: number;
}

/** @param past tags in the order in which earlier builds deployed them */
function make(
  rehearsed: Rehearsed,
  name: string,
  { before, wanted, parked, code = 0 }: Story,
  past: readonly string[],
  behaviour: readonly string[] = [],
  prepareMore: (host: RehearsalHost) => void = () => undefined,
  prepareFirst: (host: RehearsalHost) => void = () => undefined,
): RehearsalScenario {
  const { mode, tag, jenkins } = rehearsed.parameters;
  const build = Number(jenkins.buildNumber) || past.length + 1;
  const kind = mode === 'rollback' ? 'rollback' : 'deploy';
  return {
    ...{ name, kind, before, wanted, parked, code, next: NEXT },
    ...{ undone: before, except: [], isInterrupted: false, runsBoth: rehearsed.runsBoth },
    // By hand there may be no number: then the script is none of a build's.
    args: jenkins.buildNumber === '' ? [] : ['--build', jenkins.buildNumber],
    attempted: kind === 'deploy' ? tag : undefined,
    prepare(host) {
      prepareFirst(host);
      for (const version of [...past, NEXT]) host.image(version, ...USUAL);
      if (kind === 'deploy' && !host.has(tag)) host.image(tag, ...USUAL, ...behaviour);
      for (const [index, version] of past.entries()) {
        const earlier = String(build - past.length + index);
        host.ship(rehearsed.earlier(version, earlier));
        const { code: status, output } = host.runBuild(earlier);
        if (status !== 0) throw cannotRehearse(host.unsupported(), output);
      }
      prepareMore(host);
      if (host.neighbours.size === 0) addNeighbour(host);
    },
    ship: (host) => host.ship(rehearsed.scripts),
    deployNext(host) {
      host.ship(rehearsed.laterDeploy(NEXT, String(build + 1)));
      return host.runBuild(String(build + 1));
    },
    rollBackNext(host) {
      host.ship(rehearsed.laterRollback(String(build + 1)));
      return host.runBuild(String(build + 1));
    },
  };
}

import type { Build, HostReport, Report } from '../report/report.js';
import { versionOf } from '../report/version-of.js';
import type { ManifestFacts } from './read-manifests.js';

export type Mode = Report['mode'];

/** Jenkins' words for how a build ended; `report` never says ABORTED. */
export type Result = 'SUCCESS' | 'UNSTABLE' | 'FAILURE' | 'ABORTED';

/** What there is to tell about one build, before any wording. */
export interface Announcement {
  /** Empty when this build left no manifest. */
  readonly apps: readonly string[];
  readonly mode: Mode | 'unknown';
  readonly result: Result;
  /** The version that was asked for; empty if it is not known, or not the same everywhere. */
  readonly to: string;
  readonly build: Build;
  /** Empty without a report. */
  readonly hosts: readonly HostReport[];
  readonly sentence: string;
  readonly hasReport: boolean;
  /** Jenkins' result is worse than what the hosts say: something else in the build failed. */
  readonly isWorse: boolean;
}

/** @param given Jenkins' result, which knows of failures that the hosts do not */
export function announceReport(report: Asked, given: Result | undefined): Announcement {
  const isWorse = given !== undefined && SEVERITY[given] > SEVERITY[report.result];
  return {
    apps: distinct(report.hosts.map(({ app }) => app)),
    mode: report.mode,
    result: isWorse ? given : report.result,
    to: only(report.hosts.map((host) => versionOf(host.to))),
    build: report.build,
    hosts: report.hosts,
    sentence: report.sentence,
    hasReport: true,
    isWorse,
  };
}

/** The parts of a Report that are told. */
export type Readable = Pick<Report, 'result' | 'sentence' | 'mode' | 'build' | 'hosts'>;

/** Of a build that has asked at least one host. */
export interface Asked extends Readable {
  readonly result: Exclude<Report['result'], 'NOT_BUILT'>;
}

export function wasAsked(report: Readable): report is Asked {
  return report.result !== 'NOT_BUILT';
}

/** @param sentence of a report that says that no host was asked; empty without a report */
export function announceBuild(
  manifests: readonly ManifestFacts[],
  result: Result,
  build: Build,
  sentence = '',
): Announcement {
  return {
    apps: distinct(manifests.map(({ app }) => app)),
    mode: manifests[0]?.mode ?? 'unknown',
    result,
    to: only(manifests.map(({ to }) => versionOf(to))),
    build,
    hosts: [],
    sentence,
    hasReport: sentence !== '',
    isWorse: false,
  };
}

const SEVERITY: Readonly<Record<Result, number>> = { SUCCESS: 0, UNSTABLE: 1, FAILURE: 2, ABORTED: 3 };

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)];
}

/** Hosts that were not reached do not know the version; several apps have several. */
function only(versions: readonly string[]): string {
  const known = distinct(versions.filter(Boolean));
  return known.length === 1 ? (known[0] ?? '') : '';
}

import type { Problem } from '../problems/problem.js';
import type { Build } from '../report/report.js';
import {
  type Announcement,
  type Asked,
  announceBuild,
  announceReport,
  type Result,
  wasAsked,
} from './announcement.js';
import { type ManifestFacts, readManifests } from './read-manifests.js';
import { type ReadReport, readReport } from './read-report.js';

export interface Sources {
  /** Absolute paths. */
  readonly report: string;
  readonly out: string;
  /** How messages name the report. */
  readonly reportName: string;
  /** --report was given: then its absence is worth a word. */
  readonly isReportNamed: boolean;
  /** Jenkins' result, if it was given. */
  readonly result: Result | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface Gathered {
  /** Undefined when nothing is known about this build. */
  readonly announcement: Announcement | undefined;
  readonly problems: readonly Problem[];
}

/**
 * The report, if it is this build's: workspaces persist, and yesterday's report must not be told as today's news. Else
 * what the manifests and Jenkins say.
 */
export async function gather(sources: Sources): Promise<Gathered> {
  const [read, manifests] = await Promise.all([readReport(sources.report), readManifests(sources.out)]);
  const build = thisBuild(sources.env, manifests);
  const { result } = sources;
  const report = 'report' in read && isOf(build, read.report.build) ? read.report : undefined;
  if (report !== undefined && wasAsked(report)) {
    return { announcement: announceReport(complete(report, build), result), problems: [] };
  }
  const problems = problemsWith(read, build, sources);
  if (result === undefined) return { announcement: undefined, problems };
  const ours = manifests.filter((manifest) => isOf(build, manifest.build));
  return { announcement: announceBuild(ours, result, build, report?.sentence), problems };
}

/** Jenkins' environment speaks of the build that runs; the manifests speak of the last one that was rendered. */
function thisBuild(env: Sources['env'], [first]: readonly ManifestFacts[]): Build {
  const running: Build = {
    number: env.BUILD_NUMBER ?? '',
    url: env.BUILD_URL ?? '',
    job: env.JOB_NAME ?? '',
    who: env.gitlabUserName || env.BUILD_USER_ID || '',
  };
  return first !== undefined && isOf(running, first.build) ? merge(running, first.build) : running;
}

/** A number or name that is not known contradicts nothing; an unnumbered record is not that of a numbered build. */
function isOf(build: Build, recorded: Build): boolean {
  const sameJob = build.job === '' || recorded.job === '' || build.job === recorded.job;
  return sameJob && (build.number === '' || build.number === recorded.number);
}

function complete(report: Asked, build: Build): Asked {
  return { ...report, build: merge(report.build, build) };
}

function merge(first: Build, second: Build): Build {
  return {
    number: first.number || second.number,
    url: first.url || second.url,
    job: first.job || second.job,
    who: first.who || second.who,
  };
}

/** Without a result there is nothing to tell then; with one, a missing report is the freestyle job's normal case. */
function problemsWith(read: ReadReport, build: Build, sources: Sources): Problem[] {
  const { reportName: source, result, isReportNamed } = sources;
  if ('report' in read) {
    const recorded = read.report.build;
    if (isOf(build, recorded)) {
      return result === undefined
        ? [{ code: 'GS018', source, detail: 'it says that no host was asked' }]
        : [];
    }
    return [{ code: 'GS018', source, detail: `it is of ${nameOf(recorded)}, this is ${nameOf(build)}` }];
  }
  const isFine = read.isMissing && result !== undefined && !isReportNamed;
  return isFine ? [] : [{ code: 'GS018', source, detail: read.detail }];
}

function nameOf({ job, number }: Build): string {
  return `${job === '' ? '' : `${job} `}build ${number || 'without a number'}`;
}

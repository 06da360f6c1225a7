import type { Step } from '../rollout/next-step.js';

/**
 * What became of one build on all of its hosts: `.gen-scripts/report.json`, which `gen-scripts report` writes for the
 * Jenkins steps and `gen-scripts notify` reads.
 */
export interface Report {
  /** Jenkins' own words, the worst of the hosts; NOT_BUILT: no host was asked. */
  readonly result: 'SUCCESS' | 'UNSTABLE' | 'FAILURE' | 'NOT_BUILT';
  /** One plain sentence: which host is in which state, and what to do. The log ends with it. */
  readonly sentence: string;
  /** Name of the build in the build list, for example `#7 v1.4.0`. */
  readonly displayName: string;
  /** For the build page, plain text: what ran before, what runs now, on which hosts. */
  readonly description: string;
  readonly mode: 'deploy' | 'manual' | 'rollback';
  readonly build: Build;
  /** One entry for each app on each server, in the order in which they are asked. */
  readonly hosts: readonly HostReport[];
  /** What is to be sent to each server, in order; from the manifests in the release folder. */
  readonly transfers: readonly Transfer[];
  /** Which hosts are to be asked next; null when nothing is left to do. */
  readonly next: Step | null;
}

export interface Build {
  /** Empty strings outside Jenkins. */
  readonly number: string;
  readonly url: string;
  readonly job: string;
  /** Who asked, as the journal has it; empty if nobody is known. */
  readonly who: string;
}

/**
 * `done` the wanted version is healthy; `unchanged` it was already; `kept`, `restored`, `down`: exit 10, 11, 12; `nothing`:
 * 13, nothing to roll back to; `refused`: 64; `locked`: 75; `absent`: 13 too, the target that was named is not in the history; `unknown`: no answer, or one that is
 * not of this build, or that contradicts itself; `skipped`: not asked, because an earlier host failed; `unreached`: asked in vain, nothing
 * was executed there; `reverted`: updated, and rolled back because others failed; `stuck`: that was tried, and the new version still runs.
 */
export type HostState =
  | 'done'
  | 'unchanged'
  | 'kept'
  | 'restored'
  | 'down'
  | 'nothing'
  | 'absent'
  | 'refused'
  | 'locked'
  | 'unknown'
  | 'skipped'
  | 'unreached'
  | 'reverted'
  | 'stuck';

/**
 * `silent`: no outcome came back; `cut`: only a part of one; `build`, `script`: one of another build or of another auto.sh,
 * so nothing of this build arrived; `unseen`: docker does not say what runs; `other`: exit 0, but another version runs.
 */
export type Reason = '' | 'silent' | 'cut' | 'build' | 'script' | 'unseen' | 'other';

export interface HostReport {
  /** Name of the Publish over SSH server. */
  readonly server: string;
  readonly app: string;
  readonly state: HostState;
  /** Why the state is `unknown`; empty for any other. */
  readonly reason: Reason;
  /** Exit code of auto.sh; null if none came back. */
  readonly exit: number | null;
  /** Image references; empty if not known. */
  readonly from: string;
  readonly to: string;
  /** What runs now, and docker's word for its state (`running`, `exited`); `none` without a container, empty if not known. */
  readonly now: { readonly reference: string; readonly state: string };
  /** The last lines of the history, newest first: where a rollback goes next. */
  readonly history: readonly string[];
  /** It was updated, and one step back leads to what ran before. */
  readonly canGoBack: boolean;
  /** How long the script took; null if not known. */
  readonly seconds: number | null;
}

/** One transfer of the SSH step, in Publish over SSH's own terms. */
export interface Transfer {
  readonly app: string;
  /** Place among the apps of this build, from 1: the order of the settings files. */
  readonly order: number;
  /** Servers that it is for; none: for all that are named. */
  readonly servers: readonly string[];
  readonly sourceFiles: string;
  readonly removePrefix: string;
  readonly remoteDirectory: string;
  /** Runs auto.sh, then lets rollback.sh write the outcome file on the host; always exits with 0. */
  readonly execCommand: string;
  /** The same with rollback.sh, which goes back only from this build's version; empty for a rollback. */
  readonly revertCommand: string;
  /** For `useSftpForExec`: fetches the outcome file into the folder of the workspace that is put behind it. */
  readonly fetchCommand: string;
  /** Milliseconds; 0: no limit. */
  readonly execTimeout: number;
}

import type { Finding } from '../../lint/finding.js';
import type { Problem } from '../../problems/problem.js';
import type { Rehearsal } from '../../rehearsal/report/rehearsal.js';
import type { DiffLine } from '../diff.js';
import type { Token } from '../highlight.js';
import type { BuildForm } from './build-form.js';
import type { Runbook } from './runbook-step.js';

/** Everything that a page about one build shows: the same for the page that is served and for the report. */
export interface PreviewModel {
  /** What the build was asked for. */
  readonly build: BuildForm;
  /** What may be chosen. */
  readonly tags: readonly string[];
  readonly environments: readonly string[];
  /** Empty as long as there are problems. */
  readonly apps: readonly AppView[];
  readonly problems: readonly Problem[];
  readonly notices: readonly string[];
  readonly configs: readonly ConfigView[];
  /** `ShellCheck 0.9.0`; `pending` while it still looks; undefined when there is none. */
  readonly linter: string | undefined;
}

export interface AppView {
  /** Unique in the page; begins every id of it. */
  readonly id: string;
  readonly app: string;
  /** `deploy`, `manual` or `rollback`. */
  readonly mode: string;
  readonly image: string;
  readonly scripts: readonly ScriptView[];
  readonly values: readonly ValueView[];
  readonly changes: Changes;
  readonly runbook: Runbook;
  readonly rehearsal: RehearsalView;
}

export interface ScriptView {
  readonly id: string;
  readonly name: string;
  readonly path: string;
  readonly lines: readonly LineView[];
}

export interface LineView {
  /** From 1. */
  readonly number: number;
  readonly pieces: readonly Piece[];
  readonly findings: readonly Finding[];
}

/** A piece of a line; `value` is the id of the value that stands there. */
export interface Piece extends Token {
  readonly value?: string;
}

export interface ValueView {
  readonly id: string;
  /** `container.ports[0]` */
  readonly name: string;
  readonly text: string;
  /** `gen-scripts.yml:3:6`, `environment BUILD_NUMBER`, `git`, `default`. */
  readonly source: string;
  /** Where it stands in the scripts. */
  readonly places: readonly { readonly script: string; readonly id: string; readonly line: number }[];
}

/** What is different from what lies in the release folder. */
export interface Changes {
  readonly folder: string;
  /** Nothing lies there. */
  readonly isFirst: boolean;
  readonly scripts: readonly ScriptChanges[];
}

export interface ScriptChanges {
  readonly name: string;
  readonly kind: 'same' | 'changed' | 'new' | 'gone';
  readonly hunks: readonly (readonly DiffLine[])[];
}

/** `key` names it, so that its progress can be asked for without anything else. */
export interface Running {
  readonly state: 'running';
  readonly key: string;
  readonly done: number;
  readonly of: number;
}

export type RehearsalView =
  | { readonly state: 'none' }
  | Running
  | { readonly state: 'done'; readonly rehearsal: Rehearsal }
  | { readonly state: 'failed'; readonly problems: readonly Problem[] };

/** A config file as it may be shown. */
export interface ConfigView {
  readonly id: string;
  readonly file: string;
  /** Empty when it cannot be shown as a whole. */
  readonly lines: readonly string[];
  /** Those that are about a line of it. */
  readonly problems: readonly PlacedProblem[];
}

export interface PlacedProblem {
  readonly line: number;
  readonly problem: Problem;
}

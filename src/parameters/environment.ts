import type { Problem } from '../problems/problem.js';
import type { Given, GivenValues } from './given.js';
import type { Mode } from './parameters.js';
import type { Name } from './table.js';

/** What one Jenkins build, or somebody at a terminal, asks for. */
export interface BuildRequest {
  readonly mode: Mode;
  readonly modeSource: string;
  /** The tag to use instead of git's; undefined to ask git. */
  readonly tag: Given | undefined;
  readonly rollbackTo: string;
  readonly rollbackSteps: number;
  readonly rollbackFrom: string;
  readonly problems: readonly Problem[];
  readonly notices: readonly string[];
}

/** The design's table of modes. */
export function decideBuild(given: GivenValues): BuildRequest {
  const pushed = findPushedTag(given);
  const { mode, source } = decideMode(given, pushed);
  const isRollback = mode === 'rollback';
  const [to, steps, from] = TARGETS.map((name) => given.values.get(name));
  return {
    mode,
    modeSource: source,
    tag: pushed && !isFlag(given.values.get('gitTag')) ? pushed : given.values.get('gitTag'),
    rollbackTo: isRollback ? String(to?.value ?? '') : '',
    rollbackSteps: isRollback ? Number(steps?.value ?? 0) : 0,
    rollbackFrom: isRollback ? String(from?.value ?? '') : '',
    problems: RULES.flatMap((rule) => rule(given, mode, pushed) ?? []),
    notices: isRollback ? [] : [to, steps, from].flatMap((target) => (target ? [ignored(target, mode)] : [])),
  };
}

/** What a rollback may be told. */
const TARGETS = ['rollbackTo', 'rollbackSteps', 'rollbackFrom'] as const;

/** GitLab sends `refs/tags/NAME` for a tag push, and the plain name of the branch for any other. */
function findPushedTag({ values }: GivenValues): Given | undefined {
  const ref = values.get('pushedRef');
  const name = /^refs\/tags\/(.+)$/.exec(String(ref?.value ?? ''))?.[1];
  return ref && name ? { value: name, source: ref.source } : undefined;
}

/** A job with both the checkbox and the tag trigger gets the checkbox's default on a push: the push wins. */
function decideMode({ values }: GivenValues, pushed: Given | undefined): { mode: Mode; source: string } {
  const ctrlBuild = values.get('ctrlBuild');
  const checkbox = String(ctrlBuild?.value ?? '').toLowerCase();
  if (checkbox === 'false') return { mode: 'rollback', source: ctrlBuild?.source ?? '' };
  if (pushed) return { mode: 'deploy', source: pushed.source };
  if (checkbox === 'true') return { mode: 'manual', source: ctrlBuild?.source ?? '' };
  return { mode: 'deploy', source: 'default' };
}

type BuildRule = (given: GivenValues, mode: Mode, pushed: Given | undefined) => Problem | undefined;

const manualNeedsNumber: BuildRule = ({ values, broken }, mode) => {
  if (mode !== 'manual' || values.has('buildNumber') || broken.has('buildNumber')) return undefined;
  return {
    code: 'GS061',
    source: values.get('ctrlBuild')?.source ?? '',
    expected: 'BUILD_NUMBER with CTRL_BUILD=true',
  };
};

const pushIsNoRollback: BuildRule = ({ values }, mode, pushed) => {
  if (mode !== 'rollback' || !pushed) return undefined;
  return {
    code: 'GS063',
    source: values.get('ctrlBuild')?.source ?? '',
    detail: `${pushed.source} is tag ${pushed.value}`,
  };
};

const oneTarget: BuildRule = ({ values }, mode) => {
  const [to, steps] = [values.get('rollbackTo'), values.get('rollbackSteps')];
  if (mode !== 'rollback' || !to || !steps) return undefined;
  return {
    code: 'GS064',
    source: to.source,
    value: String(to.value),
    detail: `${steps.source} is ${steps.value}`,
  };
};

/** TAG_NAME and GIT_TAG are facts about one checkout; which of two is meant cannot be guessed. A flag is a decision. */
const oneTag: BuildRule = ({ values }, _mode, pushed) => {
  const tag = values.get('gitTag');
  if (!pushed || !tag || isFlag(tag) || tag.value === pushed.value) return undefined;
  return {
    code: 'GS068',
    source: tag.source,
    value: String(tag.value),
    detail: `${pushed.source} is tag ${pushed.value}`,
  };
};

const RULES: readonly BuildRule[] = [manualNeedsNumber, pushIsNoRollback, oneTarget, oneTag];

function isFlag(given: Given | undefined): boolean {
  return given?.source.startsWith('--') ?? false;
}

function ignored({ source }: Given, mode: Mode): string {
  return `${source} is ignored: this build is a ${mode === 'manual' ? 'manual build' : 'deploy'}, no rollback`;
}

/** Names that `decideBuild` reads; if one is broken, what follows from them is not checked. */
export const BUILD_NAMES: readonly Name[] = ['ctrlBuild', 'pushedRef', 'gitTag', 'buildNumber'];

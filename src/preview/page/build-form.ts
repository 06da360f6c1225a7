import type { Texts } from '../../parameters/given.js';
import type { Problem } from '../../problems/problem.js';
import type { Language } from '../../report/words.js';

/** What somebody asks for in the page: the parameters of a Jenkins job, and how to show it. */
export interface BuildForm {
  /** `push`: Jenkins sets no CTRL_BUILD; `hand`: *Build with Parameters*. */
  readonly start: 'push' | 'hand';
  readonly ctrlBuild: boolean;
  readonly buildNumber: string;
  readonly gitTag: string;
  readonly environment: string;
  readonly rollbackTo: string;
  readonly rollbackSteps: string;
  readonly language: Language;
  readonly theme: Theme;
}

export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** A field of the form that a problem may be about. */
export type FieldName = Exclude<keyof BuildForm, 'start' | 'language' | 'theme'>;

/** Where each field comes from and goes to: its option, and the variables that Jenkins would set. */
const FIELDS: Readonly<Record<FieldName, { flag: string; variables: readonly string[] }>> = {
  ctrlBuild: { flag: 'ctrl-build', variables: ['CTRL_BUILD'] },
  buildNumber: { flag: 'build-number', variables: ['BUILD_NUMBER'] },
  gitTag: { flag: 'git-tag', variables: ['GIT_TAG', 'TAG_NAME'] },
  environment: { flag: 'env', variables: ['GEN_SCRIPTS_ENV'] },
  rollbackTo: { flag: 'rollback-to', variables: ['ROLLBACK_TO'] },
  rollbackSteps: { flag: 'rollback-steps', variables: ['ROLLBACK_STEPS'] },
};

/** The form as the command line and the environment fill it in. */
export function formFrom(
  flags: Texts,
  environment: Texts,
  language: Language,
  theme: Theme = 'auto',
): BuildForm {
  const text = (name: FieldName) => firstText(name, flags, environment);
  const [ctrlBuild, pushed] = [text('ctrlBuild'), pushedTag(environment)];
  const isPush = ctrlBuild === '' || (pushed !== '' && ctrlBuild !== 'false');
  return {
    start: isPush ? 'push' : 'hand',
    ctrlBuild: ctrlBuild !== 'false',
    buildNumber: text('buildNumber'),
    gitTag: (flags['git-tag'] ?? '') || pushed || text('gitTag'),
    environment: text('environment'),
    rollbackTo: text('rollbackTo'),
    rollbackSteps: text('rollbackSteps'),
    language,
    theme,
  };
}

function firstText(name: FieldName, flags: Texts, environment: Texts): string {
  const { flag, variables } = FIELDS[name];
  const found = [flags[flag], ...variables.map((variable) => environment[variable])].find(Boolean) ?? '';
  return name === 'ctrlBuild' ? found.trim().toLowerCase() : found;
}

function pushedTag({ gitlabSourceBranch = '' }: Texts): string {
  return /^refs\/tags\/(.+)$/.exec(gitlabSourceBranch)?.[1] ?? '';
}

/** What was typed, over what the form began with. A form that was sent names how the build starts. */
export function readForm(query: URLSearchParams, begin: BuildForm): BuildForm {
  // The last one counts: that of a link to another language comes after the form's own.
  const last = (name: string) => query.getAll(name).at(-1);
  const language = last('lang');
  const theme = THEMES.find((known) => known === last('theme')) ?? begin.theme;
  const shown = { language: language === 'zh' || language === 'en' ? language : begin.language, theme };
  const start = last('start');
  if (start === undefined) return { ...begin, ...shown };
  const text = (name: FieldName) => (last(name) ?? '').slice(0, LONGEST);
  return {
    ...shown,
    start: start === 'push' ? 'push' : 'hand',
    ctrlBuild: last('ctrlBuild') !== undefined,
    buildNumber: text('buildNumber'),
    gitTag: text('gitTag'),
    environment: text('environment'),
    rollbackTo: text('rollbackTo'),
    rollbackSteps: text('rollbackSteps'),
  };
}

/** Nobody types more than this into a field. */
const LONGEST = 1000;

/** The form as a query, for an address that leads back to it. */
export function toQuery(form: BuildForm): string {
  const { ctrlBuild, language, ...texts } = form;
  const box = ctrlBuild ? { ctrlBuild: 'true' } : {};
  return String(new URLSearchParams({ ...texts, ...box, lang: language }));
}

/** Is this a rollback? Then other fields count. */
export function isRollback({ start, ctrlBuild }: BuildForm): boolean {
  return start === 'hand' && !ctrlBuild;
}

/** Options and variables of the run that the form stands for: those of the form as Jenkins would set them, all others as they are. */
export function applyForm(form: BuildForm, flags: Texts, environment: Texts) {
  const fields = Object.values(FIELDS);
  const options = without(
    flags,
    fields.map(({ flag }) => flag),
  );
  const rest = without(environment, [
    ...fields.flatMap(({ variables }) => variables),
    // The tag that GitLab pushed is in the form, and may have been changed there.
    ...(pushedTag(environment) === '' ? [] : ['gitlabSourceBranch']),
  ]);
  const set = Object.entries(textsOf(form)).map(([name, text]) => [variableOf(name as FieldName), text]);
  return { options, environment: { ...rest, ...Object.fromEntries(set) } as Texts };
}

function variableOf(name: FieldName): string {
  return FIELDS[name].variables[0] ?? '';
}

/** A field that is not shown is not set. */
function textsOf(form: BuildForm): Partial<Record<FieldName, string>> {
  const { start, ctrlBuild, buildNumber, gitTag, environment, rollbackTo, rollbackSteps } = form;
  return {
    ctrlBuild: start === 'push' ? '' : String(ctrlBuild),
    buildNumber,
    environment,
    ...(isRollback(form) ? { rollbackTo, rollbackSteps } : { gitTag }),
  };
}

function without(texts: Texts, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).filter(
      (entry): entry is [string, string] => !names.includes(entry[0]) && entry[1] !== undefined,
    ),
  );
}

/** The field that a problem is about, if it is about one. */
export function fieldOf({ source, code }: Problem): FieldName | undefined {
  // The checkbox is what asks for the number.
  if (code === 'GS061') return 'buildNumber';
  const found = Object.entries(FIELDS).find(([, { flag, variables }]) =>
    [`--${flag}`, ...variables.map((variable) => `environment ${variable}`)].includes(source),
  );
  return found?.[0] as FieldName | undefined;
}

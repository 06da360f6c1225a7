import type { Problem } from '../../problems/problem.js';
import { type BuildForm, type FieldName, fieldOf, THEMES, toQuery } from './build-form.js';
import { type Html, html } from './html.js';
import type { PreviewModel } from './model.js';
import { titleOf } from './problems-view.js';
import type { View } from './view.js';

/** The parameters of the job. A change asks for the result anew; what is typed stays where it is. */
export function viewForm(model: PreviewModel, view: View): Html {
  const { words } = view;
  const { build } = model;
  return html`<form id="form" action="" method="get" hx-get="view" hx-trigger="input delay:150ms" hx-target="#result" hx-swap="outerHTML" hx-sync="this:queue last">
<input type="hidden" name="lang" value="${build.language}">
<fieldset class="fields"><legend class="hidden">${words.form.legend}</legend>
${viewStart(build, view)}
<div class="field box hand"><span class="tick"><input type="checkbox" id="ctrlBuild" name="ctrlBuild" value="true" ${checked(build.ctrlBuild)} aria-describedby="ctrlBuild-help ctrlBuild-error"><label for="ctrlBuild">${words.form.ctrlBuild}</label></span>
<small id="ctrlBuild-help">${words.form.ctrlBuildHelp}</small>${viewError('ctrlBuild', model.problems, view)}</div>
${viewText('buildNumber', model, view, html`inputmode="numeric" size="6"`)}
${viewText('gitTag', model, view, html`list="tags" size="18"`, words.form.gitTagHelp)}
<datalist id="tags">${model.tags.map((tag) => html`<option value="${tag}"></option>`)}</datalist>
${viewEnvironment(model, view)}
${viewText('rollbackTo', model, view, html`list="tags" size="18"`, words.form.rollbackToHelp)}
${viewText('rollbackSteps', model, view, html`inputmode="numeric" size="4"`)}
<div class="field send"><button type="submit">${words.form.update}</button></div>
</fieldset>
<fieldset class="themes"><legend class="hidden">${words.theme}</legend>${THEMES.map(
    (theme) =>
      html`<span class="theme"><input type="radio" name="theme" id="theme-${theme}" value="${theme}" ${checked(build.theme === theme)}><label for="theme-${theme}">${words.themes[theme]}</label></span>`,
  )}</fieldset>
</form>`;
}

/** What is said of the fields, and the way to the other language: parts outside of the result that a change may change. */
export function viewAround({ build, problems }: PreviewModel, view: View): Html {
  const errors = FIELDS.map((name) => viewError(name, problems, view, html` hx-swap-oob="true"`));
  return html`${errors}${viewLanguageLink(build, view, html` hx-swap-oob="true"`)}`;
}

export function viewLanguageLink(
  build: BuildForm,
  { words, isChinese }: View,
  more: Html | false = false,
): Html {
  const other = isChinese ? 'en' : 'zh';
  const query = toQuery({ ...build, language: other });
  return html`<a id="language" class="language" href="?${query}" hreflang="${other}" lang="${isChinese ? 'en' : 'zh-CN'}"${more}>${words.otherLanguage}</a>`;
}

const FIELDS = [
  ...['ctrlBuild', 'buildNumber', 'gitTag', 'environment', 'rollbackTo', 'rollbackSteps'],
] as FieldName[];

function viewStart({ start }: BuildForm, { words }: View): Html {
  const options = (['push', 'hand'] as const).map(
    (value) => html`<option value="${value}" ${selected(value === start)}>${words.form[value]}</option>`,
  );
  return html`<div class="field"><label for="start">${words.form.start}</label><select id="start" name="start">${options}</select></div>`;
}

/** One that the settings do not know stays to be seen, with what is wrong about it. */
function viewEnvironment({ build, environments, problems }: PreviewModel, view: View): Html {
  const known = ['', ...environments];
  const all = known.includes(build.environment) ? known : [...known, build.environment];
  const options = all.map(
    (name) =>
      html`<option value="${name}" ${selected(name === build.environment)}>${name === '' ? view.words.form.noEnvironment : name}</option>`,
  );
  return html`<div class="field"><label for="environment">${view.words.form.environment}</label>
<select id="environment" name="environment" aria-describedby="environment-error">${options}</select>${viewError('environment', problems, view)}</div>`;
}

function viewText(
  name: 'buildNumber' | 'gitTag' | 'rollbackTo' | 'rollbackSteps',
  { build, problems }: PreviewModel,
  view: View,
  attributes: Html,
  help = '',
): Html {
  const isBack = name === 'rollbackTo' || name === 'rollbackSteps';
  const shown = isBack ? ' back' : name === 'gitTag' ? ' forward' : '';
  const described = help === '' ? `${name}-error` : `${name}-help ${name}-error`;
  return html`<div class="field${shown}"><label for="${name}">${view.words.form[name]}</label>
<input id="${name}" name="${name}" value="${build[name]}" autocomplete="off" spellcheck="false" ${attributes} aria-describedby="${described}">${
    help !== '' && html`<small id="${name}-help">${help}</small>`
  }${viewError(name, problems, view)}</div>`;
}

function viewError(
  name: FieldName,
  problems: readonly Problem[],
  view: View,
  more: Html | false = false,
): Html {
  const own = problems.filter((problem) => fieldOf(problem) === name);
  const texts = own.map(
    (problem) =>
      html`<span>${titleOf(problem, view)}${problem.expected && html`: ${view.words.expected} ${problem.expected}`} <span class="id">${problem.code}</span></span>`,
  );
  return html`<span class="error" id="${name}-error" role="alert"${more}>${texts}</span>`;
}

function checked(is: boolean): Html | false {
  return is && html`checked`;
}

function selected(is: boolean): Html | false {
  return is && html`selected`;
}

import { VERSION } from '../../version.js';
import type { BuildForm } from './build-form.js';
import { viewAround, viewForm, viewLanguageLink } from './form-view.js';
import { type Html, html, NOTHING } from './html.js';
import type { PreviewModel } from './model.js';
import { viewResult } from './result-view.js';
import type { View } from './view.js';
import { wordsIn } from './words.js';

/** The whole page as it is served: with the form, and htmx to answer it. */
export function servedPage(model: PreviewModel, watch: Html): string {
  const view = viewOf(model, true);
  const scripts = html`<meta name="htmx-config" content="${JSON.stringify(HTMX)}">
<script src="htmx.js" defer></script><script src="page.js" defer></script>`;
  const live = html`<p class="note">${view.words.live}</p>`;
  return frame(
    model,
    view,
    scripts,
    html`${viewLanguageLink(model.build, view)}${viewForm(model, view)}`,
    viewResult(model, view, watch),
    live,
  );
}

/** What a change of the form changes. */
export function servedResult(model: PreviewModel, watch: Html): string {
  const view = viewOf(model, true);
  return html`${viewResult(model, view, watch)}${viewAround(model, view)}`.text;
}

/** The same without a form: nothing in it needs a script or a style in its markup, so Jenkins shows it as it is. */
export function reportPage(model: PreviewModel): string {
  const view = viewOf(model, false);
  const note = html`<p class="note">${view.words.report(VERSION)}</p>`;
  return frame(model, view, NOTHING, NOTHING, viewResult(model, view), note);
}

export function viewOf({ build, configs }: PreviewModel, isLive: boolean): View {
  return { ...bareView(build), isLive, configs };
}

/** For what needs nothing but the language. */
export function bareView({ language }: Pick<BuildForm, 'language'>): View {
  return { words: wordsIn(language), isChinese: language === 'zh', isLive: true, configs: [] };
}

/** Nothing is evaluated, nothing is kept in the browser (the address says what the form says), and only the page itself is asked. */
const HTMX = {
  allowEval: false,
  allowScriptTags: false,
  historyCacheSize: 0,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
};

function frame(
  model: PreviewModel,
  { words }: View,
  head: Html,
  controls: Html,
  result: Html,
  foot: Html,
): string {
  const names = model.apps.map(({ app }) => app).join(', ') || 'gen-scripts';
  return `<!doctype html>\n${
    html`<html lang="${words.htmlLang}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<title>${words.title(names)}</title>
<link rel="icon" href="icon.svg"><link rel="stylesheet" href="style.css">${head}</head>
<body><a class="skip" href="#result">${words.skip}</a>
<header class="top"><h1>${words.title(names)}</h1>${controls}</header>
${result}
<footer>${foot}</footer></body></html>
`.text
  }`;
}

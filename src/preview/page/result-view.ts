import { viewChanges } from './changes-view.js';
import { type Html, html, NOTHING } from './html.js';
import type { AppView, PreviewModel } from './model.js';
import { viewProblems } from './problems-view.js';
import { viewRehearsal } from './rehearsal-view.js';
import { viewRunbook } from './runbook-view.js';
import { viewScripts } from './scripts-view.js';
import { viewSettings } from './settings-view.js';
import { viewValues } from './values-view.js';
import type { View } from './view.js';

/** All that follows from the form. @param watch what looks for changes, where the page is served */
export function viewResult(model: PreviewModel, view: View, watch: Html = NOTHING): Html {
  const { words } = view;
  const { apps, problems, notices } = model;
  const said =
    notices.length > 0 &&
    html`<ul class="notices" aria-label="${words.notices}">${notices.map((notice) => html`<li>${notice}</li>`)}</ul>`;
  return html`<main id="result" tabindex="-1">
${watch}${viewProblems(problems, view)}${said}
${apps.map((app) => viewApp(app, model, view))}
${viewSettings(view)}
</main>`;
}

function viewApp(app: AppView, model: PreviewModel, view: View): Html {
  const { words } = view;
  const title = words.mode[app.mode]?.(app.app, app.image) ?? app.app;
  const parts = ['scripts', 'changes', 'runbook', 'rehearsal', 'values'] as const;
  const links = parts.map((part) => html`<li><a href="#${app.id}-${part}">${words[part]}</a></li>`);
  return html`<section class="app" aria-labelledby="${app.id}">
<header class="app-head"><h2 id="${app.id}">${title}</h2>
<nav aria-label="${words.sections}: ${app.app}"><ul>${links}${view.configs.some(({ lines }) => lines.length > 0) && html`<li><a href="#settings">${words.settings}</a></li>`}</ul></nav></header>
${viewScripts(app, model, view)}${viewChanges(app, view)}${viewRunbook(app, view)}${viewRehearsal(app, view)}${viewValues(app, view)}
</section>`;
}

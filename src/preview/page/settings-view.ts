import { type Html, html, NOTHING } from './html.js';
import type { ConfigView } from './model.js';
import { titleOf, viewAdvice } from './problems-view.js';
import type { View } from './view.js';

/** The config files, with what is wrong with them at its line. */
export function viewSettings({ configs, words, ...rest }: View): Html {
  const view = { configs, words, ...rest };
  const shown = configs.filter(({ lines, problems }) => lines.length > 0 || problems.length > 0);
  if (shown.length === 0) return NOTHING;
  return html`<section aria-labelledby="settings">
<h2 id="settings">${words.settings}</h2>
<div class="columns">${shown.map((config) => viewConfig(config, view))}</div>
</section>`;
}

function viewConfig({ id, file, lines, problems }: ConfigView, view: View): Html {
  const { words } = view;
  const count =
    problems.length > 0 && html`<a href="#${id}-${problems[0]?.line}">${words.problems(problems.length)}</a>`;
  const heading = html`<header><h3 id="${id}-name">${file}</h3><span class="note">${count}</span></header>`;
  if (lines.length === 0)
    return html`<article class="script">${heading}<p class="note">${words.configHidden}</p></article>`;
  return html`<article class="script" aria-labelledby="${id}-name">${heading}
<div class="code" id="${id}" tabindex="0" role="region" aria-label="${words.scrollable(file)}"><pre><code>${lines.map(
    (text, index) => viewLine(id, index + 1, text, problems, view),
  )}</code></pre></div></article>`;
}

function viewLine(
  id: string,
  number: number,
  text: string,
  problems: ConfigView['problems'],
  view: View,
): Html {
  const own = problems.filter(({ line }) => line === number).map(({ problem }) => problem);
  const notes = own.map(
    (problem) =>
      html`<span class="finding error" role="note"><b>${titleOf(problem, view)}</b> <span class="id">${problem.code}</span>${viewAdvice(problem, view)}</span>`,
  );
  const comment = /^\s*#/.test(text) ? html`<span class="comment">${text}</span>` : html`${text}`;
  return html`<span class="line${own.length > 0 ? ' found' : ''}" id="${id}-${number}" data-n="${number}">${comment}
</span>${notes}`;
}

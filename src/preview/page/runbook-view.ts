import { type Html, html } from './html.js';
import type { AppView } from './model.js';
import type { RunbookEnd, RunbookStep } from './runbook-step.js';
import { drawRunbook } from './runbook-svg.js';
import type { View } from './view.js';

/** What the script does on a host: a picture, and the same in words. */
export function viewRunbook({ id, runbook }: AppView, { words }: View): Html {
  const own = `${id}-runbook`;
  return html`<section aria-labelledby="${own}">
<h3 id="${own}">${words.runbook}</h3>
<p class="note">${words.runbookHint(runbook.script)} ${words.runbookStrategy(runbook.strategy, runbook.why)}</p>
<div class="columns runbook-columns">
<div class="picture" id="${own}-picture" tabindex="0" role="region" aria-label="${words.scrollable(words.runbook)}">${drawRunbook(own, runbook, words)}</div>
<div><h4>${words.runbookAsList}</h4>
<ol class="steps">${runbook.steps.map((step) => viewStep(step))}</ol></div>
</div>
</section>`;

  function viewStep({ id: step, facts, docker, ends }: RunbookStep): Html {
    const { title, detail, note } = words.steps[step](facts);
    const calls = docker.length > 0 && html` <code>docker ${docker.join(', ')}</code>`;
    return html`<li><b>${title}</b>: ${detail}${calls}${note !== undefined && html`<p>${note}</p>`}${ends.length > 0 && html`<ul>${ends.map(viewEnd)}</ul>`}</li>`;
  }

  function viewEnd({ code, why, first }: RunbookEnd): Html {
    const otherwise = first === undefined ? '' : ` (${words.firstDeploy(first)})`;
    return html`<li><span class="exit e${code}">${words.exit(code)}</span> ${words.ends[why]}${otherwise}</li>`;
  }
}
